"""The list of objects from a spreadsheet and back: an object is known by its code."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.cases.sampling.draw import SEPARATOR
from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor
from guatu.web.directory.cells import UnitCell
from guatu.web.inspection.actions.import_objects import PlannedObject, standing_of, write_objects
from guatu.web.inspection.models import InspectionObject, Risk
from guatu.web.inspection.selectors import objects
from guatu.web.kit.importer import Checked, Errors, Importer, first_of_code
from guatu.web.kit.sheets import Choice, Column, Sheet, Text

COLUMNS: tuple[Column, ...] = (
    Text(
        "code", gettext_lazy("对象编号"), True, 20, gettext_lazy("统一社会信用代码或自编号,不含竖线“|”"), "QH-0001", 40
    ),
    Text("name", gettext_lazy("对象名称"), True, 30, "", "河湾加油站", 120),
    Text("category", gettext_lazy("对象类别"), False, 16, gettext_lazy("抽查可以只抽一类"), "加油站", 60),
    Choice("risk", gettext_lazy("风险等级"), True, 12, choices=dict(Risk.choices)),
    UnitCell("unit", gettext_lazy("所属单位编码"), False, 16, gettext_lazy("编码、全称或简称;本单位的人不检查本单位")),
    Text("address", gettext_lazy("地址"), False, 30, "", "", 200),
    Choice(
        "active",
        gettext_lazy("在用"),
        False,
        8,
        gettext_lazy("不填为在用;“否”即移出名单"),
        choices={"yes": gettext_lazy("是"), "no": gettext_lazy("否")},
    ),
)


def check(sheet: Sheet, context: Context) -> Checked:
    errors = Errors(sheet, COLUMNS)
    known = {one.code: one for one in InspectionObject.objects.select_for_update()}
    found = Checked(errors=[])
    planned: list[PlannedObject] = []
    for row in first_of_code(sheet, errors).values():
        if SEPARATOR in row.values["code"]:
            errors.add(row, "code", _("编号不能含竖线“|”。"))
        if errors.is_bad(row):
            continue
        old = known.get(row.values["code"])
        given = _given(row.values)
        if old is not None and given == standing_of(old):
            found.same += 1
            continue
        found.created += old is None
        found.changed += old is not None
        planned.append(PlannedObject(row.values["code"], old, given))
    found.errors = errors.sorted()
    found.write = lambda change: write_objects(planned, change)
    return found


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": values["name"],
        "category": values.get("category", ""),
        "risk": values["risk"],
        "unit_id": values.get("unit"),
        "address": values.get("address", ""),
        "active": values.get("active", "yes") == "yes",
    }


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    """What the list shows; it can be changed and imported again."""
    for row in objects.OBJECTS.all_lines(actor, given):
        yield {
            **{field: getattr(row.one, field) for field in ("code", "name", "category", "risk", "address")},
            "unit": row.one.unit_id,
            "active": "yes" if row.one.active else "no",
        }


OBJECTS = Importer(
    "inspection-objects",
    gettext_lazy("检查对象"),
    "inspection.view",
    "inspection.lists",
    "inspection_objects",
    COLUMNS,
    check,
    _export,
    (gettext_lazy("编号已有的对象按这一行变更,没有的新增;表里没有的不动。"),),
)
