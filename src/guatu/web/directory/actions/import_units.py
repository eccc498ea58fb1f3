"""Lines of a spreadsheet of units are written; they have been checked (imports.units)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guatu.web.base.actions import Change, take_version
from guatu.web.directory.actions.versions import Laid
from guatu.web.directory.models import Unit, UnitAlias, UnitVersion
from guatu.web.directory.values import UnitValues


@dataclass
class PlannedUnit:
    """A line that can be written: a new unit (with a number below 0 until then) or a change of one that is there."""

    code: str
    id: int
    values: UnitValues
    day: datetime.date
    laid: Laid[UnitVersion] | None
    credit_code: str | None
    aliases: list[str]


class WriteUnits:
    """Writes planned lines: new units in few statements, changes one by one."""

    def __init__(self, planned: list[PlannedUnit], units: dict[int, Unit]) -> None:
        self.planned, self.units = planned, units

    def __call__(self, change: Change[Any]) -> None:
        new = [p for p in self.planned if p.id < 0]
        made = Unit.objects.bulk_create(Unit(code=p.code, credit_code=p.credit_code or "") for p in new)
        ids = {p.id: unit.pk for p, unit in zip(new, made, strict=True)}
        self.units |= {unit.pk: unit for unit in made}
        UnitVersion.objects.bulk_create(
            UnitVersion(unit_id=ids[p.id], valid_from=p.day, **self._fields(p, ids)) for p in new
        )
        for planned in self.planned:
            unit = self.units[ids.get(planned.id, planned.id)]
            if planned.id < 0:
                fields = {"code": unit.code, **self._fields(planned, ids), "from": planned.day.isoformat()}
                change.note(unit, None, fields)
            else:
                self._change(unit, planned, ids, change)
        UnitAlias.objects.bulk_create(
            UnitAlias(unit_id=ids.get(p.id, p.id), text=text) for p in self.planned for text in p.aliases
        )

    def _change(self, unit: Unit, planned: PlannedUnit, ids: dict[int, int], change: Change[Any]) -> None:
        take_version(unit, unit.row_version)
        if planned.credit_code is not None:
            change.note(unit, {"credit_code": unit.credit_code}, {"credit_code": planned.credit_code})
            unit.credit_code = planned.credit_code
            unit.save(update_fields=["credit_code"])
        if planned.laid is not None:
            # Its superior may be new in this very sheet, and has its number only now.
            planned.laid.opened.parent_id = self._fields(planned, ids)["parent_id"]
            planned.laid.save()
            change.note(unit, planned.laid.before, planned.laid.after)

    def _fields(self, planned: PlannedUnit, ids: Mapping[int, int]) -> dict[str, Any]:
        fields = planned.values.as_fields()
        parent_id = fields["parent_id"]
        return {**fields, "parent_id": ids.get(parent_id, parent_id) if parent_id is not None else None}
