"""The duty list from a spreadsheet: a row that says otherwise than before holds from its first day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.base.sheets import Column, Day, Sheet, SheetRow, Text
from guatu.web.directory.imports.kind import Checked, Errors, Importer
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.duties.selectors.listing import DutyFilter, listed
from guatu.web.duties.values import DutyValues

COLUMNS: tuple[Column, ...] = (
    Text("class_code", gettext_lazy("类别代码"), False, 14, gettext_lazy("代码或它的开头,不填为全部类别"), "C01", 40),
    Text("place", gettext_lazy("区域"), False, 18, gettext_lazy("区划代码或名称,不填为全县"), "临溪镇", 120),
    Text("unit", gettext_lazy("承办单位"), True, 22, gettext_lazy("单位编码、全称或简称"), "县城管局", 120),
    Day("day", gettext_lazy("生效日期"), True, 14, "", "2024-03-01"),
    Day("until", gettext_lazy("失效日期"), False, 14, gettext_lazy("从这天起不再有效;不填为长期"), ""),
    Text("pack", gettext_lazy("业务包"), False, 18, gettext_lazy("不填为全部业务包"), "urban_management", 80),
    Text("source", gettext_lazy("依据文件"), False, 30, gettext_lazy("文件名称或文号"), "", 200),
)  # fmt: skip


class _Check:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.errors = sheet, Errors(sheet, COLUMNS)
        today = context.actor.today
        self.units = _by_word((n.id, (n.code, n.name, n.short_name)) for n in unit_tree(today).nodes.values())
        self.places = _by_word((n.id, (n.code, n.name)) for n in place_tree(today).nodes.values())
        self.planned: list[DutyValues] = []
        self.seen: dict[tuple[str, str, int | None], int] = {}
        self.same = self.changed = 0

    def run(self) -> Checked:
        for row in self.sheet.rows:
            if not self.errors.is_bad(row):
                self._row(row)
        return Checked(len(self.planned) - self.changed, self.changed, self.same, self.errors.sorted(), self._write)

    def _row(self, row: SheetRow) -> None:
        given = row.values
        unit = self._found(row, "unit", self.units)
        place = self._found(row, "place", self.places) if given.get("place") else None
        if self.errors.is_bad(row) or unit is None:
            return
        texts = (given.get("pack", ""), given.get("class_code", ""))
        values = DutyValues(*texts, place, unit, given["day"], given.get("until"), given.get("source", ""))
        if values.key in self.seen:
            self.errors.add(row, "class_code", _("与第 %(row)d 行的类别、区域相同。") % {"row": self.seen[values.key]})
            return
        self.seen[values.key] = row.number
        if not self.errors.problems(row, self._problems(values), {}):
            self._plan(values)

    def _problems(self, values: DutyValues) -> Iterable[Problem]:
        yield from values.problems()
        if not values.is_same() and any(row.valid_from >= values.day for row in values.standing()):
            yield Problem(_("已有自同一天或以后生效的一行,请先停用它。"), field="day")

    def _plan(self, values: DutyValues) -> None:
        if values.is_same():
            self.same += 1
            return
        self.changed += bool(values.standing())
        self.planned.append(values)

    def _found(self, row: SheetRow, key: str, known: Mapping[str, set[int]]) -> int | None:
        found = known.get(row.values[key], set())
        if len(found) == 1:
            return next(iter(found))
        message = _("没有“%(text)s”,请核对编码或名称。") if not found else _("“%(text)s”有 %(n)d 个,请改填编码。")
        self.errors.add(row, key, message % {"text": row.values[key], "n": len(found)})
        return None

    def _write(self, change: Change[Any]) -> None:
        for values in self.planned:
            values.lay(change)


def _by_word(rows: Iterable[tuple[int, tuple[str, ...]]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for pk, words in rows:
        for word in words:
            if word:
                found.setdefault(word, set()).add(pk)
    return found


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    check_view(actor)
    places, units = place_tree(on), unit_tree(on)
    for line in listed(on, DutyFilter.of(given)).lines:
        row = line.row
        place, unit = places.nodes.get(row.place_id or 0), units.nodes.get(row.unit_id)
        yield {
            "class_code": row.class_code, "place": place.code if place else "", "unit": unit.code if unit else "",
            "day": row.valid_from, "until": row.valid_to, "pack": row.pack, "source": row.source,
        }  # fmt: skip


DUTIES = Importer(
    "duties",
    gettext_lazy("职责清单"),
    "directory.edit",
    COLUMNS,
    lambda sheet, context: _Check(sheet, context).run(),
    _export,
    (
        gettext_lazy("同一类别、同一区域只有一行有效:新的一行从生效日期起代替原来的一行。"),
        gettext_lazy("一件案件先按最具体的类别、再按最具体的区域取一行。"),
    ),
    "duty_list",
)
