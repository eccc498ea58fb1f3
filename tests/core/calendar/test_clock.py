from datetime import date, datetime, time, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.admission import ClockPolicy, admit
from guatu.core.calendar.clock import Clock, ClockReading, Event, EventKind, Limit, LimitUnit, read_clock
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.timeline import ZERO, Basis, advance, measure
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.kernel.explained import Explained, Unknown, explain

MORNING = Shift(time(8), time(12))
WINTER = HoursRow((MORNING, Shift(time(13, 30), time(17, 30))))
SUMMER = HoursRow((MORNING, Shift(time(14, 30), time(18, 30))), season=("05-01", "09-30"))
HOLIDAYS = [DayRow(date(2026, 5, at), False, "劳动节") for at in range(1, 6)]
CALENDAR = WorkingCalendar([*HOLIDAYS, DayRow(date(2026, 5, 9), True, "劳动节调休")], years=[2026])
WORK = WorkTime(CALENDAR, (WINTER, SUMMER))

BASES: list[Basis] = ["always", "shifts", "working-days"]
LIMITS = [
    *(
        Limit(amount, unit)
        for unit in ("urgent-hour", "working-hour", "working-day", "natural-day")
        for amount in (2, 7)
    ),
    Limit(5, "working-day", whole_days=True),
    Limit(10, "natural-day", whole_days=True),
    Limit(10, "natural-day", whole_days=True, roll=True),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due(clock: Clock, now: str = "2026-12-31") -> str:
    reading = read_clock(clock, at(now), WORK)
    assert isinstance(reading.due, Explained)
    return f"{reading.due.value:%Y-%m-%d %H:%M}"


moment = st.integers(0, 200 * 24 * 60).map(lambda minutes: at("2026-03-01") + timedelta(minutes=minutes))
amounts = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))
bases = st.sampled_from(BASES)
limits = st.sampled_from(LIMITS)
kinds: st.SearchStrategy[EventKind] = st.sampled_from(["pause", "resume", "suspend", "extend"])


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    """A clock with a story that the engine must bear, sensible or not."""
    start = draw(moment)
    events, now = [], start
    for _ in range(draw(st.integers(0, 6))):
        now += timedelta(minutes=draw(st.integers(0, 20_000)))
        kind = draw(kinds)
        until = now + timedelta(minutes=draw(st.integers(-100, 30_000))) if kind == "suspend" else None
        events.append(Event(kind, now, until, draw(st.integers(1, 3)) if kind == "extend" else 0))
    return Clock(draw(limits), start, tuple(events))


@given(bases, moment, amounts)
def test_what_is_advanced_is_measured_again(basis: Basis, start: datetime, amount: timedelta) -> None:
    assert measure(basis, start, advance(basis, start, amount, WORK), WORK) == amount


@given(bases, moment, moment, moment)
def test_adjoining_stretches_of_time_add_up(basis: Basis, a: datetime, b: datetime, c: datetime) -> None:
    a, b, c = sorted((a, b, c))
    assert measure(basis, a, b, WORK) + measure(basis, b, c, WORK) == measure(basis, a, c, WORK)


@given(clocks(), st.lists(moment, min_size=2, max_size=6))
def test_with_time_the_used_part_only_grows_and_a_late_clock_stays_late(clock: Clock, moments: list[datetime]) -> None:
    plain = Clock(clock.limit, clock.start, tuple(event for event in clock.events if event.kind != "extend"))
    readings = [read_clock(plain, now, WORK) for now in sorted(moments)]
    elapsed = [reading.elapsed for reading in readings]
    remaining = [reading.remaining for reading in readings]
    assert elapsed == sorted(elapsed) and remaining == sorted(remaining, reverse=True)
    late = [reading.late for reading in readings]
    assert late == sorted(late)


@given(clocks())
def test_no_pause_suspension_or_extension_moves_the_due_time_forward(clock: Clock) -> None:
    bare = read_clock(Clock(clock.limit, clock.start), at("2027-06-01"), WORK).due
    told = read_clock(clock, at("2027-06-01"), WORK).due
    assert isinstance(bare, Explained)
    assert isinstance(told, Unknown) or told.value >= bare.value


@given(clocks(), st.integers(1, 20_000))
def test_adding_a_pause_an_extension_or_a_suspension_never_makes_the_clock_due_earlier(
    clock: Clock, later: int
) -> None:
    last = clock.events[-1].at if clock.events else clock.start
    now = last + timedelta(minutes=later)
    before = read_clock(clock, now, WORK).due
    for event in (Event("pause", now), Event("extend", now, amount=1), Event("suspend", now, now + timedelta(days=3))):
        after = read_clock(clock.with_event(event), now, WORK).due
        if isinstance(before, Explained) and isinstance(after, Explained):
            assert after.value >= before.value


@given(clocks(), moment)
def test_used_and_remaining_make_the_whole_until_the_clock_is_late(clock: Clock, now: datetime) -> None:
    reading = read_clock(clock, now, WORK)
    granted = sum(event.amount for event in clock.events if event.at <= now)
    # A day of work has eight hours here, and its time is shown in hours.
    one = timedelta(hours=8) if clock.limit.basis == "day-shares" else clock.limit.one
    budget = one * (clock.limit.amount + granted)
    if not reading.late and reading.elapsed <= budget:
        assert reading.elapsed + reading.remaining == budget
    assert reading.overdue >= ZERO and (reading.late or reading.overdue == ZERO)


@given(clocks(), moment)
def test_a_reading_of_the_same_clock_is_the_same_in_any_zone(clock: Clock, now: datetime) -> None:
    utc = now.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00+00:00").tzinfo)
    assert read_clock(clock, now, WORK) == read_clock(clock, utc, WORK)


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        # A Thursday before the five days of holiday; the Saturday after is worked.
        (Limit(2, "urgent-hour"), "2026-04-30 23:30", "2026-05-01 01:30"),
        (Limit(4, "working-hour"), "2026-04-30 16:00", "2026-05-06 10:30"),
        (Limit(1, "working-day"), "2026-04-30 16:00", "2026-05-06 17:00"),
        (Limit(2, "working-day"), "2026-05-08 08:00", "2026-05-09 18:30"),
        (Limit(2, "natural-day"), "2026-04-30 16:00", "2026-05-02 16:00"),
        (Limit(3, "working-day", whole_days=True), "2026-04-30 16:00", "2026-05-08 18:30"),
        (Limit(3, "natural-day", whole_days=True), "2026-04-30 16:00", "2026-05-03 23:59"),
        (Limit(3, "natural-day", whole_days=True, roll=True), "2026-04-30 16:00", "2026-05-06 18:30"),
    ],
)
def test_each_kind_of_limit_ends_where_it_should(limit: Limit, start: str, expected: str) -> None:
    assert due(Clock(limit, at(start))) == expected


def test_lunch_does_not_count() -> None:
    assert due(Clock(Limit(1, "working-hour"), at("2026-03-02 11:30"))) == "2026-03-02 14:00"


def test_a_limit_that_ends_with_the_morning_is_due_at_noon_and_not_after_lunch() -> None:
    assert due(Clock(Limit(4, "working-hour"), at("2026-03-02 08:00"))) == "2026-03-02 12:00"


def test_summer_hours_are_used_in_summer() -> None:
    assert due(Clock(Limit(5, "working-hour"), at("2026-06-01 08:00"))) == "2026-06-01 15:30"
    assert due(Clock(Limit(5, "working-hour"), at("2026-03-02 08:00"))) == "2026-03-02 14:30"


def test_what_was_paused_does_not_count() -> None:
    clock = Clock(
        Limit(4, "working-hour"),
        at("2026-03-02 08:00"),
        (Event("pause", at("2026-03-02 10:00")), Event("resume", at("2026-03-03 10:00"))),
    )
    assert due(clock) == "2026-03-03 12:00"


def test_a_paused_clock_says_that_its_due_time_is_not_known_yet() -> None:
    clock = Clock(Limit(4, "working-hour"), at("2026-03-02 08:00"), (Event("pause", at("2026-03-02 10:00")),))
    reading = read_clock(clock, at("2026-03-05 10:00"), WORK)
    assert (reading.state, reading.late, reading.remaining) == ("paused", False, timedelta(hours=2))
    assert explain(reading.due).splitlines()[0] == (
        "自 2026-03-02 10:00 起暂停计时,恢复后才能算出截止时间 [clock.paused]"
    )


def test_a_suspension_ends_by_itself_and_can_be_lifted_early() -> None:
    suspend = Event("suspend", at("2026-03-02 10:00"), at("2026-03-10 08:00"))
    clock = Clock(Limit(4, "working-hour"), at("2026-03-02 08:00"), (suspend,))
    assert read_clock(clock, at("2026-03-05 10:00"), WORK).state == "suspended"
    assert read_clock(clock, at("2026-03-10 08:00"), WORK).state == "running"
    assert due(clock) == "2026-03-10 10:00"
    assert due(clock.with_event(Event("resume", at("2026-03-04 08:00")))) == "2026-03-04 10:00"


def test_an_extension_is_added_and_named_in_the_reason() -> None:
    clock = Clock(Limit(2, "working-day"), at("2026-03-02 08:00"), (Event("extend", at("2026-03-03 08:00"), amount=1),))
    reading = read_clock(clock, at("2026-03-03 09:00"), WORK)
    assert explain(reading.due, "en").splitlines()[0] == (
        "from 2026-03-02 08:00, limit 2 working days, extended by 1 working days, paused 0 times: due 2026-03-04 17:30"
        " [clock.due]"
    )
    assert explain(reading.due).splitlines()[0] == (
        "自 2026-03-02 08:00 起算,时限 2个工作日,延期 1个工作日,暂停 0次,应于 2026-03-04 17:30 前办结 [clock.due]"
    )


def test_a_stopped_clock_is_judged_by_when_it_stopped() -> None:
    clock = Clock(Limit(4, "working-hour"), at("2026-03-02 08:00"))
    in_time = read_clock(clock.with_event(Event("stop", at("2026-03-02 12:00"))), at("2026-04-01"), WORK)
    too_late = read_clock(clock.with_event(Event("stop", at("2026-03-02 14:30"))), at("2026-04-01"), WORK)
    assert (in_time.state, in_time.late, in_time.elapsed) == ("stopped", False, timedelta(hours=4))
    assert (too_late.late, too_late.overdue, too_late.remaining) == (True, timedelta(hours=1), ZERO)
    assert too_late.used == 1.25


def test_a_whole_day_limit_is_late_after_the_close_of_business() -> None:
    clock = Clock(Limit(1, "working-day", whole_days=True), at("2026-03-02 09:00"))
    assert not read_clock(clock, at("2026-03-03 17:30"), WORK).late
    assert read_clock(clock, at("2026-03-03 17:31"), WORK).late


def test_a_clock_survives_json() -> None:
    clock = Clock(Limit(1, "working-day"), at("2026-03-02 09:00"), (Event("extend", at("2026-03-02 10:00"), amount=1),))
    assert msgspec.json.decode(msgspec.json.encode(clock), type=Clock) == clock
    reading = read_clock(clock, at("2026-03-03 10:00"), WORK)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=ClockReading) == reading


@pytest.mark.parametrize(
    ("amount", "unit", "whole"), [(0, "working-day", False), (-1, "urgent-hour", False), (2, "working-hour", True)]
)
def test_a_limit_that_means_nothing_cannot_be_made(amount: float, unit: LimitUnit, whole: bool) -> None:
    with pytest.raises(ValueError):
        Limit(amount, unit, whole)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        Clock(Limit(1, "working-day"), datetime.fromisoformat("2026-03-02 09:00"))


def test_events_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        Clock(Limit(1, "working-day"), at("2026-03-02 09:00"), (Event("pause", at("2026-03-01 09:00")),))


def test_hours_that_do_not_cover_a_working_day_are_found_once_for_each_gap() -> None:
    gap = WorkTime(CALENDAR, (msgspec.structs.replace(WINTER, valid_to=date(2026, 3, 3)), SUMMER))
    (found,) = gap.check(date(2026, 3, 2), date(2026, 5, 8))
    assert found.message() == "2026-03-04 没有作息时间;请补一行覆盖该日的作息时间"
    assert found.message("en") == "no hours of work on 2026-03-04; add a row of hours that covers it"
    with pytest.raises(LookupError, match="2026-03-04"):
        measure("shifts", at("2026-03-04 09:00"), at("2026-03-04 10:00"), gap)


def test_a_season_may_pass_the_turn_of_the_year() -> None:
    cold = HoursRow((Shift(time(9), time(12)),), season=("11-01", "02-28"))
    work = WorkTime(CALENDAR, (WINTER, cold))
    assert [work.shifts(day) for day in (date(2026, 1, 5), date(2026, 12, 1))] == [cold.shifts] * 2
    assert work.shifts(date(2026, 3, 2)) == WINTER.shifts


@pytest.mark.parametrize("shifts", [(), (Shift(time(8), time(12)), Shift(time(11), time(17)))])
def test_hours_that_overlap_or_are_missing_cannot_be_made(shifts: tuple[Shift, ...]) -> None:
    with pytest.raises(ValueError, match="in order and apart"):
        HoursRow(shifts)


@pytest.mark.parametrize("season", [("5-1", "09-30"), ("05-01", "09-31")])
def test_a_season_that_is_not_written_as_month_and_day_cannot_be_made(season: tuple[str, str]) -> None:
    with pytest.raises(ValueError):
        HoursRow((MORNING,), season=season)


RUNNING = Clock(Limit(2, "working-day"), at("2026-03-02 08:00"))
NOW = at("2026-03-03 09:00")
AFTER = at("2026-03-20 09:00")
TWICE = (Event("extend", NOW, amount=1), Event("extend", NOW, amount=1))


@pytest.mark.parametrize(
    ("events", "event", "codes"),
    [
        ((), Event("extend", NOW, amount=2), []),
        ((), Event("pause", NOW), []),
        ((Event("pause", NOW),), Event("resume", NOW), []),
        ((), Event("pause", at("2026-03-01 09:00")), ["clock.backwards"]),
        ((Event("pause", NOW),), Event("pause", NOW), ["clock.not-running"]),
        ((), Event("resume", NOW), ["clock.not-paused"]),
        ((Event("stop", NOW),), Event("extend", NOW, amount=1), ["clock.stopped"]),
        (TWICE, Event("extend", NOW, amount=1), ["clock.too-many"]),
        ((), Event("extend", NOW, amount=3), ["clock.too-long"]),
        ((), Event("suspend", NOW, at("2027-12-01")), ["clock.too-long"]),
        ((), Event("extend", AFTER, amount=1), ["clock.late"]),
        ((), Event("suspend", AFTER, at("2026-03-25")), ["clock.late"]),
    ],
)
def test_an_event_is_admitted_or_every_objection_is_named(
    events: tuple[Event, ...], event: Event, codes: list[str]
) -> None:
    clock = Clock(RUNNING.limit, RUNNING.start, events)
    assert [found.code for found in admit(clock, event, ClockPolicy(), WORK)] == codes


def test_an_objection_says_what_to_do() -> None:
    (found,) = admit(RUNNING, Event("extend", AFTER, amount=1), ClockPolicy(), WORK, row="案件 7")
    assert found.row == "案件 7"
    assert found.message() == "应于 2026-03-03 17:30 前办结,现已超期,不能再延期或挂起;请尽快办结并说明原因"
    assert found.message("en") == (
        "was due 2026-03-03 17:30 and is late: it can no longer be extended or suspended; finish it and give the reason"
    )
