from datetime import date, datetime, time

import pytest

from guatu.core.calendar.admission import ClockPolicy, admit
from guatu.core.calendar.clock import Clock, Event, Limit, read_clock
from guatu.core.calendar.clock_limits import LimitRow, find_limit
from guatu.core.calendar.hours import CHINA, HoursRow, Shift, WorkTime
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.explained import Explained

WORK = WorkTime(WorkingCalendar(years=[2026]), (HoursRow((Shift(time(8), time(12)), Shift(time(14), time(18)))),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


LATE = Clock(Limit(2, "urgent-hour"), at("2026-03-02 09:00"), (Event("stop", at("2026-03-02 12:00")),))
APPEAL = Event("appeal-granted", at("2026-03-09 10:00"), by="dispatcher")


def test_a_granted_appeal_keeps_the_raw_lateness_and_leaves_the_statistics() -> None:
    before = read_clock(LATE, at("2026-03-10"), WORK)
    after = read_clock(LATE.with_event(APPEAL), at("2026-03-10"), WORK)
    assert (before.late, before.counted_late) == (True, True)
    assert (after.late, after.counted_late, after.overdue) == (True, False, before.overdue)


def test_an_appeal_counts_only_from_when_it_was_granted() -> None:
    assert read_clock(LATE.with_event(APPEAL), at("2026-03-08"), WORK).counted_late


@pytest.mark.parametrize(
    ("clock", "event", "codes"),
    [
        (LATE, APPEAL, []),
        (LATE.with_event(APPEAL), APPEAL, ["clock.appealed"]),
        (
            Clock(Limit(9, "natural-day"), at("2026-03-02 09:00"), (Event("stop", at("2026-03-02 09:30")),)),
            Event("appeal-granted", at("2026-03-02 10:00"), by="dispatcher"),
            ["clock.not-late"],
        ),
        (
            Clock(Limit(2, "urgent-hour"), at("2026-03-02 09:00")),
            Event("appeal-granted", at("2026-03-02 18:00"), by="dispatcher"),
            ["clock.not-handled"],
        ),
        (LATE, Event("appeal-granted", at("2026-03-09 10:00"), by="handler"), ["clock.no-reviewer"]),
    ],
)
def test_an_appeal_is_granted_once_by_a_reviewer_to_who_was_late_and_is_done(
    clock: Clock, event: Event, codes: list[str]
) -> None:
    policy = ClockPolicy(reviewers=("dispatcher",))
    assert [one.code for one in admit(clock, event, policy, WORK)] == codes


def test_what_is_granted_after_the_stop_moves_nothing() -> None:
    tampered = LATE.with_event(Event("extend", at("2026-03-03 09:00"), amount=2))
    assert read_clock(tampered, at("2026-03-10"), WORK).overdue == read_clock(LATE, at("2026-03-10"), WORK).overdue


def test_an_unverified_limit_says_so_in_the_due_time() -> None:
    reading = read_clock(
        Clock(Limit(2, "urgent-hour", unverified="某市标准表"), at("2026-03-02")), at("2026-03-02"), WORK
    )
    assert isinstance(reading.due, Explained)
    assert reading.due.unverified == ("某市标准表",)


def row(amount: float, **more: object) -> LimitRow:
    return LimitRow(clock="handle", limit=Limit(amount, "working-hour"), **more)  # type: ignore[arg-type]


ROWS = [
    row(1),
    row(2, class_code="C01"),
    row(3, class_code="C0101"),
    row(4, class_code="C0101", condition="danger"),
    row(5, class_code="C0101", condition="danger", valid_from=date(2026, 7, 1)),
    row(6, class_code="C01", county="青禾县"),
]


@pytest.mark.parametrize(
    ("day", "class_code", "condition", "county", "amount"),
    [
        (date(2026, 3, 2), "E0110", "", "", 1),
        (date(2026, 3, 2), "C0137", "", "", 2),
        (date(2026, 3, 2), "C0101", "", "", 3),
        (date(2026, 3, 2), "C0101", "danger", "", 4),
        (date(2026, 8, 2), "C0101", "danger", "", 5),
        (date(2026, 3, 2), "C0101", "danger", "青禾县", 6),
        (date(2026, 3, 2), "C0101", "danger", "云岭市", 4),
    ],
)
def test_the_nearest_limit_holds_county_before_class_before_condition_before_date(
    day: date, class_code: str, condition: str, county: str, amount: float
) -> None:
    found = find_limit(reversed(ROWS), "handle", day, class_code, condition, county)
    assert found is not None and found.limit.amount == amount


def test_a_clock_without_a_row_has_no_limit() -> None:
    assert find_limit(ROWS, "file", date(2026, 3, 2)) is None
