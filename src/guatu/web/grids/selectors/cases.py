"""Cases of a month by the grid in which they lie: of each grid as it stood when the case was reported."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict

import numpy as np
from django.db.models import Q
from django.utils import timezone

from guatu.core.grids.figures import GridCase
from guatu.web.cases.models import Case
from guatu.web.grids.models import GridVersion
from guatu.web.grids.selectors.standing import grid_index

Month = tuple[datetime.date, datetime.date]


def month_of(first: datetime.date) -> Month:
    """The first and the last day of the month."""
    after = (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return first, after - datetime.timedelta(days=1)


def moments(first: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """From when to before when the month is."""
    begin, last = month_of(first)
    return _start(begin), _start(last + datetime.timedelta(days=1))


def cases_by_grid(first: datetime.date) -> dict[str, list[GridCase]]:
    """Cases with a position that were reported, closed or overdue in the month, by the codes of grids.

    Confidential cases are left out for everybody: a light of a small grid would tell of them.
    """
    begin, end = moments(first)
    rows = Case.objects.filter(confidential=False, opened_at__lt=end, lon__isnull=False, lat__isnull=False)
    rows = rows.filter(Q(opened_at__gte=begin) | Q(ended_at__isnull=True) | Q(ended_at__gte=begin))
    days = _days_of_change(first)
    by_day: dict[datetime.date, list[tuple[float, float, GridCase]]] = defaultdict(list)
    fields = ("lon", "lat", "opened_at", "ended_at", "due", "late", "returns")
    for lon, lat, opened, ended, due, late, returns in rows.values_list(*fields).iterator():
        day = max(first, timezone.localtime(opened).date())
        by_day[days[bisect_right(days, day) - 1]].append((lon, lat, GridCase(opened, ended, due, late, returns)))
    found: dict[str, list[GridCase]] = defaultdict(list)
    for day, placed in by_day.items():
        index = grid_index(day)
        places = index.locate(np.array([x for x, _, _ in placed]), np.array([y for _, y, _ in placed]))
        for at, (_x, _y, case) in zip(places, placed, strict=True):
            if at >= 0:
                found[index.codes[at]].append(case)
    return found


def _days_of_change(first: datetime.date) -> list[datetime.date]:
    """Days of the month from which on other grids stand, the first of the month among them."""
    begin, last = month_of(first)
    begun = GridVersion.objects.filter(valid_from__gt=begin, valid_from__lte=last).values_list("valid_from", flat=True)
    ended = GridVersion.objects.filter(valid_to__gt=begin, valid_to__lte=last).values_list("valid_to", flat=True)
    return sorted({begin, *begun, *(day for day in ended if day is not None)})


def _start(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
