"""A line of a spreadsheet of objects is written; it has been checked (imports)."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import Change
from guatu.web.inspection.models import InspectionObject
from guatu.web.inspection.values import ObjectValues
from guatu.web.kit.record import of_row, stored, told


def write_object(old: InspectionObject | None, values: ObjectValues, change: Change[Any]) -> None:
    """`old` is the object that bears the code already."""
    if old is None:
        change.note(InspectionObject.objects.create(**stored(values)), None, told(values))
        return
    before = told(of_row(ObjectValues, old))
    for field, value in stored(values).items():
        setattr(old, field, value)
    old.row_version += 1
    old.save()
    change.note(old, before, told(values))
