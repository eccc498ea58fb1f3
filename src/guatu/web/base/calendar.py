"""The county's working calendar: the national table with the county's own rows (setting `calendar.days`) over it."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

import msgspec

from guatu.adapters.holidays import county_calendar
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.web.base.settings_table import setting


def calendar(on: datetime.date | None = None) -> WorkingCalendar:
    """The calendar by the settings that hold on a day, today unless it is given."""
    return _calendar(setting("calendar.days", on))


@lru_cache(maxsize=8)
def _calendar(days: tuple[DayRow, ...]) -> WorkingCalendar:
    """Made once of the same rows: a case asks for it at each step."""
    return county_calendar(days, {day.day.year for day in days})


def day_rows(rows: Any) -> tuple[DayRow, ...]:
    """Days as a setting keeps them: a list of {"day", "working", "name"}."""
    return msgspec.convert(rows, tuple[DayRow, ...], strict=False)
