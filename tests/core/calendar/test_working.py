from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.calendar.working import DayRow, WorkingCalendar

# A week of holidays with a make-up Sunday before and a make-up Saturday after, and a county day of its own.
SPRING = [DayRow(date(2026, 2, day), False, "春节") for day in range(16, 24)]
MAKE_UP = [DayRow(date(2026, 2, 14), True, "春节调休"), DayRow(date(2026, 2, 28), True, "春节调休")]
CALENDAR = WorkingCalendar([*SPRING, *MAKE_UP], years=[2026])

day = st.dates(date(2020, 1, 1), date(2030, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    st.lists(st.builds(DayRow, st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.booleans()), max_size=60),
    week=st.lists(st.booleans(), min_size=7, max_size=7).filter(any).map(tuple),
)


def walk(calendar: WorkingCalendar, start: date, steps: int) -> date:
    """The plain form of `shift`: a step of one day at a time."""
    at, one = start, timedelta(days=1 if steps >= 0 else -1)
    left = abs(steps)
    if steps == 0:
        while not calendar.is_working(at):
            at += one
        return at
    while left:
        at += one
        left -= calendar.is_working(at)
    return at


@given(calendars, day, st.integers(-80, 80))
def test_shifting_is_the_same_as_walking_day_by_day(calendar: WorkingCalendar, start: date, steps: int) -> None:
    assert calendar.shift(start, steps) == walk(calendar, start, steps)


@given(calendars, day, day)
def test_counting_is_the_same_as_walking_day_by_day(calendar: WorkingCalendar, one: date, other: date) -> None:
    first, last = sorted((one, other))
    walked = sum(calendar.is_working(first + timedelta(days=at)) for at in range(1, (last - first).days + 1))
    assert calendar.between(first, last) == walked
    assert calendar.between(last, first) == -walked


@given(calendars, day, day, day)
def test_counts_of_adjoining_stretches_add_up(calendar: WorkingCalendar, a: date, b: date, c: date) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@given(calendars, day, st.integers(1, 300))
def test_as_many_working_days_lie_between_as_were_added(calendar: WorkingCalendar, start: date, steps: int) -> None:
    assert calendar.between(start, calendar.shift(start, steps)) == steps


def test_a_holiday_week_is_passed_over_and_a_make_up_day_counts() -> None:
    assert CALENDAR.shift(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert CALENDAR.shift(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert CALENDAR.on_or_after(date(2026, 2, 16)) == date(2026, 2, 24)
    assert CALENDAR.on_or_before(date(2026, 2, 23)) == date(2026, 2, 14)
    assert CALENDAR.between(date(2026, 1, 31), date(2026, 2, 28)) == 16
    assert CALENDAR.name(date(2026, 2, 17)) == "春节"
    assert CALENDAR.name(date(2026, 3, 17)) == ""


def test_the_rows_of_the_county_go_over_the_national_table() -> None:
    county = CALENDAR.over([DayRow(date(2026, 2, 24), False, "县城集会")])
    assert county.on_or_after(date(2026, 2, 16)) == date(2026, 2, 25)
    assert CALENDAR.is_working(date(2026, 2, 24))


def test_a_year_without_an_announced_table_counts_by_weekday_and_says_so() -> None:
    assert CALENDAR.is_known(date(2026, 10, 1))
    assert not CALENDAR.is_known(date(2027, 10, 1))
    assert CALENDAR.is_working(date(2027, 10, 1))
    assert CALENDAR.over([], years=[2027]).is_known(date(2027, 10, 1))


def test_a_unit_that_is_open_on_saturdays_has_its_own_week() -> None:
    window = WorkingCalendar(week=(True,) * 6 + (False,))
    assert window.shift(date(2026, 3, 6), 1) == date(2026, 3, 7)


def test_a_week_without_work_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        WorkingCalendar(week=(False,) * 7)


def test_counting_out_of_the_calendar_is_refused_and_not_answered_wrongly() -> None:
    with pytest.raises(OverflowError):
        CALENDAR.shift(date(9999, 12, 1), 100)
