"""What units are called where they are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

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
