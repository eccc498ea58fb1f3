from datetime import date

import chinese_calendar  # type: ignore[import-untyped]

from guatu.adapters.holidays import county_calendar, national_calendar, national_rows
from guatu.core.calendar.working import DayRow


def test_the_national_table_knows_holidays_and_make_up_days_by_their_chinese_names() -> None:
    calendar = national_calendar()
    assert calendar.name(date(2025, 10, 1)) == "国庆节"
    assert not calendar.is_working(date(2025, 10, 8))
    assert calendar.is_working(date(2025, 10, 11))
    assert calendar.name(date(2025, 10, 11)) == "国庆节调休"
    assert all(row.name.isascii() is False for row in national_rows())


def test_a_year_of_the_national_table_has_its_published_number_of_working_days() -> None:
    assert national_calendar().between(date(2024, 12, 31), date(2025, 12, 31)) == 248


def test_the_calendar_agrees_with_the_library_on_every_day_it_carries() -> None:
    calendar = national_calendar()
    days = [date.fromordinal(at) for at in range(date(2004, 1, 1).toordinal(), date(2025, 12, 31).toordinal() + 1)]
    assert [calendar.is_working(day) for day in days] == [chinese_calendar.is_workday(day) for day in days]


def test_a_year_that_is_not_announced_is_unknown() -> None:
    assert national_calendar().is_known(date(2025, 6, 1))
    assert not national_calendar().is_known(date(2099, 6, 1))


def test_the_county_s_own_rows_go_over_the_national_table() -> None:
    county = county_calendar([DayRow(date(2025, 10, 8), True, "县里上班")])
    assert county.is_working(date(2025, 10, 8)) and county.name(date(2025, 10, 8)) == "县里上班"
    assert not national_calendar().is_working(date(2025, 10, 8))
