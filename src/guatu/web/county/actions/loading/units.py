"""Units of a workbook, handed to the import of units; and those that come with their towns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.normal import compared
from guatu.web.base.actions import Change, Context
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid
from guatu.web.base.settings_table import setting
from guatu.web.county.actions.add_offices import free_codes
from guatu.web.county.actions.add_towns import FIRST_ORDER, add_unit
from guatu.web.county.actions.loading.common import Line, Lines, Loaded, closed, differences
from guatu.web.county.lines import government, shortened, whole_code
from guatu.web.county.selectors.facts import TOWN, towns, unled
from guatu.web.county.selectors.opening import own_county
from guatu.web.county.sheets import UNITS
from guatu.web.directory.selectors.known_people import aliases_of_units
from guatu.web.directory.selectors.match import known
from guatu.web.directory.selectors.named import place_named, unit_named
from guatu.web.directory.selectors.opening import changing_day, opening_day, taken_codes
from guatu.web.directory.selectors.place_tree import PlaceNode, place_tree
from guatu.web.directory.selectors.tree import UnitNode, unit_tree
from guatu.web.directory.selectors.units import CATEGORIES
from guatu.web.kit.sheets import Sheet, SheetRow

_KEYS = {
    "code": "code",
    "name": "name",
    "short_name": "short_name",
    "category": "category",
    "parent": "above",
    "place": "place",
    "aliases": "aliases",
}
_OFFICES = ("", "人民政府", "政府", "街道办事处", "办事处")
"""What stands behind the name of a town in that of its unit."""
_CALLED = ("code", "name", "short_name")
_PARTED = re.compile(r"[;;、,,\n]")
_AREAS = (TOWN, "village")


def load_units(sheet: Sheet, context: Context, change: Change[Any]) -> Loaded:
    return _Units(sheet, context).run(context, change)


def set_up_with_towns(sheet: Sheet | None, codes: set[str], context: Context, change: Change[Any]) -> list[str]:
    """Sets up the units of the towns with these codes that have none, but for those that the sheet of units names; what
    they are called."""
    today = context.actor.today
    found = [one for one in unled(today) if one.code in codes]
    named = {town.code for row in (sheet.rows if sheet else ()) if (town := _town_of(row, found)) is not None}
    # What the sheet of units says of a town's own unit goes before what would be made up for it.
    made = []
    for at, town in enumerate(one for one in found if one.code not in named):
        add_unit(town.code, (government(town.name), town.name), town.id, FIRST_ORDER + at, context, change)
        made.append(government(town.name))
    return made


def _town_of(row: SheetRow, found: list[PlaceNode]) -> PlaceNode | None:
    """The town whose own unit a line is, by the area that it names or by its name."""
    # Lists of units seldom say of 临溪镇人民政府 what its category is.
    category, name = row.values.get("category", ""), closed(row.values.get("name", ""))
    if category not in ("", TOWN):
        return None
    place = compared(row.values.get("place", "")) if category else ""
    names = {f"{town.name}{behind}": town for town in found for behind in _OFFICES}
    placed = {text: town for town in found for text in (town.name, town.code, town.code[:9])}
    return placed.get(place) or names.get(name)


class _Units:
    def __init__(self, sheet: Sheet, context: Context) -> None:
        today = context.actor.today
        self.lines, self.today = Lines(sheet, UNITS, "units", _KEYS), today
        self.tree, self.places = unit_tree(today), place_tree(today)
        self.by_code = {node.code: node for node in self.tree.nodes.values()}
        self.by_name = {compared(node.name): node for node in self.tree.nodes.values()}
        self.aliases = aliases_of_units()
        self.named, self.place_named = unit_named(today), place_named(today)
        self.towns, self.county = towns(self.places), own_county(today, setting("county.code", today) or "")
        self.led = {node.place_id: node for node in self.tree.nodes.values() if node.category == TOWN}
        self.county_name = setting("county.name", today) or ""
        self.order = len(self.tree.of_category("department"))
        taken = taken_codes() | {row.values["code"] for row in sheet.rows if "code" in row.values}
        self.free: Iterator[str] = free_codes(taken)
        self.taken = taken
        # Lines of which a cell could not be read, by what they call their units.
        wrong = (row for row in sheet.rows if self._bad(row))
        self.misread = {compared(row.values[key]): row.number for row in wrong for key in _CALLED if key in row.values}

    def run(self, context: Context, change: Change[Any]) -> Loaded:
        rows = [one for row in self.lines.good() if (one := self._coded(row)) is not None]
        self.lines.errors.repeated(rows, ("code",))
        self.in_sheet = self._in_sheet(rows)
        lines = [line for row in rows if not self._bad(row) and (line := self._line(row)) is not None]
        self.lines.hand_over(self._with_superiors(lines, rows), context, change)
        return self.lines.done()

    def _with_superiors(self, lines: list[Line], rows: list[SheetRow]) -> list[Line]:
        """The lines without those whose superior is new in a line that is wrong."""
        wrong = {row.values["code"]: row.number for row in rows if self._bad(row)}
        # One that falls away takes those below it along: as often as that happens.
        while True:
            gone = [line for line in lines if line.row.values["parent"] in wrong.keys() - self.by_code.keys()]
            if not gone:
                return lines
            for line in gone:
                said = _("上级在第 %(row)d 行,那一行有错误。") % {"row": wrong[line.row.values["parent"]]}
                self.lines.errors.add(line.row, "above", said)
                wrong[line.row.values["code"]] = line.row.number
            lines = [line for line in lines if line not in gone]

    def _bad(self, row: SheetRow) -> bool:
        return self.lines.errors.is_bad(row)

    def _coded(self, row: SheetRow) -> SheetRow | None:
        """The line with the code of the unit that it speaks of, or one that is free."""
        values = row.values | {"name": closed(row.values["name"])}
        town = _town_of(row, self.towns)
        if town is not None:
            values |= {"category": TOWN, "place": values.get("place") or town.code}
        if "code" not in values:
            node = self.by_name.get(compared(values["name"]))
            # Full names tell units apart, codes are known to few: a line without one is taken by its full name alone.
            if node is None and self._is_another(row, values["name"], town):
                return None
            # A town's unit goes by the code of its area, as where it is set up along with it.
            code = node.code if node else town.code[:9] if town else ""
            values["code"] = code if code and (node or code not in self.taken) else next(self.free)
        return replace(row, values=values)

    def _is_another(self, row: SheetRow, name: str, town: PlaceNode | None) -> bool:
        """Whether a line without a code writes in another manner a unit that is there: an error, for it might be a new
        name of it as well as another unit."""
        # By all its names: the short one or an alias in the place of the full one would make a second unit of it.
        meant = self.tree.nodes.get(known(name, self.tree) or 0) or (self.led.get(town.id) if town else None)
        if meant is not None:
            said = _(
                "像是已有的单位“%(name)s”(编码 %(code)s):是它的,请填这个编码或它的全称;另是一个单位的,请填一个编码。"
            )
            self.lines.errors.add(row, "name", said % {"name": meant.name, "code": meant.code})
        return meant is not None

    def _in_sheet(self, rows: list[SheetRow]) -> dict[str, str]:
        """Codes by what a line calls its unit; what two lines call theirs is left out."""
        found: dict[str, set[str]] = {}
        for row in rows:
            for key in _CALLED:
                found.setdefault(compared(row.values.get(key, "")), set()).add(row.values["code"])
        return {text: min(codes) for text, codes in found.items() if text and len(codes) == 1}

    def _line(self, row: SheetRow) -> Line | None:
        values = row.values
        node = self.by_code.get(values["code"])
        # Both are looked at though one is wrong: all that is wrong with a line is told at once.
        parent, place = self._superior(row, node), self._place(row, node)
        category = values.get("category") or (node.category if node else "department")
        # Without its area nothing of the town would ever come to it.
        if category in _AREAS and not place and not self._bad(row):
            self.lines.errors.add(row, "place", _("乡镇、村的单位请填所在区域。"))
        if self._bad(row):
            return None
        full = {"code": values["code"], "name": values["name"], "category": category, "parent": parent, "place": place}
        full["short_name"] = values.get("short_name") or (node.short_name if node else self._short(values, category))
        return self._new(row, full) if node is None else self._known(row, node, full)

    def _new(self, row: SheetRow, full: dict[str, Any]) -> Line:
        # In the order of the lines, behind those that are there.
        self.order += 1
        order = FIRST_ORDER + self.order if full["category"] in _AREAS else self.order
        full |= {"order": order, "aliases": ";".join(self._aliases(row)), "day": opening_day(self.today)}
        return Line(replace(row, values=full), full["name"])

    def _known(self, row: SheetRow, node: UnitNode, full: dict[str, Any]) -> Line | None:
        labels, categories = {column.name: column.label for column in UNITS.columns}, dict(CATEGORIES)
        parent, place = self.tree.nodes.get(node.parent_id or 0), self.places.nodes.get(node.place_id or 0)
        before, after = (str(categories.get(one, one)) for one in (node.category, full["category"]))
        aliases = [one for one in self._aliases(row) if one not in self.aliases.get(node.id, ())]
        changes = differences(
            (
                (labels["name"], node.name, full["name"]),
                (labels["short_name"], node.short_name, full["short_name"]),
                (labels["category"], before, after),
                (labels["above"], parent.code if parent else "", full["parent"]),
                (labels["place"], place.code if place else "", full["place"]),
                (labels["aliases"], "", joined(aliases)),
            )
        )
        if not changes:
            self.lines.loaded.same += 1
            return None
        # A unit that becomes a town's is of the areas from then on.
        if before != after:
            full["line"] = "area" if full["category"] in _AREAS else "line"
        full |= {"aliases": ";".join(aliases), "day": changing_day(self.today)}
        return Line(replace(row, values=full), node.label, changes)

    def _short(self, values: dict[str, Any], category: str) -> str:
        """The short name where none is written: that of a town's unit is the town."""
        town = next((one for one in self.towns if category == TOWN and one.code == values.get("place")), None)
        return town.name if town else shortened(values["name"], self.county_name)

    def _aliases(self, row: SheetRow) -> list[str]:
        found = (closed(one) for one in _PARTED.split(row.values.get("aliases", "")))
        return list(dict.fromkeys(one for one in found if one))

    def _superior(self, row: SheetRow, node: UnitNode | None) -> str:
        """The code of the superior; an error at the cell where it names none."""
        written = row.values.get("above", "")
        if not written:
            above = self.tree.nodes.get(node.parent_id or 0) if node else None
            return above.code if above else ""
        if found := self.in_sheet.get(compared(written)):
            return found
        if (number := self.misread.get(compared(written))) is not None:
            self.lines.errors.add(row, "above", _("上级在第 %(row)d 行,那一行有错误。") % {"row": number})
            return ""
        return self._asked(row, "above", lambda: self.tree.nodes[self.named(written) or 0].code)

    def _place(self, row: SheetRow, node: UnitNode | None) -> str:
        written = row.values.get("place", "")
        if not written:
            there = self.places.nodes.get(node.place_id or 0) if node else None
            return there.code if there else ""
        # Three digits are enough in the sheet of towns, and so they are here.
        coded = whole_code(compared(written), self.county.code) if self.county else written
        return self._asked(row, "place", lambda: self.places.nodes[self._place_id(coded, written)].code)

    def _place_id(self, coded: str, written: str) -> int:
        found = next((node.id for node in self.places.nodes.values() if node.code == coded), None)
        return found or self.place_named(written) or 0

    def _asked(self, row: SheetRow, key: str, ask: Any) -> str:
        try:
            return str(ask())
        except Invalid as problem:
            self.lines.errors.add(row, key, problem.message)
            return ""
