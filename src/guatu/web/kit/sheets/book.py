"""A workbook whose sheets hold different things: each is described as a single one is.

What is wrong with one sheet as a whole is told of it and loses nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.readers import ReadError
from guatu.adapters.tables import Asked, Cells, read_book
from guatu.core.fields.normal import compared
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid
from guatu.web.base.reading import not_read
from guatu.web.kit.field import Field
from guatu.web.kit.sheets.read import MOST_COLUMNS, MOST_LINES, Sheet, sheet_of
from guatu.web.kit.sheets.write import Filled, write_filled

_EXPLAINED = gettext_lazy("填写说明")


@dataclass(frozen=True)
class SheetKind:
    """One sheet of a workbook. `note` stands above its heads; `names` are other words that people write on its tab.

    `offers` says for a column in which other sheet, by its key, stands what may be chosen: the first column of it.
    """

    key: str
    title: str | Promise
    columns: Sequence[Field]
    note: str | Promise = ""
    names: tuple[str, ...] = ()
    offers: Mapping[str, str] = field(default_factory=dict)
    most: int = 2_000


@dataclass
class Book:
    """The sheets that were found, by their keys; `wrong` says of some why they cannot be taken; `unknown` are tabs that
    belong to none."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def read_workbook(data: bytes, name: str, kinds: Sequence[SheetKind]) -> Book:
    """All sheets of an xlsx file that `kinds` know, in whatever order they stand.

    Raises:
        Invalid: at `file`, where the file as a whole cannot be taken, or none of the sheets is in it.
    """
    try:
        tabs = read_book(data, Asked(name, MOST_LINES, MOST_COLUMNS))
    except ReadError as error:
        raise not_read(error) from error
    book, by_name = Book(), _names(kinds)
    for tab, cells in tabs.items():
        kind = by_name.get(compared(tab).lower())
        if kind is None:
            book.unknown.append(tab)
        elif kind.key in book.sheets or kind.key in book.wrong:
            book.wrong[kind.key] = _("“%(title)s”有两张表,请合为一张。") % {"title": kind.title}
            book.sheets.pop(kind.key, None)
        else:
            _take(book, kind, cells)
    if not book.sheets and not book.wrong:
        wanted = joined(str(kind.title) for kind in kinds)
        said = _("文件里没有这些表中的任何一张:%(wanted)s。请用下载的工作簿填写,不要改动表名。") % {"wanted": wanted}
        raise Invalid(said, field="file", code="book.no-sheet")
    # The sheet that explains is one of ours.
    book.unknown = [tab for tab in book.unknown if compared(tab).lower() not in _in_all_languages(_EXPLAINED)]
    return book


def write_workbook(out: BinaryIO, kinds: Sequence[SheetKind], rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """A workbook that `read_workbook` reads back, and a last sheet that explains all columns."""
    titles = {kind.key: str(kind.title) for kind in kinds}
    sheets = [
        Filled(
            titles[kind.key],
            kind.columns,
            rows.get(kind.key, ()),
            str(kind.note),
            {name: titles[other] for name, other in kind.offers.items()},
        )
        for kind in kinds
    ]
    write_filled(out, sheets, str(_EXPLAINED))


def _take(book: Book, kind: SheetKind, cells: Cells) -> None:
    try:
        book.sheets[kind.key] = sheet_of(cells.rows, cells.formulas, kind.columns, kind.most)
    except Invalid as problem:
        book.wrong[kind.key] = str(problem.message)


def _names(kinds: Sequence[SheetKind]) -> dict[str, SheetKind]:
    found = {compared(name).lower(): kind for kind in kinds for name in (kind.key, *kind.names)}
    return found | {title: kind for kind in kinds for title in _in_all_languages(kind.title)}


def _in_all_languages(title: str | Promise) -> set[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(compared(str(title)).lower())
    return found
