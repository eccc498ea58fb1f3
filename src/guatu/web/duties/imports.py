"""The duty list from a spreadsheet: a row that says otherwise than before holds from its first day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.directory.cells import PlaceCell, UnitCell
from guatu.web.duties.actions.keep_duties import PERMISSION, DutyValues
from guatu.web.duties.selectors.duties import DUTIES
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.sheets import Column, Day, Sheet, Text

COLUMNS: tuple[Column, ...] = (
    Text("class_code", gettext_lazy("类别代码"), False, 14, gettext_lazy("代码或它的开头,不填为全部类别"), "C01", 40),
    PlaceCell("place", gettext_lazy("区域"), False, 18, gettext_lazy("区划代码或名称,不填为全县"), "临溪镇", 120),
    UnitCell("unit", gettext_lazy("承办单位"), True, 22, gettext_lazy("单位编码、全称或简称"), "县城管局", 120),
    Day("day", gettext_lazy("生效日期"), True, 14, "", "2024-03-01"),
    Day("until", gettext_lazy("失效日期"), False, 14, gettext_lazy("从这天起不再有效;不填为长期"), ""),
    Text("pack", gettext_lazy("业务包"), False, 18, gettext_lazy("不填为全部业务包"), "urban_management", 80),
    Text("source", gettext_lazy("依据文件"), False, 30, gettext_lazy("文件名称或文号"), "", 200),
)


def check(sheet: Sheet, context: Context) -> Checked:
    errors, seen = Errors(sheet, COLUMNS), dict[Any, int]()
    found, planned = Checked(), list[DutyValues]()
    for row in sheet.rows:
        if errors.is_bad(row):
            continue
        values = _values(row.values)
        first = seen.setdefault((values.pack, values.class_code, values.place_id), row.number)
        if first != row.number:
            errors.add(row, "class_code", _("与第 %(row)d 行的类别、区域相同。") % {"row": first})
        elif values.is_same():
            found.same += 1
        elif not errors.problems(row, values.problems(), {}):
            found.changed += bool(values.standing())
            planned.append(values)
    found.created, found.errors = len(planned) - found.changed, errors.sorted()
    found.write = lambda change: _write(planned, change)
    return found


def _write(planned: Iterable[DutyValues], change: Change[Any]) -> None:
    for values in planned:
        values.lay(change)


def _values(given: Mapping[str, Any]) -> DutyValues:
    texts = (given.get("pack", ""), given.get("class_code", ""))
    return DutyValues(
        *texts, given.get("place"), given["unit"], given["day"], given.get("until"), given.get("source", "")
    )


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    for row in (line.row for line in DUTIES.all_lines(actor, given)):
        yield {
            "class_code": row.class_code, "pack": row.pack, "day": row.valid_from, "until": row.valid_to,
            "place": row.place_id, "unit": row.unit_id, "source": row.source,
        }  # fmt: skip


SHEET = Importer(
    "duties",
    gettext_lazy("职责清单"),
    "directory.view",
    PERMISSION,
    "duty_list",
    COLUMNS,
    check,
    _export,
    (
        gettext_lazy("同一类别、同一区域只有一行有效:新的一行从生效日期起代替原来的一行。"),
        gettext_lazy("一件案件先按最具体的类别、再按最具体的区域取一行。"),
    ),
)
