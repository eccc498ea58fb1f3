"""What units are called where they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from guatu.web.base.dated import on_day
from guatu.web.base.prepared import Prepared
from guatu.web.directory.models import UnitVersion

_names: Prepared[tuple[int, str, str, datetime.date, int]] = Prepared(
    lambda units: (
        UnitVersion.objects.filter(unit__any=units)
        .order_by("valid_from")
        .values_list("unit_id", "name", "short_name", "valid_from", "order")
    ),
    units=list,
)


def unit_labels(ids: Iterable[int], on: datetime.date) -> dict[int, str]:
    """Short names (else names) of some units as they are called on a day, in the order of the directory.

    Units that are gone go by their last name. Nobody looks for 县财政局 by the code points of its characters.
    """
    wanted = set(ids)
    if not wanted:
        return {}
    found: dict[int, tuple[int, str]] = {}
    for pk, name, short, since, order in _names(units=list(wanted)):
        if since <= on or pk not in found:
            found[pk] = order, short or name
    return {pk: label for pk, (_order, label) in sorted(found.items(), key=lambda row: (row[1][0], row[0]))}


def unit_choices(on: datetime.date, **where: Any) -> list[tuple[int, str]]:
    """Units of a day to choose from, in the order of the directory; `where` narrows their versions."""
    return named(choice_rows(on).filter(**where))


def choice_rows(on: datetime.date) -> QuerySet[UnitVersion, tuple[int, str, str]]:
    """Unit, name and short name of the units of a day."""
    rows = UnitVersion.objects.filter(on_day(on)).order_by("order", "unit_id")
    return rows.values_list("unit_id", "name", "short_name")


def named(rows: Iterable[tuple[int, str, str]]) -> list[tuple[int, str]]:
    return [(pk, short or name) for pk, name, short in rows]
