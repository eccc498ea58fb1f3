"""The national table of holidays and make-up working days, from the chinesecalendar library.

The library carries the State Council's yearly notices. A year it does not carry yet is unknown to the calendar until
the county has entered its whole notice; the holidays that the law itself fixes hold in it nevertheless.
"""

from collections.abc import Iterable
from functools import lru_cache

from chinese_calendar import constants

from guatu.core.calendar.holidays import FIRST_YEAR, LAST_YEAR, fixed_holidays
from guatu.core.calendar.working import DayRow, WorkingCalendar

# The library's names of holidays are English; reports are read in Chinese.
_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利 70 周年纪念日",
}


def national_rows() -> list[DayRow]:
    """Every day of the national table that is not as its weekday says, or is a holiday by name, in order."""
    rest = [DayRow(day, False, _chinese(name)) for day, name in constants.holidays.items()]
    work = [DayRow(day, True, f"{_chinese(name)}调休") for day, name in constants.workdays.items()]
    return sorted([*rest, *work], key=lambda row: row.day)


@lru_cache(maxsize=1)
def national_calendar() -> WorkingCalendar:
    """The national working calendar, known for the years that the library carries; beyond them only what the law
    fixes is off."""
    rows = national_rows()
    years = {row.day.year for row in rows}
    beyond = (year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year not in years)
    return WorkingCalendar([*rows, *(row for year in beyond for row in fixed_holidays(year))], years)


def county_calendar(rows: Iterable[DayRow], years: Iterable[int] = ()) -> WorkingCalendar:
    """The national calendar with the county's own rows over it; `years` are those whose whole notice these are."""
    return national_calendar().over(rows, years)


def _chinese(name: str) -> str:
    return _NAMES.get(name, name)
