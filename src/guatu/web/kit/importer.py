"""What one kind of import has to say: its columns, what the rows come to, how that is written, and what an export
holds. The columns are the fields of a record (`kit.record`).

An app declares its kinds in its module `imports`; upload, background work, the list of errors and the template
are the same for all. A sheet is looked at whole, every error at its cell; then all rows are written, or the good ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.language import joined
from guatu.web.base.problems import Problem
from guatu.web.kit.field import Field
from guatu.web.kit.record import columns_of, fields_of, of_cells
from guatu.web.kit.sheets import CellError, Sheet, SheetRow, read_sheet
from guatu.web.kit.table import Table

V = TypeVar("V")
Row = Mapping[str, Any]


@dataclass
class Checked:
    """What a sheet comes to. Rows with an error are in none of the counts; `write` writes all the others."""

    created: int = 0
    changed: int = 0
    same: int = 0
    errors: list[CellError] = field(default_factory=list)
    write: Callable[[Change[Any]], object] = lambda change: None

    @property
    def good(self) -> int:
        return self.created + self.changed + self.same


@dataclass(frozen=True)
class Importer:
    """`view` and `edit` are the permissions for what an export holds and for an import; `listing` names the page of the
    list."""

    key: str
    title: str | Promise
    view: str
    edit: str
    listing: str
    columns: Sequence[Field]
    check: Callable[[Sheet, Context], Checked]
    export: Callable[[Actor, datetime.date, Mapping[str, str]], Iterable[Row]]
    notes: Sequence[str | Promise] = ()

    def read(self, data: bytes, name: str, alive: Callable[[], None] | None = None) -> Sheet:
        return read_sheet(data, name, self.columns, texts=True, alive=alive)


@cache
def importers() -> dict[str, Importer]:
    """All kinds by their key: what stands as an `Importer` in the module `imports` of an app."""
    found: dict[str, Importer] = {}
    for app in settings.GUATU_APPS:
        if find_spec(f"guatu.web.{app}.imports"):
            said = vars(import_module(f"guatu.web.{app}.imports")).values()
            found |= {one.key: one for one in said if isinstance(one, Importer)}
    return found


class Errors:
    """Collects what is wrong, by the labels of the columns; rows that are wrong drop out."""

    def __init__(self, sheet: Sheet, columns: Iterable[Field]) -> None:
        self._sheet, self.found = sheet, list(sheet.errors)
        self._labels = {column.name: str(column.label) for column in columns}
        self._bad = sheet.bad_rows()

    def add(self, row: SheetRow, key: str, message: object) -> None:
        value = self._sheet.written(row, key)[:60]
        self.found.append(CellError(row.number, self._labels.get(key, ""), value, str(message)))
        self._bad.add(row.number)

    def problems(self, row: SheetRow, problems: Iterable[Problem], keys: Mapping[str, str] = {}) -> bool:
        """Adds them; `keys` says which column a field of the action is. Whether there were any."""
        found = list(problems)
        for problem in found:
            self.add(row, keys.get(problem.field, problem.field), problem.message)
        return bool(found)

    def is_bad(self, row: SheetRow) -> bool:
        return row.number in self._bad

    def sorted(self) -> list[CellError]:
        return sorted(self.found, key=lambda error: error.row)

    def repeated(self, rows: Iterable[SheetRow], key: Sequence[str]) -> dict[Any, SheetRow]:
        """Lines by the cells that no two of them share; one that comes twice is an error of the later line."""
        found: dict[Any, SheetRow] = {}
        for row in rows:
            cells = tuple(row.values.get(name) for name in key)
            if found.setdefault(cells, row) is not row:
                shared = joined(self._labels[name] for name in key)
                said = _("与第 %(row)d 行的%(shared)s相同。") % {"row": found[cells].number, "shared": shared}
                self.add(row, key[0], said)
        return found

    def by_code(self, rows: Iterable[SheetRow]) -> dict[str, SheetRow]:
        """The same where the key is a code, which is in the cells of none but wrong lines missing."""
        return {code: row for (code,), row in self.repeated((r for r in rows if "code" in r.values), ("code",)).items()}


@dataclass(frozen=True)
class Line:
    """What the values of a line come to. `stands`: whether they stand as they are; None where nothing stands yet."""

    stands: bool | None
    problems: Callable[[], Iterable[Problem]]
    write: Callable[[Change[Any]], object]


def each_line(
    values: type[V], key: Sequence[str], line: Callable[[Context], Callable[[V], Line]]
) -> Callable[[Sheet, Context], Checked]:
    """The check of a sheet whose lines have nothing to do with each other, but for `key`, which no two may share.
    `line` is asked once for the sheet, for what tells of values what they come to."""

    def check(sheet: Sheet, context: Context) -> Checked:
        errors, found, planned = Errors(sheet, columns_of(values)), Checked(), list[Line]()
        tell = line(context)
        errors.repeated((row for row in sheet.rows if not errors.is_bad(row)), key)
        for row in sheet.rows:
            if errors.is_bad(row):
                continue
            told = tell(of_cells(values, row.values))
            if told.stands:
                found.same += 1
            elif not errors.problems(row, told.problems()):
                found.changed += told.stands is False
                planned.append(told)
        found.created, found.errors = len(planned) - found.changed, errors.sorted()
        found.write = lambda change: [one.write(change) for one in planned]
        return found

    return check


def exported(
    table: Table[Any, Any], values: type[Any], row: Callable[[Any], Any]
) -> Callable[[Actor, datetime.date, Mapping[str, str]], Iterator[Row]]:
    """What a list shows under an address, as the lines of a sheet; `row` finds the row of the database in a line."""

    def export(actor: Actor, on: datetime.date, given: Mapping[str, str]) -> Iterator[Row]:
        for one in map(row, table.all_lines(actor, given)):
            yield {name: getattr(one, field.attribute) for name, field in fields_of(values).items()}

    return export
