"""What a sheet comes to, and how its lines are handed to an import of the directory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.action import require
from guatu.web.kit.field import Field
from guatu.web.kit.importer import Errors, importers
from guatu.web.kit.sheets import CellError, Sheet, SheetKind, SheetRow

_NOWHERE = 1 << 20
"""The place of a column that the sheet does not have."""
# People write 张 三 and 临 溪 镇 so that names of two characters are as wide as those of three.
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff]) (?=[\u3400-\u9fff\U00020000-\U0003ffff])")


@dataclass
class Loaded:
    """What a sheet comes to: names of what is new and what changes, how many lines say what stands, and what is wrong.
    `accounts` are names to log in by that are new, `along` units that no line names."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    along: list[str] = field(default_factory=list)

    def refused(self, message: str, row: int = 0) -> Loaded:
        """The sheet as a whole cannot be taken."""
        self.errors.append(CellError(row, "", "", message))
        return self


@dataclass(frozen=True)
class Line:
    """A line as an import of the directory takes it; `said` names it to people, `changes` says what becomes different,
    None of what is new."""

    row: SheetRow
    said: str
    changes: str | None = None


class Lines:
    """The lines of a sheet on their way to the import `key`; `keys` says which column of ours a column of it is."""

    def __init__(self, sheet: Sheet, kind: SheetKind, key: str = "", keys: Mapping[str, str] | None = None) -> None:
        self.sheet, self.kind, self.key, self.keys = sheet, kind, key, keys or {}
        self.errors = Errors(sheet, kind.columns)
        self.loaded = Loaded()

    def good(self) -> Iterable[SheetRow]:
        return (row for row in self.sheet.rows if not self.errors.is_bad(row))

    def hand_over(self, lines: Iterable[Line], context: Context, change: Change[Any]) -> list[Line]:
        """Has the import look at them and write the good ones; those that were written."""
        importer = importers()[self.key]
        require(context, importer.edit)
        # Lines may have been found wrong since they were made: a superior of theirs was.
        wanted = [one for one in lines if not self.errors.is_bad(one.row)]
        places = {theirs: self.sheet.places.get(ours, _NOWHERE) for theirs, ours in self.keys.items()}
        checked = importer.check(Sheet(self.sheet.heads, [one.row for one in wanted], places), context)
        labels = self._labels(importer.columns)
        # The import speaks of its own columns; people see those of the workbook.
        for error in checked.errors:
            self.errors.found.append(replace(error, column=labels.get(error.column, "")))
        if checked.good:
            checked.write(change)
        bad = {error.row for error in checked.errors}
        written = [one for one in wanted if one.row.number not in bad]
        for one in written:
            if one.changes is None:
                self.loaded.created.append(one.said)
            else:
                self.loaded.changed.append(_("%(name)s(%(changes)s)") % {"name": one.said, "changes": one.changes})
        return written

    def done(self) -> Loaded:
        self.loaded.errors = self.errors.sorted()
        return self.loaded

    def _labels(self, theirs: Iterable[Field]) -> dict[str, str]:
        """Our labels by those of the import."""
        ours = {column.name: str(column.label) for column in self.kind.columns}
        found = ((str(column.label), ours.get(self.keys.get(column.name, ""), "")) for column in theirs)
        return {label: own for label, own in found if own}


def closed(name: str) -> str:
    """A name without the blanks that were typed between its characters for width."""
    return _BETWEEN.sub("", line(name))


def differences(pairs: Iterable[tuple[object, object, object]]) -> str:
    """What becomes different, of (label, before, after)."""
    said = (
        _("%(label)s:%(before)s → %(after)s") % {"label": label, "before": before or _("空"), "after": after}
        for label, before, after in pairs
        if before != after
    )
    return _(";").join(said)
