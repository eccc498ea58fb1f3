"""What units are called where they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from guatu.web.directory.models import UnitVersion


def unit_labels(ids: Iterable[int], on: datetime.date) -> dict[int, str]:
    """Short names (else names) of some units as they are called on a day; their last name where they are gone."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = UnitVersion.objects.filter(unit_id__in=wanted).order_by("valid_from")
    found: dict[int, str] = {}
    for pk, name, short, since in rows.values_list("unit_id", "name", "short_name", "valid_from"):
        if since <= on or pk not in found:
            found[pk] = short or name
    return found


def unit_choices(on: datetime.date, **where: Any) -> list[tuple[int, str]]:
    """Units of a day to choose from, in the order of the directory; `where` narrows their versions."""
    valid = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    rows = UnitVersion.objects.filter(valid, **where).order_by("order", "unit_id")
    return [(pk, short or name) for pk, name, short in rows.values_list("unit_id", "name", "short_name")]
