"""A setting that is a table: rows of cells, in an order that counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

import msgspec
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.core.fields.normal import lines
from guatu.core.fields.number import Number
from guatu.web.base.declarations.kind import VALUE, Kind, Sent
from guatu.web.base.declarations.one import AnyField, choices_of, control_of, described, read
from guatu.web.base.language import joined, language
from guatu.web.base.problems import Invalid

V = TypeVar("V")
Row = Mapping[str, Any]
MOST = 1000
"""Rows of one setting."""
BLANK = 3
"""Rows without anything that a page offers behind those that there are."""
_BETWEEN = re.compile(r"[,;\n\u3001\uff0c\uff1b]")
_PLACE, _LAST = Number(), Decimal(10**9)
_NAME = re.compile(r"row-(\d{1,4})-(.+)")


@dataclass(frozen=True)
class Cell:
    """A column of the table. With `several` a cell holds a list, of which each is read by the field."""

    name: str
    label: str | Promise
    field: AnyField | Callable[[], AnyField]
    several: bool = False
    width: str = ""
    """How wide its control is: a class of the page."""
    is_code: bool = False
    """It holds what only the program reads."""

    @property
    def reads(self) -> AnyField:
        return self.field() if callable(self.field) else self.field

    @property
    def control(self) -> str:
        return "area" if self.several else control_of(self.reads)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return choices_of(self.reads)

    def take(self, field: AnyField, given: Any, at: str) -> Any:
        """What a cell keeps; `field` is the one that reads it, made once for all rows."""
        if not self.several:
            return read(field, given, at)
        texts: Iterable[Any] = _BETWEEN.split(given) if isinstance(given, str) else given or ()
        if not isinstance(texts, list | tuple):
            raise Invalid(_("应为若干项的列表。"), field=at, code="setting.not-several")
        return [found for one in texts if (found := read(field, one, at)) is not None]

    def show(self, kept: Any) -> str:
        """As the control has it, and as a line of words says it."""
        if isinstance(kept, list):
            return "\n".join(str(one) for one in kept)
        return "" if kept is None else str(kept)

    def words(self, choices: Mapping[str, str], kept: Any) -> str:
        if isinstance(kept, bool):
            return f"{self.label}:{self.reads.show(kept, language())}"
        return choices.get(self.show(kept), self.show(kept)).replace("\n", _("、"))


Known = Mapping[str, tuple[Cell, AnyField]]


class Rows(Kind[V]):
    """`of` is the type that the program gets. `fold` makes of rows what is kept where that is no list of them, and
    `unfold` the rows again, which is also handed rows as they are."""

    control = "rows"

    def __init__(
        self,
        cells: Sequence[Cell],
        of: Any,
        fold: Callable[[list[dict[str, Any]]], Any] = lambda rows: rows,
        unfold: Callable[[Any], Any] = lambda kept: kept,
    ) -> None:
        self.cells = tuple(cells)
        self._of, self._fold, self._unfold = of, fold, unfold

    def rows(self, kept: Any) -> list[Row]:
        """The rows of what is kept; raises `Invalid` for what has none."""
        try:
            found = self._unfold(kept)
        except (TypeError, AttributeError, KeyError, ValueError):
            found = None
        if not isinstance(found, list | tuple) or not all(isinstance(row, Mapping) for row in found):
            cells = joined(cell.name for cell in self.cells)
            said = _("应为若干行,每行有 %(cells)s。") % {"cells": cells}
            raise Invalid(said, field=VALUE, code="setting.no-rows")
        if len(found) > MOST:
            raise Invalid(_("最多 %(n)d 行。") % {"n": MOST}, field=VALUE, code="setting.too-many-rows")
        return list(found)

    def take(self, given: Any) -> Any:
        rows = self.rows(given)
        # Choices may be all units of the county: not asked for where no row needs them.
        known = {cell.name: (cell, cell.reads) for cell in self.cells} if rows else {}
        taken = [self._row(number, row, known) for number, row in enumerate(rows, start=1)]
        return self._fold([row for row in taken if row])

    def _row(self, number: int, row: Row, known: Known) -> dict[str, Any]:
        for name in row:
            if name not in known:
                said = _("第 %(row)d 行:没有“%(name)s”这一栏。") % {"row": number, "name": name}
                raise Invalid(said, field=f"{VALUE}.{number}", code="setting.no-cell")
        if all(_blank(value) for value in row.values()):
            return {}
        found = {name: self._cell(number, *one, row.get(name)) for name, one in known.items()}
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _cell(self, number: int, cell: Cell, field: AnyField, given: Any) -> Any:
        try:
            return cell.take(field, given, f"{VALUE}.{number}.{cell.name}")
        except Invalid as problem:
            at = {"row": number, "cell": cell.label, "said": problem.message}
            said = _("第 %(row)d 行“%(cell)s”:%(said)s") % at
            raise Invalid(said, field=problem.field, code=problem.code) from problem

    def value(self, kept: Any) -> V:
        try:
            found: V = msgspec.convert(self.take(kept), self._of, strict=False)
        except msgspec.ValidationError as error:
            raise Invalid(str(error)[:200], field=VALUE, code="setting.misfit") from error
        return found

    def of_form(self, sent: Sent) -> Any:
        """Rows by the numbers that stand before them, those without one last; the blank ones are left out."""
        found: dict[int, dict[str, str]] = {}
        for name in list(sent):  # type: ignore[call-overload]  # what a form sends can be gone through
            match = _NAME.fullmatch(name)
            if match and len(found) <= MOST + BLANK:
                found.setdefault(int(match[1]), {})[match[2]] = lines(str(sent.get(name, "")))
        placed = [(_place(row.pop("place", ""), at), row) for at, row in sorted(found.items())]
        return [row for _at, row in sorted(placed, key=lambda pair: pair[0]) if any(row.values())]

    def lines(self, kept: Any) -> list[str]:
        return [" · ".join(text for _cell, text in row) for row in self._words(kept)]

    def markup(self, kept: Any) -> list[SafeString]:
        return [
            format_html_join(
                " · ", "{}", ([format_html("<code>{}</code>", text) if cell.is_code else text] for cell, text in row)
            )
            for row in self._words(kept)
        ]

    def _words(self, kept: Any) -> list[list[tuple[Cell, str]]]:
        """What the cells of each row say, without the empty ones."""
        choices = {cell.name: dict(cell.choices) for cell in self.cells}
        rows = (
            ((cell, cell.words(choices[cell.name], row.get(cell.name))) for cell in self.cells)
            for row in self.rows(kept)
        )
        return [[pair for pair in row if pair[1]] for row in rows]

    def described(self) -> str:
        parts = [f"{cell.label} ({cell.name}): {described(cell.reads)}" for cell in self.cells]
        return _("若干行;") + _(";").join(parts)


def _blank(value: Any) -> bool:
    return value in (None, "", [], False) or (isinstance(value, str) and not value.strip())


def _place(text: str, at: int) -> tuple[Decimal, int]:
    """Where a row is to stand: by its number, and among equal ones as it stood."""
    # 2.5 goes between the second row and the third; what is no number goes last.
    return _PLACE.read(text).value or _LAST, at
