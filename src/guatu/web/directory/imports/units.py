"""Units from a spreadsheet: new ones are created, known ones change from the day that the line names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.link.forest import Stretch
from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.import_units import PlannedUnit, WriteUnits
from guatu.web.directory.actions.versions import Laid, check_end, lay
from guatu.web.directory.checks import check_alias
from guatu.web.directory.days import OpenDays
from guatu.web.directory.imports.superiors import superiors_first
from guatu.web.directory.models import Unit, UnitAlias, UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.units import UnitFilter, all_rows
from guatu.web.directory.values import UnitValues, credit_code_problems, unit_code_problems, unit_values
from guatu.web.directory.world import World
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.kinds import Choice, Code, Day, Text, Whole
from guatu.web.kit.sheets import Sheet, SheetRow

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
    Text(
        "name",
        _("全称"),
        required=True,
        width=30,
        hint=_("法定名称"),
        example="青禾县水利局",
        longest=120,
    ),
    Text("short_name", _("简称"), width=16, example="县水利局", longest=60),
    Choice("category", _("类别"), width=14, choices=UnitVersion.Category.choices),
    Choice("line", _("条块"), width=14, choices=UnitVersion.Line.choices),
    Code(
        "parent",
        _("上级编码"),
        width=14,
        hint=_("上级可以在同一张表里,先后不限"),
        example="ZF-001",
        longest=40,
    ),
    Code("place", _("区划代码"), width=16, hint=_("所在区域,乡镇和村必填"), longest=12),
    Whole("order", _("排序"), width=8, hint=_("小的在前")),
    Code("credit_code", _("统一社会信用代码"), width=22, hint=_("18 位"), longest=18),
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
KEYS = {"parent_id": "parent", "place_id": "place"}


class _Check:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.open = sheet, OpenDays.read(context.actor.today)
        self.errors = Errors(sheet, COLUMNS)
        self.world = World()
        self.last = {v.unit_id: v for v in UnitVersion.objects.order_by("valid_from")}
        self.units = Unit.objects.in_bulk()
        self.known_aliases = set(UnitAlias.objects.values_list("unit_id", "text"))
        self.planned: list[PlannedUnit] = []
        self.good: dict[str, int] = {}
        self.same = 0

    def run(self) -> Checked:
        self.in_sheet = self.errors.by_code(self.sheet.rows)
        for row in superiors_first(self.in_sheet, self.errors):
            if not self.errors.is_bad(row):
                self._row(row)
        new = sum(1 for planned in self.planned if planned.id < 0)
        written = WriteUnits(self.planned, self.units)
        return Checked(new, len(self.planned) - new, self.same, self.errors.sorted(), written)

    def _row(self, row: SheetRow) -> None:
        code = row.values["code"]
        id_ = self.world.unit_codes.get(code)
        values = self._values(row, self.last.get(id_) if id_ is not None else None)
        aliases = self._aliases(row, id_)
        if values is None or aliases is None:
            return
        planned = self._new(row, code, values, aliases) if id_ is None else self._known(row, id_, values, aliases)
        if planned is None:
            return
        self.good[code] = planned.id
        if planned.id > 0 and planned.laid is None and planned.credit_code is None and not aliases:
            self.same += 1
            return
        self.planned.append(planned)

    def _values(self, row: SheetRow, last: UnitVersion | None) -> UnitValues | None:
        """The values of a line; columns that are not in the sheet keep what stands."""
        fields = unit_values(last).as_fields() if last else {}
        fields |= {key: row.values[key] for key in ("name", "category", "line", "order") if key in row.values}
        if "short_name" in self.sheet.places:
            fields["short_name"] = row.values.get("short_name", "")
        if "category" in fields and "line" not in fields:
            fields["line"] = "area" if fields["category"] in ("town", "village") else "line"
        for key, field, codes in (
            ("parent", "parent_id", self.world.unit_codes),
            ("place", "place_id", self.world.place_codes),
        ):
            if key not in self.sheet.places:
                continue
            code = row.values.get(key, "")
            fields[field] = self.good.get(code, codes.get(code)) if key == "parent" else codes.get(code)
            if code and not self._reference(row, key, code, fields[field]):
                return None
        return UnitValues(**fields)

    def _reference(self, row: SheetRow, key: str, code: str, found: int | None) -> bool:
        other = self.in_sheet.get(code) if key == "parent" else None
        if other is not None and self.errors.is_bad(other) and found is None:
            self.errors.add(row, key, _("上级在第 %(row)d 行,那一行有错误。") % {"row": other.number})
            return False
        if found is None:
            self.errors.add(row, key, _("没有编码为“%(code)s”的记录。") % {"code": code})
        return found is not None

    def _aliases(self, row: SheetRow, id_: int | None) -> list[str] | None:
        found = [text.strip() for text in re.split(r"[;；、\n]", row.values.get("aliases", "")) if text.strip()]
        try:
            for text in found:
                check_alias(text)
        except Problem as problem:
            self.errors.add(row, "aliases", problem.message)
            return None
        return [text for text in dict.fromkeys(found) if (id_, text) not in self.known_aliases]

    def _new(self, row: SheetRow, code: str, values: UnitValues, aliases: list[str]) -> PlannedUnit | None:
        day, credit_code = row.values["day"], row.values.get("credit_code", "")
        problems = [
            *_tried(lambda: self.open.check_start(day)),
            *unit_code_problems(code, self.world),
            *credit_code_problems(credit_code, None, self.world),
            *values.problems(None, day, self.world),
        ]
        if self.errors.problems(row, problems, KEYS):
            return None
        # Not stored yet, but lines below may hang under it: until then it goes by a number that no row has.
        id_ = -row.number
        self.world.unit_codes[code] = id_
        self._take(id_, day, values, credit_code)
        return PlannedUnit(row.values["code"], id_, values, day, None, credit_code, aliases)

    def _known(self, row: SheetRow, id_: int, values: UnitValues, aliases: list[str]) -> PlannedUnit | None:
        last, day = self.last[id_], row.values["day"]
        credit_code = row.values.get("credit_code", "") if "credit_code" in self.sheet.places else None
        if credit_code == self.units[id_].credit_code:
            credit_code = None
        laid, problems = None, [*_tried(lambda: check_end(last))]
        problems += credit_code_problems(credit_code or "", id_, self.world)
        if values != unit_values(last):
            problems += [
                *_tried(lambda: self.open.check_change(day)),
                *values.problems(id_, day, self.world),
            ]
            if not problems:
                problems, laid = _laid(last, day, values)
        if self.errors.problems(row, problems, KEYS):
            return None
        if laid is not None:
            self._take(id_, day, values, credit_code or "")
        return PlannedUnit(row.values["code"], id_, values, day, laid, credit_code, aliases)

    def _take(self, id_: int, day: datetime.date, values: UnitValues, credit_code: str) -> None:
        self.world.units.lay(Stretch(id_, day, None, values.parent_id, values.name))
        if credit_code:
            self.world.credit_codes[credit_code] = id_


def _tried(check: Any) -> Iterator[Problem]:
    try:
        check()
    except Problem as problem:
        yield problem


def _laid(last: UnitVersion, day: datetime.date, values: UnitValues) -> tuple[list[Problem], Laid[UnitVersion] | None]:
    try:
        return [], lay(last, day, values.as_fields())
    except Problem as problem:
        return [problem], None


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
