"""What must take its time is not done before, whatever the calendar and whatever happens to the clock."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.clock import Clock, Event, Limit, LimitUnit, read_clock, read_floor
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.kernel.explained import Explained, Unknown

HOURS = (HoursRow((Shift(time(8, 30), time(12)), Shift(time(14, 30), time(17, 30)))),)
WORK = WorkTime(WorkingCalendar(years=[2026]), HOURS)
UNITS: list[LimitUnit] = ["urgent-hour", "working-hour", "working-day", "natural-day"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def floor(clock: Clock, now: datetime, work: WorkTime = WORK) -> datetime:
    found = read_floor(clock, now, work)
    assert isinstance(found, Explained)
    return found.value


def test_a_notice_of_seven_days_hangs_seven_whole_days_after_the_first() -> None:
    clock = Clock(Limit(10, "natural-day", whole_days=True, at_least=7), at("2026-03-15 10:00"))
    assert floor(clock, clock.start) == at("2026-03-23 00:00")


def test_an_extension_does_not_put_off_from_when_it_can_be_done_but_a_pause_does() -> None:
    clock = Clock(Limit(10, "natural-day", at_least=7), at("2026-03-02 10:00"))
    longer = clock.with_event(Event("extend", at("2026-03-03 10:00"), amount=5))
    waits = clock.with_event(Event("suspend", at("2026-03-03 10:00"), until=at("2026-03-06 10:00")))
    now = at("2026-03-05 10:00")
    assert floor(longer, now) == floor(clock, now) == at("2026-03-09 10:00")
    assert floor(waits, now) == at("2026-03-12 10:00")


def test_while_it_stands_still_nobody_can_say_from_when_on() -> None:
    clock = Clock(
        Limit(10, "natural-day", at_least=7), at("2026-03-02 10:00"), (Event("pause", at("2026-03-03 10:00")),)
    )
    found = read_floor(clock, at("2026-03-20 10:00"), WORK)
    assert isinstance(found, Unknown)
    assert found.sentence("zh") == "至少 7天,自 2026-03-03 10:00 起暂停计时,恢复后才能算出最早何时可以办理"


@pytest.mark.parametrize("least", [7.5, -1])
def test_a_floor_lies_between_nothing_and_its_limit(least: float) -> None:
    with pytest.raises(ValueError, match="at least"):
        Limit(7, "natural-day", at_least=least)


@st.composite
def floored(draw: st.DrawFn) -> tuple[Clock, WorkTime]:
    unit = draw(st.sampled_from(UNITS))
    amount = draw(st.integers(1, 30))
    whole = not unit.endswith("hour") and draw(st.booleans())
    start = at("2026-01-01 00:00") + timedelta(minutes=draw(st.integers(0, 270 * 24 * 60)))
    limit = Limit(amount, unit, whole, at_least=draw(st.floats(0.01, amount)))
    clock, now = Clock(limit, start), start
    for _ in range(draw(st.integers(0, 4))):
        now += timedelta(minutes=draw(st.integers(0, 20_000)))
        kind = draw(st.sampled_from(["pause", "resume", "extend", "suspend"]))
        until = now + timedelta(days=draw(st.integers(0, 20))) if kind == "suspend" else None
        clock = clock.with_event(Event(kind, now, until, 2 if kind == "extend" else 0))  # type: ignore[arg-type]
    free = draw(st.sets(st.integers(0, 364)))
    rows = [DayRow(date(2026, 1, 1) + timedelta(days=day), False) for day in sorted(free)]
    return clock, WorkTime(WorkingCalendar(rows, years=[2026]), HOURS)


@given(floored())
def test_there_is_always_a_time_at_which_a_thing_can_be_done_and_is_not_late(given: tuple[Clock, WorkTime]) -> None:
    clock, work = given
    now = clock.events[-1].at if clock.events else clock.start
    found = read_floor(clock, now, work)
    if isinstance(found, Explained):
        assert found.value >= clock.start
        if not clock.limit.whole_days:
            done = clock.with_event(Event("stop", max(found.value, now)))
            late = read_clock(done, max(found.value, now), work).late
            assert not late or found.value < now


@given(floored(), st.integers(1, 100_000))
def test_nothing_that_happens_later_makes_it_possible_earlier(given: tuple[Clock, WorkTime], later: int) -> None:
    clock, work = given
    now = (clock.events[-1].at if clock.events else clock.start) + timedelta(minutes=later)
    before = read_floor(clock, now, work)
    for event in (Event("pause", now), Event("extend", now, amount=1), Event("suspend", now, now + timedelta(days=3))):
        after = read_floor(clock.with_event(event), now, work)
        if isinstance(before, Explained) and isinstance(after, Explained):
            assert after.value >= before.value
