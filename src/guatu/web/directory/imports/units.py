"""Units from a spreadsheet: new ones are created, known ones change from the day that the line names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.link.forest import Forest
from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.import_units import PlannedUnit, WriteUnits
from guatu.web.directory.actions.versions import check_end
from guatu.web.directory.checks import check_alias
from guatu.web.directory.imports.superiors import HierarchyCheck, laid, tried
from guatu.web.directory.models import Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.units import UnitFilter, all_rows
from guatu.web.directory.values import CREDIT_CODE, UnitValues, credit_code_problems, unit_code_problems, unit_values
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Importer
from guatu.web.kit.kinds import Code, Day, Text
from guatu.web.kit.record import fields_of
from guatu.web.kit.sheets import Sheet, SheetRow

VALUES = fields_of(UnitValues)
COLUMNS: tuple[Field, ...] = (
    Code(
        "code",
        _("编码"),
        required=True,
        width=14,
        hint=_("本系统内唯一,设立后不变"),
        example="ZF-012",
        longest=40,
    ),
    VALUES["name"],
    VALUES["short_name"],
    replace(VALUES["category"], required=False),
    replace(VALUES["line"], required=False),
    Code(
        "parent",
        _("上级编码"),
        width=14,
        hint=_("上级可以在同一张表里,先后不限"),
        example="ZF-001",
        longest=40,
    ),
    Code("place", _("区划代码"), width=16, hint=_("所在区域,乡镇和村必填"), longest=12),
    VALUES["order"],
    replace(CREDIT_CODE, name="credit_code"),
    Text(
        "aliases",
        _("别名"),
        width=30,
        hint=_("几个别名用分号隔开,导入只增不减"),
        example="县水务局;水利局",
        longest=1000,
    ),
    Day(
        "day",
        _("生效日期"),
        required=True,
        width=14,
        hint=_("设立或变更从哪天起"),
        example="2024-03-01",
    ),
)


class _Check(HierarchyCheck[PlannedUnit]):
    columns, keys = COLUMNS, {"parent_id": "parent", "place_id": "place"}

    def __init__(self, sheet: Sheet, context: Context) -> None:
        super().__init__(sheet, context)
        self.last = {v.unit_id: v for v in UnitVersion.objects.order_by("valid_from")}
        self.units = Unit.objects.in_bulk()
        self.known_aliases = set(UnitAlias.objects.values_list("unit_id", "text"))

    @property
    def codes(self) -> dict[str, int]:
        return self.world.unit_codes

    @property
    def forest(self) -> Forest:
        return self.world.units

    def write(self, change: Change[Any]) -> object:
        return WriteUnits(self.planned, self.units)(change)

    def plan(self, row: SheetRow) -> PlannedUnit | None:
        id_ = self.codes.get(row.values["code"])
        values = self._values(row, self.last.get(id_) if id_ is not None else None)
        aliases = self._aliases(row, id_)
        if self.errors.is_bad(row):
            return None
        planned = self._new(row, values, aliases) if id_ is None else self._known(row, id_, values, aliases)
        if planned is None:
            return None
        self.good[planned.code] = planned.id
        if planned.id > 0 and planned.laid is None and planned.credit_code is None and not aliases:
            self.same += 1
            return None
        return planned

    def _values(self, row: SheetRow, last: UnitVersion | None) -> UnitValues:
        """The values of a line; columns that are not in the sheet keep what stands."""
        fields: dict[str, Any] = unit_values(last).as_fields() if last else {}
        fields |= {key: row.values[key] for key in ("name", "category", "line", "order") if key in row.values}
        if "short_name" in self.sheet.places:
            fields["short_name"] = row.values.get("short_name", "")
        if "category" in fields and "line" not in fields:
            fields["line"] = "area" if fields["category"] in ("town", "village") else "line"
        if "parent" in self.sheet.places:
            fields["parent_id"] = self.superior(row)
        if "place" in self.sheet.places:
            code = row.values.get("place", "")
            fields["place_id"] = self.world.place_codes.get(code)
            if code and fields["place_id"] is None:
                self.unknown(row, "place", code)
        return UnitValues(**fields)

    def _aliases(self, row: SheetRow, id_: int | None) -> list[str]:
        found = [text.strip() for text in re.split(r"[;；、\n]", row.values.get("aliases", "")) if text.strip()]
        try:
            for text in found:
                check_alias(text)
        except Problem as problem:
            self.errors.add(row, "aliases", problem.message)
        return [text for text in dict.fromkeys(found) if (id_, text) not in self.known_aliases]

    def _new(self, row: SheetRow, values: UnitValues, aliases: list[str]) -> PlannedUnit | None:
        code, day, credit_code = row.values["code"], row.values["day"], row.values.get("credit_code", "")
        problems = [
            *self.opened(day, new=True),
            *unit_code_problems(code, self.world),
            *credit_code_problems(credit_code, None, self.world),
            *values.problems(None, day, self.world),
        ]
        if self.errors.problems(row, problems, self.keys):
            return None
        # Not stored yet, but lines below may hang under it: until then it goes by a number that no row has.
        id_ = -row.number
        self.codes[code] = id_
        self._take(id_, row, values, credit_code)
        return PlannedUnit(code, id_, values, day, None, credit_code, aliases)

    def _known(self, row: SheetRow, id_: int, values: UnitValues, aliases: list[str]) -> PlannedUnit | None:
        last, day = self.last[id_], row.values["day"]
        credit_code = row.values.get("credit_code", "") if "credit_code" in self.sheet.places else None
        if credit_code == self.units[id_].credit_code:
            credit_code = None
        change, problems = None, [*tried(lambda: check_end(last))]
        problems += credit_code_problems(credit_code or "", id_, self.world)
        if values != unit_values(last):
            problems += [*self.opened(day, new=False), *values.problems(id_, day, self.world)]
            if not problems:
                problems, change = laid(last, day, values.as_fields())
        if self.errors.problems(row, problems, self.keys):
            return None
        if change is not None:
            self._take(id_, row, values, credit_code or "")
        return PlannedUnit(row.values["code"], id_, values, day, change, credit_code, aliases)

    def _take(self, id_: int, row: SheetRow, values: UnitValues, credit_code: str) -> None:
        self.take(id_, row, values.parent_id, values.name)
        if credit_code:
            self.world.credit_codes[credit_code] = id_


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    wanted = UnitFilter(given.get("q", "").strip(), given.get("category", ""), given.get("line", ""))
    # What the list shows under the same address, so that file and page do not differ.
    nodes = all_rows(actor, on, wanted)
    codes = dict(Unit.objects.values_list("pk", "code"))
    credit = dict(Unit.objects.values_list("pk", "credit_code"))
    places = {node.id: node.code for node in place_tree(on).nodes.values()}
    starts = dict(UnitVersion.objects.order_by("valid_from").values_list("unit_id", "valid_from"))
    aliases: dict[int, list[str]] = {}
    for unit_id, text in UnitAlias.objects.order_by("text").values_list("unit_id", "text"):
        aliases.setdefault(unit_id, []).append(text)
    for node in nodes:
        yield {
            "code": node.code,
            "name": node.name,
            "short_name": node.short_name,
            "category": node.category,
            "line": node.line,
            "parent": codes.get(node.parent_id or 0, ""),
            "place": places.get(node.place_id or 0, ""),
            "order": node.order,
            "credit_code": credit.get(node.id, ""),
            "aliases": ";".join(aliases.get(node.id, ())),
            "day": starts[node.id],
        }


UNITS = Importer(
    "units",
    _("单位"),
    "directory.view",
    "directory.edit",
    "unit_list",
    COLUMNS,
    lambda sheet, context: _Check(sheet, context).run(),
    _export,
    (
        _("编码已有的行是变更:从生效日期起按这一行,此前不变;与现状相同的行不改动。"),
        _("撤销、合并、拆分请在页面上办理,不能用表格导入。"),
    ),
)
