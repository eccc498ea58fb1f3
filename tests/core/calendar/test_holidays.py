"""The holidays that the law itself fixes, in years with and without a notice."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.adapters.holidays import county_calendar, national_calendar, national_rows
from guatu.core.calendar.clock import Clock, Limit, read_clock
from guatu.core.calendar.holidays import FIRST_YEAR, LAST_YEAR, fixed_holidays
from guatu.core.calendar.hours import HoursRow, Shift, WorkTime, instant
from guatu.core.calendar.working import DayRow

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
LAST_KNOWN = max(national_calendar().years)
own_rows = st.lists(
    st.builds(DayRow, st.dates(date(2020, 1, 1), date(2100, 12, 31)), st.booleans(), st.just("县里")), max_size=40
)


def test_the_table_of_lunar_days_is_whole() -> None:
    assert (FIRST_YEAR, LAST_YEAR) == (2020, 2100)
    for year in YEARS:
        rows = fixed_holidays(year)
        names = [row.name for row in rows]
        assert (names.count("春节"), names.count("国庆节"), names.count("清明节")) == (3, 3, 1)
        assert len(rows) == (13 if year >= 2025 else 11)
        assert all(not row.working and row.day.year == year for row in rows)


@pytest.mark.parametrize(
    ("year", "day", "name"),
    [
        (2027, date(2027, 2, 5), "除夕"), (2027, date(2027, 2, 8), "春节"), (2027, date(2027, 5, 2), "劳动节"),
        (2030, date(2030, 2, 3), "春节"), (2033, date(2033, 1, 31), "春节"), (2028, date(2028, 4, 4), "清明节"),
        (2027, date(2027, 4, 5), "清明节"), (2027, date(2027, 9, 15), "中秋节"), (2029, date(2029, 6, 16), "端午节"),
    ],
)  # fmt: skip
def test_a_day_of_the_table_is_what_almanacs_say(year: int, day: date, name: str) -> None:
    assert (day, name) in [(row.day, row.name) for row in fixed_holidays(year)]


@pytest.mark.parametrize("year", [year for year in YEARS if year in national_calendar().years])
def test_the_notice_of_a_year_has_every_day_that_the_law_fixes(year: int) -> None:
    off = {row.day for row in national_rows() if not row.working}
    assert {row.day for row in fixed_holidays(year)} <= off


@given(own_rows, st.sampled_from(YEARS))
def test_no_fixed_holiday_is_a_working_day_unless_a_row_says_so(rows: list[DayRow], year: int) -> None:
    calendar, said = county_calendar(rows), {row.day: row.working for row in rows}
    for one in fixed_holidays(year):
        assert calendar.is_working(one.day) == said.get(one.day, False)


@given(own_rows, st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_a_row_of_the_county_makes_no_year_announced(rows: list[DayRow], day: date) -> None:
    assert county_calendar(rows).is_known(day) == (day.year <= LAST_KNOWN)
    assert county_calendar(rows, {day.year}).is_known(day)


@given(
    st.dates(date(2020, 1, 1), date(2099, 12, 1)), st.integers(1, 60), st.sampled_from(["working-day", "natural-day"])
)
def test_a_due_time_is_provisional_where_the_days_of_rest_of_its_year_are_not_known(
    day: date, amount: int, unit: str
) -> None:
    work = WorkTime(national_calendar(), (HoursRow((Shift(time(8), time(16)),)),))
    limit = Limit(amount, unit, whole_days=True, roll=unit == "working-day")  # type: ignore[arg-type]
    start = instant(day, time(9))
    reading = read_clock(Clock(limit, start), start, work)
    end = reading.due.value  # type: ignore[union-attr]
    assert reading.provisional == (unit == "working-day" and end.year > LAST_KNOWN)
    assert ("暂定" in reading.due.sentence("zh")) == reading.provisional


def test_new_year_of_a_year_beyond_the_table_is_passed_over() -> None:
    eve = date(LAST_KNOWN, 12, 31)
    assert national_calendar().shift(eve, 1) > eve + timedelta(days=1)
