"""The list of objects out of a spreadsheet: all lines, or none and what is wrong with each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guatu.core.cases.sampling.draw import SEPARATOR
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid
from guatu.web.base.sheets import CellError, Sheet, SheetRow, read_sheet
from guatu.web.directory.models import Unit
from guatu.web.inspection.models import InspectionObject
from guatu.web.inspection.object_columns import COLUMNS

FIELDS = ("name", "category", "risk", "unit_id", "address", "active")


@dataclass(frozen=True)
class ImportObjects(Action[tuple[int, int]]):
    """Gives how many were new and how many changed. An object is known by its code."""

    data: bytes
    file_name: str
    name: ClassVar[str] = "inspection.import-objects"
    words: ClassVar[str | Promise] = gettext_lazy("导入检查对象")

    def permit(self, context: Context) -> None:
        require(context, "inspection.lists")

    def change(self, context: Context) -> Change[tuple[int, int]]:
        sheet = read_sheet(self.data, self.file_name, COLUMNS, texts=True)
        units = dict(Unit.objects.values_list("code", "pk"))
        errors = [*sheet.errors, *_wrong(sheet, units)]
        if errors:
            errors.sort(key=lambda error: error.row)
            rows = len({error.row for error in errors})
            said = ngettext("%(n)d 行有错误,一行都没有导入。", "%(n)d 行有错误,一行都没有导入。", rows) % {"n": rows}
            data = {"errors": [error.as_json() for error in errors[:500]]}
            raise Invalid(said, field="file", code="inspection.import-wrong", data=data)
        known = {one.code: one for one in InspectionObject.objects.select_for_update()}
        change: Change[tuple[int, int]] = Change((0, 0))
        new = changed = 0
        for row in sheet.rows:
            old = known.get(row.values["code"])
            new += old is None
            changed += _write(old, row, units, change)
        change.result = (new, changed)
        return change

    def answer(self, result: tuple[int, int]) -> Any:
        return list(result)

    def recall(self, answer: Any) -> tuple[int, int]:
        return answer[0], answer[1]


def _wrong(sheet: Sheet, units: dict[str, int]) -> list[CellError]:
    """What no single cell shows: codes twice, units that are not there, the separator of the draw."""
    found, seen = [], dict[str, int]()
    labels = {column.key: str(column.label) for column in COLUMNS}
    for row in sheet.rows:
        code, unit = str(row.values.get("code", "")), str(row.values.get("unit", ""))
        if SEPARATOR in code:
            found.append(CellError(row.number, labels["code"], code, _("编号不能含竖线“|”。")))
        if code in seen:
            said = _("与第 %(row)d 行的编码相同。") % {"row": seen[code]}
            found.append(CellError(row.number, labels["code"], code, said))
        if code:
            seen.setdefault(code, row.number)
        if unit and unit not in units:
            said = _("没有编码为“%(code)s”的单位。") % {"code": unit}
            found.append(CellError(row.number, labels["unit"], unit, said))
    return found


def _write(old: InspectionObject | None, row: SheetRow, units: dict[str, int], change: Change[Any]) -> int:
    """1 where an object that was there has changed."""
    values = row.values
    given = {
        "name": values["name"],
        "category": values.get("category", ""),
        "risk": values["risk"],
        "unit_id": units.get(values.get("unit", "")),
        "address": values.get("address", ""),
        "active": values.get("active", "yes") == "yes",
    }
    if old is None:
        made = InspectionObject.objects.create(code=values["code"], **given)
        change.note(made, None, {"code": made.code, **given})
        return 0
    before = {field: getattr(old, field) for field in FIELDS}
    if before == given:
        return 0
    for field, value in given.items():
        setattr(old, field, value)
    old.row_version += 1
    old.save()
    change.note(old, before, given)
    return 1
