"""Places from a spreadsheet: new ones are created, known ones change from the day that the line names."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.core.link.forest import Forest
from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.import_places import PlannedPlace, write_places
from guatu.web.directory.imports.superiors import HierarchyCheck, laid
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.places import found_places
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.values import PlaceValues, place_code_problems, place_values
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Importer
from guatu.web.kit.kinds import Code, Day
from guatu.web.kit.record import fields_of
from guatu.web.kit.sheets import Sheet, SheetRow

VALUES = fields_of(PlaceValues)
COLUMNS: tuple[Field, ...] = (
    Code(
        "code",
        _("区划代码"),
        required=True,
        width=16,
        hint=_("县级 6 位,乡镇和村 12 位"),
        longest=12,
    ),
    VALUES["name"],
    VALUES["level"],
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


class _Check(HierarchyCheck[PlannedPlace]):
    columns, keys = COLUMNS, {"parent_id": "parent"}

    def __init__(self, sheet: Sheet, context: Context) -> None:
        super().__init__(sheet, context)
        self.last = {v.place_id: v for v in PlaceVersion.objects.order_by("valid_from")}

    @property
    def codes(self) -> dict[str, int]:
        return self.world.place_codes

    @property
    def forest(self) -> Forest:
        return self.world.places

    def write(self, change: Change[Any]) -> object:
        write_places(self.planned, change)
        return change

    def plan(self, row: SheetRow) -> PlannedPlace | None:
        code, day = row.values["code"], row.values["day"]
        id_ = self.codes.get(code)
        last = self.last.get(id_) if id_ is not None else None
        kept = last.parent_id if last is not None else None
        parent_id = self.superior(row) if "parent" in self.sheet.places else kept
        if self.errors.is_bad(row):
            return None
        boundary = last.boundary if last is not None else None
        values = PlaceValues(row.values["name"], row.values["level"], parent_id, boundary)
        if last is not None and values == place_values(last) and last.valid_to is None:
            self.good[code], self.same = last.place_id, self.same + 1
            return None
        problems, change = self._problems(code, id_, values, day), None
        if not problems and last is not None:
            problems, change = laid(last, day, values.as_fields())
        if self.errors.problems(row, problems, self.keys):
            return None
        number = id_ if id_ is not None else -row.number
        self.good[code] = number
        self.take(number, row, parent_id, values.name)
        return PlannedPlace(code, number, values, day, change)

    def _problems(self, code: str, id_: int | None, values: PlaceValues, day: datetime.date) -> list[Problem]:
        found = [] if id_ is not None else list(place_code_problems(code, values.level, self.world))
        return [*found, *self.opened(day, new=id_ is None), *values.problems(id_, day, self.world)]


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
