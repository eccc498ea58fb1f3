"""A working day is a day of work, however long the season makes it."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.clock import Clock, Event, Limit, read_clock
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.timeline import SHARED_DAY, advance, measure
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.kernel.explained import Explained


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def hours(*shifts: str, season: tuple[str, str] | None = None) -> HoursRow:
    pairs = (shift.split("-") for shift in shifts)
    return HoursRow(tuple(Shift(time.fromisoformat(a), time.fromisoformat(b)) for a, b in pairs), season=season)


SHORT = WorkTime(WorkingCalendar(years=[2026]), (hours("08:30-12:00", "14:30-17:30"),))
SEASONS = WorkTime(
    WorkingCalendar(years=[2026]),
    (hours("08:00-12:00", "14:00-18:00"), hours("08:30-12:00", "15:00-18:00", season=("10-01", "04-30"))),
)


def due(limit: Limit, start: str, work: WorkTime) -> datetime:
    found = read_clock(Clock(limit, at(start)), at(start), work).due
    assert isinstance(found, Explained)
    return found.value


@pytest.mark.parametrize(
    ("limit", "ends"),
    [
        (Limit(5, "working-day"), "2026-03-09 10:00"),
        (Limit(5, "working-day", hours_per_day=6.5), "2026-03-09 10:00"),
        (Limit(5, "working-day", hours_per_day=8), "2026-03-10 11:00"),
        (Limit(0.5, "working-day"), "2026-03-02 15:45"),
    ],
)
def test_five_working_days_of_six_and_a_half_hours_end_on_the_fifth(limit: Limit, ends: str) -> None:
    assert due(limit, "2026-03-02 10:00", SHORT) == at(ends)


def test_days_are_counted_as_days_over_a_change_of_season() -> None:
    # Three short days, and a long one to its end.
    assert due(Limit(4, "working-day"), "2026-04-28 08:30", SEASONS) == at("2026-05-01 18:00")


rows = st.lists(
    st.tuples(st.integers(6 * 60, 10 * 60), st.integers(1, 200), st.integers(1, 120), st.integers(1, 200)),
    min_size=2,
    max_size=2,
)
moment = st.integers(0, 364 * 24 * 60).map(lambda minutes: at("2026-01-01 00:00") + timedelta(minutes=minutes))


def work_of(lengths: list[tuple[int, int, int, int]], free: set[int]) -> WorkTime:
    def row(begin: int, first: int, rest: int, second: int, season: tuple[str, str] | None) -> HoursRow:
        edges = [begin, begin + first, begin + first + rest, begin + first + rest + second]
        clock = [time(edge // 60, edge % 60) for edge in edges]
        return HoursRow((Shift(clock[0], clock[1]), Shift(clock[2], clock[3])), season=season)

    days = [DayRow(date(2026, 1, 1) + timedelta(days=at), False) for at in sorted(free)]
    table = (row(*lengths[0], None), row(*lengths[1], ("05-17", "10-09")))
    return WorkTime(WorkingCalendar(days, years=[2026]), table)


@given(rows, st.sets(st.integers(0, 300)), moment, st.integers(1, 40))
def test_n_working_days_take_n_days_of_work_in_any_season(
    lengths: list[tuple[int, int, int, int]], free: set[int], start: datetime, count: int
) -> None:
    work = work_of(lengths, free)
    begin = advance("day-shares", start, timedelta(microseconds=1), work)
    end = advance("day-shares", start, SHARED_DAY * count, work)
    # The last one may be over just as its day closes, where the first had not begun.
    assert work.calendar.between(begin.date(), end.date()) in (count - 1, count)


@given(rows, st.sets(st.integers(0, 300)), moment, st.integers(1, 60_000), st.integers(0, 60_000))
def test_a_pause_of_no_length_moves_nothing(
    lengths: list[tuple[int, int, int, int]], free: set[int], start: datetime, later: int, cut: int
) -> None:
    work = work_of(lengths, free)
    clock = Clock(Limit(7, "working-day"), start)
    middle = start + timedelta(minutes=cut)
    paused = Clock(clock.limit, start, (Event("pause", middle), Event("resume", middle)))
    now = start + timedelta(minutes=later)
    assert read_clock(clock, now, work).late == read_clock(paused, now, work).late
    first, second = (read_clock(one, now, work).due for one in (clock, paused))
    assert isinstance(first, Explained) and isinstance(second, Explained)
    assert first.value == second.value


@given(rows, moment, st.integers(0, 200_000))
def test_what_was_counted_leads_back_to_where_it_was_counted(
    lengths: list[tuple[int, int, int, int]], start: datetime, minutes: int
) -> None:
    work = work_of(lengths, set())
    end = start + timedelta(minutes=minutes)
    counted = measure("day-shares", start, end, work)
    back = advance("day-shares", start, counted, work)
    assert back <= end and measure("shifts", back, end, work) == timedelta(0)
