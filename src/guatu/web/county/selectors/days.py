"""The working calendar of a year, as a page shows it and as a sheet holds it."""

from __future__ import annotations

import calendar as weeks
import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guatu.core.calendar.holidays import FIRST_YEAR, LAST_YEAR
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.parsing import number_of
from guatu.web.base.settings_table import setting

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@dataclass(frozen=True)
class ShownDay:
    """`look` is the class of its cell: off, worked though a weekend day, or nothing special."""

    day: datetime.date
    look: str
    name: str
    own: bool


@dataclass(frozen=True)
class YearPage:
    """`known`: the notice of the year is there; `own` are the days that the county entered, which can be taken away."""

    year: int
    months: list[tuple[int, list[list[ShownDay | None]]]]
    own: list[DayRow]
    known: bool
    notice: str
    working_days: int


def year_page(year: int, on: datetime.date) -> YearPage:
    # The calendar has the national rows, the law's and the county's own; only the last can be taken away.
    known, own = calendar(on), own_days(on, year)
    days = {row.day for row in own}
    notices = {int(row["year"]): str(row["notice"]) for row in setting("calendar.years", on)}
    months = [(month, _month(known, year, month, days)) for month in range(1, 13)]
    # `between` does not count its first day.
    last = datetime.date(year - 1, 12, 31)
    count = known.between(last, datetime.date(year, 12, 31))
    return YearPage(year, months, own, known.is_known(datetime.date(year, 1, 1)), notices.get(year, ""), count)


def _month(known: WorkingCalendar, year: int, month: int, own: set[datetime.date]) -> list[list[ShownDay | None]]:
    return [
        [_shown(known, datetime.date(year, month, day), own) if day else None for day in week]
        for week in weeks.Calendar().monthdayscalendar(year, month)
    ]


def _shown(known: WorkingCalendar, day: datetime.date, own: set[datetime.date]) -> ShownDay:
    works, weekend, name = known.is_working(day), day.weekday() >= 5, known.name(day)
    # A weekend day is no news; one that is off by name, or worked, is.
    off = "rest" if name or not weekend else "weekend"
    look = off if not works else "worked" if weekend else ""
    return ShownDay(day, look, name, day in own)


def own_days(on: datetime.date, year: int | None = None) -> list[DayRow]:
    """The county's own days, in order; of one year where it is given."""
    rows: Iterable[DayRow] = setting("calendar.days", on)
    return sorted((row for row in rows if year in (None, row.day.year)), key=lambda row: row.day)


def kept_days(rows: Iterable[DayRow]) -> list[dict[str, Any]]:
    """Days as the setting takes them."""
    return [
        {"day": row.day.isoformat(), "working": row.working, "name": row.name}
        for row in sorted(rows, key=lambda row: row.day)
    ]


def exported_days(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The county's own days of all years, or of the year that the address asks for."""
    for row in own_days(on, number_of(given.get("year"))):
        yield {"day": row.day, "working": "yes" if row.working else "no", "name": row.name}
