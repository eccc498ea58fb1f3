"""Sheets of things that hang under each other: units and places, whose superiors may be lines of the same sheet."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from guatu.core.link.forest import Forest, Stretch
from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.versions import Laid, lay
from guatu.web.directory.days import OpenDays
from guatu.web.directory.models import PlaceVersion, UnitVersion
from guatu.web.directory.world import World
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Checked, Errors
from guatu.web.kit.sheets import Sheet, SheetRow


class Planned(Protocol):
    """A line that can be written; one that is new goes by a number below 0 until it is stored."""

    id: int


P = TypeVar("P", bound=Planned)
V = TypeVar("V", UnitVersion, PlaceVersion)


class HierarchyCheck(Generic[P]):
    """Looks at the lines of a sheet, superiors before those under them. `keys` says which column a field is."""

    columns: ClassVar[tuple[Field, ...]]
    keys: ClassVar[Mapping[str, str]]

    def __init__(self, sheet: Sheet, context: Context) -> None:
        self.sheet, self.open = sheet, OpenDays.read(context.actor.today)
        self.errors = Errors(sheet, self.columns)
        self.world = World()
        self.planned: list[P] = []
        self.good: dict[str, int] = {}
        self.same = 0

    @property
    def codes(self) -> dict[str, int]:
        """All that there are, by their codes."""
        raise NotImplementedError

    @property
    def forest(self) -> Forest:
        raise NotImplementedError

    def plan(self, row: SheetRow) -> P | None:
        """What a line comes to; None where it is wrong or says what stands."""
        raise NotImplementedError

    def write(self, change: Change[Any]) -> object:
        raise NotImplementedError

    def run(self) -> Checked:
        self.in_sheet = self.errors.by_code(self.sheet.rows)
        for row in superiors_first(self.in_sheet, self.errors):
            planned = None if self.errors.is_bad(row) else self.plan(row)
            if planned is not None:
                self.planned.append(planned)
        new = sum(1 for planned in self.planned if planned.id < 0)
        return Checked(new, len(self.planned) - new, self.same, self.errors.sorted(), self.write)

    def superior(self, row: SheetRow) -> int | None:
        """The number of the superior that a line names; an error at its cell where it names none."""
        code = row.values.get("parent", "")
        if not code:
            return None
        found = self.good.get(code, self.codes.get(code))
        other = self.in_sheet.get(code)
        if found is None and other is not None:
            self.errors.add(row, "parent", _("上级在第 %(row)d 行,那一行有错误。") % {"row": other.number})
        elif found is None:
            self.unknown(row, "parent", code)
        return found

    def unknown(self, row: SheetRow, key: str, code: str) -> None:
        self.errors.add(row, key, _("没有编码为“%(code)s”的记录。") % {"code": code})

    def opened(self, day: datetime.date, *, new: bool) -> Iterator[Problem]:
        """Whether something may begin, or change, on the day."""
        check = self.open.check_start if new else self.open.check_change
        yield from tried(lambda: check(day))

    def take(self, id_: int, row: SheetRow, parent_id: int | None, name: str) -> None:
        """Lines below see it as it will stand."""
        self.forest.lay(Stretch(id_, row.values["day"], None, parent_id, name))


def tried(check: Callable[[], object]) -> Iterator[Problem]:
    try:
        check()
    except Problem as problem:
        yield problem


def laid(last: V, day: datetime.date, fields: dict[str, Any]) -> tuple[list[Problem], Laid[V] | None]:
    try:
        return [], lay(last, day, fields)
    except Problem as problem:
        return [problem], None


def superiors_first(rows: Mapping[str, SheetRow], errors: Errors) -> list[SheetRow]:
    """Lines in such an order that a superior that is in the sheet comes before those under it."""
    ordered: list[SheetRow] = []
    done: set[str] = set()
    for start in rows:
        chain: list[str] = []
        code = start
        while code in rows and code not in done and code not in chain:
            chain.append(code)
            code = rows[code].values.get("parent", "")
        if code in chain:
            for member in chain[chain.index(code) :]:
                errors.add(rows[member], "parent", _("上级不能是它自己或它的下级。"))
        for member in reversed(chain):
            done.add(member)
            ordered.append(rows[member])
    return ordered
