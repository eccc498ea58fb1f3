"""Periods of all plans by their key, in order of time.

Keys of one rhythm only compare as texts: "2026Q3" comes after "2026-12". A key is ordered by the day on which it ends,
and of those that end together by its length, the shortest first.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.keys import Every, rhythm_of
from guatu.web.dispatch.models import Period


@dataclass(frozen=True)
class PeriodKey:
    """A key with the periods of the plans that have it."""

    key: str
    rhythm: Every
    periods: tuple[Period, ...]

    @property
    def ends_on(self) -> datetime.date:
        return max(one.ends_on for one in self.periods)

    @property
    def ids(self) -> list[int]:
        return [one.pk for one in self.periods]

    def fell_due(self, today: datetime.date) -> bool:
        """Whether there is something to judge: reports of one of them are due."""
        return any(one.due_on < today or one.state == Period.State.CLOSED for one in self.periods)


_LENGTH: dict[Every, int] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "half-year": 184, "year": 366}
_NAMES: dict[Every, object] = {
    "day": _("一次"),
    "week": _("按周"),
    "month": _("按月"),
    "quarter": _("按季度"),
    "half-year": _("按半年"),
    "year": _("按年"),
}


def in_time(periods: Iterable[Period]) -> list[PeriodKey]:
    """The keys of some periods, in order of time."""
    found: dict[str, list[Period]] = defaultdict(list)
    for one in sorted(periods, key=lambda period: period.pk):
        found[one.key].append(one)
    keys = [PeriodKey(key, rhythm_of(key), tuple(some)) for key, some in found.items()]
    return sorted(keys, key=lambda one: (one.ends_on, _LENGTH[one.rhythm], one.key))


def judged_first(keys: Sequence[PeriodKey], today: datetime.date) -> PeriodKey | None:
    """The one on which a page opens: the last one in which something was due, of those that end together the shortest;
    while nothing was due yet, the last one."""
    due = [one for one in keys if one.fell_due(today)]
    if not due:
        return keys[-1] if keys else None
    return min((one for one in due if one.ends_on == due[-1].ends_on), key=lambda one: _LENGTH[one.rhythm])


def by_rhythm(keys: Sequence[PeriodKey]) -> list[tuple[object, list[str]]]:
    """The keys of each rhythm under its name, the shortest rhythm first, the newest key first."""
    found: dict[Every, list[str]] = defaultdict(list)
    for one in reversed(keys):
        found[one.rhythm].append(one.key)
    return [(_NAMES[rhythm], found[rhythm]) for rhythm in sorted(found, key=_LENGTH.__getitem__)]
