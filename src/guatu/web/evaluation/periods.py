"""Months and quarters as they stand in addresses: 2026-05, 2026-Q2."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_QUARTER = re.compile(r"(20\d\d)-Q([1-4])", re.ASCII)


@dataclass(frozen=True)
class Span:
    """`months` months from the first of a month on."""

    starts_on: datetime.date
    months: int

    @property
    def key(self) -> str:
        if self.months == 3:
            return f"{self.starts_on.year}-Q{(self.starts_on.month + 2) // 3}"
        return f"{self.starts_on:%Y-%m}"

    @property
    def next_starts(self) -> datetime.date:
        return _months_on(self.starts_on, self.months)

    @property
    def ends_on(self) -> datetime.date:
        return self.next_starts - datetime.timedelta(days=1)

    @property
    def before(self) -> Span:
        return Span(_months_on(self.starts_on, -self.months), self.months)

    @property
    def instants(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From the first midnight up to the next one, in the county's time."""
        midnight = datetime.time()
        days = (self.starts_on, self.next_starts)
        first, last = (timezone.make_aware(datetime.datetime.combine(day, midnight)) for day in days)
        return first, last

    def __str__(self) -> str:
        year, month = self.starts_on.year, self.starts_on.month
        if self.months == 3:
            return _("%(year)d年第%(quarter)d季度") % {"year": year, "quarter": (month + 2) // 3}
        return _("%(year)d年%(month)d月") % {"year": year, "month": month}


def span_of(text: str, today: datetime.date) -> Span:
    """The period that is asked for; the month before this one where nothing sensible is."""
    if found := _MONTH.fullmatch(text):
        return Span(datetime.date(int(found[1]), int(found[2]), 1), 1)
    if found := _QUARTER.fullmatch(text):
        return Span(datetime.date(int(found[1]), int(found[2]) * 3 - 2, 1), 3)
    return Span(_months_on(today.replace(day=1), -1), 1)


def span_between(starts_on: datetime.date, ends_on: datetime.date) -> Span:
    return Span(starts_on, 3 if (ends_on - starts_on).days > 40 else 1)


def spans(today: datetime.date) -> list[Span]:
    """What a list offers: this and the last twelve months, this and the last four quarters."""
    month = today.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    return [
        *(Span(_months_on(month, -n), 1) for n in range(13)),
        *(Span(_months_on(quarter, -3 * n), 3) for n in range(5)),
    ]


def _months_on(day: datetime.date, months: int) -> datetime.date:
    at = day.year * 12 + day.month - 1 + months
    return datetime.date(at // 12, at % 12 + 1, 1)
