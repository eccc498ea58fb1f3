"""What one kind of import has to say: its columns, what the rows come to, how that is written, and what an export holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Problem
from guatu.web.base.sheets import CellError, Column, Sheet, SheetRow


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
    key: str
    title: str | Promise
    permission: str
    columns: tuple[Column, ...]
    check: Callable[[Sheet, Context], Checked]
    export: Callable[[Actor, datetime.date, Mapping[str, str]], Iterable[Mapping[str, Any]]]
    notes: Sequence[str | Promise] = ()
    listing: str = ""
    """The name of the page that shows what was imported, of a kind that another app brings."""


class Errors:
    """Collects what is wrong, by the labels of the columns; rows that are wrong drop out."""

    def __init__(self, sheet: Sheet, columns: Iterable[Column]) -> None:
        self.found = list(sheet.errors)
        self._labels = {column.key: str(column.label) for column in columns}
        self._bad = sheet.bad_rows()

    def add(self, row: SheetRow, key: str, message: object) -> None:
        value = str(row.values.get(key, ""))[:60]
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
