"""Lines of a spreadsheet of objects are written; they have been checked (imports)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from guatu.web.base.actions import Change
from guatu.web.inspection.models import InspectionObject

FIELDS = ("name", "category", "risk", "unit_id", "address", "active")


class PlannedObject(NamedTuple):
    """A line that can be written: its code, the object that bears it already, and the fields as given."""

    code: str
    old: InspectionObject | None
    given: dict[str, Any]


def standing_of(one: InspectionObject) -> dict[str, Any]:
    return {field: getattr(one, field) for field in FIELDS}


def write_objects(planned: Iterable[PlannedObject], change: Change[Any]) -> None:
    for code, old, given in planned:
        if old is None:
            made = InspectionObject.objects.create(code=code, **given)
            change.note(made, None, {"code": made.code, **given})
            continue
        before = standing_of(old)
        for field, value in given.items():
            setattr(old, field, value)
        old.row_version += 1
        old.save()
        change.note(old, before, given)
