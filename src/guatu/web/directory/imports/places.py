"""Places from a spreadsheet: new ones are created, known ones change from the day that the line names."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.link.forest import Stretch
from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid, Problem
from guatu.web.directory.actions.import_places import PlannedPlace, write_places
from guatu.web.directory.actions.versions import Laid, lay
from guatu.web.directory.days import OpenDays
from guatu.web.directory.imports.superiors import superiors_first
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.places import found_places
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.values import PlaceValues, place_code_problems, place_values
from guatu.web.directory.world import World
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Checked, Errors, Importer
from guatu.web.kit.kinds import Choice, Code, Day, Text
from guatu.web.kit.sheets import Sheet, SheetRow

COLUMNS: tuple[Field, ...] = (
    Code(
        "code",
        _("区划代码"),
        required=True,
        width=16,
        hint=_("县级 6 位,乡镇和村 12 位"),
        longest=12,
    ),
    Text("name", _("名称"), required=True, width=24, example="临溪镇", longest=120),
    Choice("level", _("级别"), required=True, width=12, choices=PlaceVersion.Level.choices),
    Code("parent", _("上级代码"), width=16, hint=_("上级可以在同一张表里,先后不限"), longest=12),
    Day(
        "day",
        _("生效日期"),
        required=True,
        width=14,
        hint=_("设立或变更从哪天起"),
        example="2024-03-01",
    ),
)
KEYS = {"parent_id": "parent"}


class _Check:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.open = sheet, OpenDays.read(context.actor.today)
        self.errors = Errors(sheet, COLUMNS)
        self.world = World()
        self.last = {v.place_id: v for v in PlaceVersion.objects.order_by("valid_from")}
        self.planned: list[PlannedPlace] = []
        self.good: dict[str, int] = {}
        self.same = 0

    def run(self) -> Checked:
        self.in_sheet = self.errors.by_code(self.sheet.rows)
        for row in superiors_first(self.in_sheet, self.errors):
            if not self.errors.is_bad(row):
                self._row(row)
        new = sum(1 for planned in self.planned if planned.id < 0)
        write = lambda change: write_places(self.planned, change)  # noqa: E731
        return Checked(new, len(self.planned) - new, self.same, self.errors.sorted(), write)

    def _row(self, row: SheetRow) -> None:
        code = row.values["code"]
        id_ = self.world.place_codes.get(code)
        last = self.last.get(id_) if id_ is not None else None
        parent_id, problems = self._parent(row, last)
        values = PlaceValues(
            row.values["name"], row.values["level"], parent_id, last.boundary if last is not None else None
        )
        if last is not None and values == place_values(last) and last.valid_to is None:
            self.good[code], self.same = last.place_id, self.same + 1
            return
        laid = None
        if not problems:
            problems = self._problems(code, id_, values, row.values["day"])
        if not problems and last is not None:
            laid, problems = _laid(last, row.values["day"], values)
        if self.errors.problems(row, problems, KEYS):
            return
        number = id_ if id_ is not None else -row.number
        self.good[code] = number
        self.world.places.lay(Stretch(number, row.values["day"], None, parent_id, values.name))
        self.planned.append(PlannedPlace(code, number, values, row.values["day"], laid))

    def _problems(self, code: str, id_: int | None, values: PlaceValues, day: datetime.date) -> list[Problem]:
        found = [] if id_ is not None else list(place_code_problems(code, values.level, self.world))
        try:
            _open = self.open.check_start(day) if id_ is None else self.open.check_change(day)
        except Problem as problem:
            found.append(problem)
        return [*found, *values.problems(id_, day, self.world)]

    def _parent(self, row: SheetRow, last: PlaceVersion | None) -> tuple[int | None, list[Problem]]:
        if "parent" not in self.sheet.places:
            return (last.parent_id if last else None), []
        code = row.values.get("parent")
        if not code:
            return None, []
        found = self.good.get(code, self.world.place_codes.get(code))
        if found is not None:
            return found, []
        other = self.in_sheet.get(code)
        if other is not None:
            return None, [Invalid(_("上级在第 %(row)d 行,那一行有错误。") % {"row": other.number}, field="parent")]
        return None, [Invalid(_("没有编码为“%(code)s”的记录。") % {"code": code}, field="parent")]


def _laid(
    last: PlaceVersion, day: datetime.date, values: PlaceValues
) -> tuple[Laid[PlaceVersion] | None, list[Problem]]:
    try:
        return lay(last, day, values.as_fields()), []
    except Problem as problem:
        return None, [problem]


def _export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    check_view(actor)
    tree = place_tree(on)
    starts = dict(PlaceVersion.objects.order_by("valid_from").values_list("place_id", "valid_from"))
    for node in found_places(tree, given.get("q", "").strip(), given.get("level", "")):
        parent = tree.nodes.get(node.parent_id) if node.parent_id is not None else None
        yield {
            "code": node.code,
            "name": node.name,
            "level": node.level,
            "parent": parent.code if parent else "",
            "day": starts[node.id],
        }


PLACES = Importer(
    "places",
    _("区域"),
    "directory.view",
    "directory.edit",
    "place_list",
    COLUMNS,
    lambda sheet, context: _Check(sheet, context).run(),
    _export,
    (_("代码已有的行是变更:从生效日期起按这一行,此前不变;边界在页面上另行上传。"),),
)
