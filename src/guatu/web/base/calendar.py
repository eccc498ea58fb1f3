"""The county's working calendar: the national table with the county's own rows over it (setting `calendar.days`).

A year that the national table does not have is known when the county says that it has entered its whole notice (setting
`calendar.years`); a day of its own alone makes no year known.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from guatu.adapters.holidays import county_calendar, national_calendar
from guatu.core.calendar.holidays import missing_days
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.web.base.language import joined
from guatu.web.base.settings_table import setting


def calendar(on: datetime.date | None = None) -> WorkingCalendar:
    """The calendar by the settings that hold on a day, today unless it is given."""
    years = frozenset(int(row["year"]) for row in setting("calendar.years", on))
    return _calendar(setting("calendar.days", on), years)


def is_provisional(day: datetime.date) -> bool:
    """Whether a day that was counted may still move: the notice of its year has not been entered."""
    return not calendar().is_known(day)


def not_whole(year: int, on: datetime.date | None = None) -> str:
    """Which holidays of a year the county's own days do not name, so that its notice cannot have been entered whole; ""
    where none is missing, or the program has the year itself."""
    if year in national_calendar().years:
        return ""
    missing = missing_days(year, setting("calendar.days", on))
    if not missing:
        return ""
    named = joined(f"{row.name} {row.day:%m-%d}" for row in missing)
    said = _("%(year)d 年的安排还不完整,法定节假日缺:%(days)s。请先逐日录入或导入整份通知。")
    return said % {"year": year, "days": named}


@lru_cache(maxsize=8)
def _calendar(days: tuple[DayRow, ...], years: frozenset[int]) -> WorkingCalendar:
    """Made once of the same rows: a case asks for it at each step."""
    return county_calendar(days, years)


def day_rows(rows: Any) -> tuple[DayRow, ...]:
    """Days as a setting keeps them: a list of {"day", "working", "name"}."""
    return msgspec.convert(rows, tuple[DayRow, ...], strict=False)
