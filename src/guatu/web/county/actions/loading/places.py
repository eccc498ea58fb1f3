"""Towns and villages of a workbook, handed to the import of places."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.normal import compared
from guatu.core.kernel.codes import division_level
from guatu.web.base.actions import Change, Context
from guatu.web.base.settings_table import setting
from guatu.web.county.actions.loading.common import Line, Lines, Loaded, closed, differences
from guatu.web.county.lines import TOWN_DIGITS, WHOLE_DIGITS, whole_code
from guatu.web.county.selectors.opening import own_county
from guatu.web.county.sheets import PLACES
from guatu.web.directory.selectors.choices import PLACE_LEVELS
from guatu.web.directory.selectors.opening import changing_day, opening_day
from guatu.web.directory.selectors.place_tree import PlaceNode, place_tree
from guatu.web.kit.sheets import Sheet, SheetRow

_KEYS = {"code": "code", "name": "name", "level": "level", "parent": "above"}


def load_places(sheet: Sheet, context: Context, change: Change[Any]) -> Loaded:
    county = own_county(context.actor.today, setting("county.code", context.actor.today) or "")
    if county is None:
        return Loaded().refused(_("请先填写县名和代码:乡镇挂在县级区域下面。"))
    return _Places(sheet, county, context.actor.today).run(context, change)


def _level_of(code: str) -> str:
    # What is no code of a town or village is told at the code, and not at the level as well.
    found = division_level(code)
    return found if found in dict(PLACE_LEVELS) else "town"


class _Places:
    def __init__(self, sheet: Sheet, county: PlaceNode, today: datetime.date) -> None:
        self.lines, self.county, self.today = Lines(sheet, PLACES, "places", _KEYS), county, today
        self.tree = place_tree(today)
        self.known = {node.code: node for node in self.tree.nodes.values()}

    def run(self, context: Context, change: Change[Any]) -> Loaded:
        rows = [self._coded(row) for row in self.lines.good()]
        self.lines.errors.repeated(rows, ("code",))
        rows = [row for row in rows if not self.lines.errors.is_bad(row)]
        self.codes = {row.values["code"] for row in rows} | self.known.keys()
        self.names = self._names(rows)
        # What stands is not handed on: a change that is set for a day to come would stand against it.
        lines = [line for row in rows if (line := self._line(row)) is not None]
        self.lines.hand_over(lines, context, change)
        return self.lines.done()

    def _coded(self, row: SheetRow) -> SheetRow:
        """The line with its whole code; one that is not of this county is an error."""
        code = whole_code(row.values["code"], self.county.code)
        # One that is there already was set up on purpose; of a new one a slip in six digits makes a neighbour's town.
        if len(code) == WHOLE_DIGITS and code not in self.known and not code.startswith(self.county.code):
            said = _("不在本县(%(county)s)之内;确由本县管理的,请在区域页面新设。")
            self.lines.errors.add(row, "code", said % {"county": self.county.code})
        return replace(row, values=row.values | {"code": code, "name": closed(row.values["name"])})

    def _names(self, rows: list[SheetRow]) -> dict[str, str]:
        """Codes by the names that only one place bears."""
        pairs = {(compared(row.values["name"]), row.values["code"]) for row in rows}
        pairs |= {(compared(node.name), code) for code, node in self.known.items()}
        # Two villages of one name are parted by their codes alone.
        times = Counter(name for name, _code in pairs)
        return {name: code for name, code in pairs if times[name] == 1}

    def _line(self, row: SheetRow) -> Line | None:
        """What the line comes to; None where it says what stands, or names a superior that nobody knows."""
        code, name = row.values["code"], row.values["name"]
        node = self.known.get(code)
        level = row.values.get("level") or (node.level if node else _level_of(code))
        parent = self._superior(row, node, level)
        if parent is None:
            return None
        values = {"code": code, "name": name, "level": level, "parent": parent}
        if node is None:
            return Line(replace(row, values=values | {"day": opening_day(self.today)}), f"{name} {code}")
        before = self.tree.nodes.get(node.parent_id or 0)
        changes = self._changes(node, values, before.code if before else "")
        if not changes:
            self.lines.loaded.same += 1
            return None
        return Line(replace(row, values=values | {"day": changing_day(self.today)}), node.name, changes)

    def _changes(self, node: PlaceNode, values: dict[str, str], parent: str) -> str:
        levels = dict(PLACE_LEVELS)
        labels = {column.name: column.label for column in PLACES.columns}
        return differences(
            (
                (labels["name"], node.name, values["name"]),
                (labels["level"], levels.get(node.level, node.level), levels.get(values["level"], values["level"])),
                (labels["above"], parent, values["parent"]),
            )
        )

    def _superior(self, row: SheetRow, node: PlaceNode | None, level: str) -> str | None:
        """The code of the superior; None where the cell names none, which is an error by then."""
        written = compared(row.values.get("above", ""))
        if not written:
            above = self.tree.nodes.get(node.parent_id or 0) if node else None
            code: str = row.values["code"]
            return above.code if above else self._by_code(code, level)
        # A superior may be written by its code, in any length, or by its name.
        coded = whole_code(written, self.county.code)
        found = coded if coded in self.codes else self.names.get(written)
        if found is None:
            said = _("没有名为“%(name)s”的区域,或不止一个;请填它的区划代码。")
            self.lines.errors.add(row, "above", said % {"name": row.values["above"]})
        return found

    def _by_code(self, code: str, level: str) -> str:
        # The code of a village begins with that of its town.
        town = code[:TOWN_DIGITS].ljust(WHOLE_DIGITS, "0")
        return town if level == "village" else self.county.code
