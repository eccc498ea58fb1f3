"""What one kind of import has to say: its columns, what the rows come to, how that is written, and what an export
holds.

An app declares its kinds in its module `imports`; upload, background work, the list of errors and the template
are the same for all. A sheet is looked at whole, every error at its cell; then all rows are written, or the good ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.kit.sheets import CellError, Column, Sheet, SheetRow, read_sheet


@dataclass
class Checked:
    """What a sheet comes to. Rows with an error are in none of the counts; `write` writes all the others."""

    created: int = 0
    changed: int = 0
    same: int = 0
    errors: list[CellError] = field(default_factory=list)
    write: Callable[[Change[Any]], None] = lambda change: None

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
    columns: tuple[Column, ...]
    check: Callable[[Sheet, Context], Checked]
    export: Callable[[Actor, datetime.date, Mapping[str, str]], Iterable[Mapping[str, Any]]]
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

    def __init__(self, sheet: Sheet, columns: Iterable[Column]) -> None:
        self._sheet, self.found = sheet, list(sheet.errors)
        self._labels = {column.key: str(column.label) for column in columns}
        self._bad = sheet.bad_rows()

    def add(self, row: SheetRow, key: str, message: object) -> None:
        value = self._sheet.written(row, key)[:60]
        self.found.append(CellError(row.number, self._labels.get(key, ""), value, str(message)))
        self._bad.add(row.number)

    def problems(self, row: SheetRow, problems: Iterable[Problem], keys: Mapping[str, str]) -> bool:
        """Adds them; `keys` says which column a field of the action is. Whether there were any."""
        found = list(problems)
        for problem in found:
            self.add(row, keys.get(problem.field, problem.field), problem.message)
        return bool(found)

    def is_bad(self, row: SheetRow) -> bool:
        return row.number in self._bad

    def sorted(self) -> list[CellError]:
        return sorted(self.found, key=lambda error: error.row)


def first_of_code(sheet: Sheet, errors: Errors) -> dict[str, SheetRow]:
    """Lines by their code; a code that comes twice is an error of the later line."""
    found: dict[str, SheetRow] = {}
    for row in sheet.rows:
        code = row.values.get("code")
        if code is None:
            continue
        if code in found:
            errors.add(row, "code", _("与第 %(row)d 行的编码相同。") % {"row": found[code].number})
        else:
            found[code] = row
    return found
