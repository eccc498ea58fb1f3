"""Writing spreadsheets: a template to fill in, a list to take away, a list of errors. Rows go straight to disk."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.printed import on_paper
from guatu.web.kit.field import Field
from guatu.web.kit.kinds import Choice

LONGEST_CELL = 32_000
_HEAD = {"bold": True, "bg_color": "#E8EEF5", "border": 1}
FILLED_BY_HAND = 5000
"""So many lines of a template get the list of choices."""
_TITLE, _TOLD = 32, 255
"""As much as Excel shows beside a cell."""
_EXPLAINED = 4
"""Columns of a sheet that explains others, besides the one that names them."""
_LINE, _WIDE = 15, 0x2E7F
"""Points of a line, and the last character that is as narrow as a digit."""


def write_sheet(
    out: BinaryIO,
    title: str,
    columns: Sequence[Field],
    rows: Iterable[Mapping[str, Any]],
    *,
    notes: Sequence[str] = (),
) -> None:
    """A workbook that `read_sheet` reads back: heads, rows, lists of choices, and a second sheet that explains."""
    with _book(out) as book:
        _fill(book, title, columns, rows)
        _explain(book, columns, notes)


def write_errors(out: BinaryIO, heads: Sequence[str], rows: Iterable[tuple[Sequence[Any], str]]) -> None:
    """Lines of an uploaded sheet as they stood, each with what is wrong with it in a first column."""
    with _book(out) as book:
        wrap = book.add_format({"text_wrap": True})
        sheet = book.add_worksheet(_("错误"))
        sheet.set_column(0, 0, 60, wrap)
        sheet.set_column(1, max(1, len(heads)), 18)
        for n, label in enumerate((_("错误"), *heads)):
            sheet.write_string(0, n, str(label), book.add_format(_HEAD))
        sheet.freeze_panes(1, 1)
        at = 0
        for at, (cells, said) in enumerate(rows, 1):
            _write(sheet, at, 0, said, wrap)
            for n, cell in enumerate(cells, 1):
                _write(sheet, at, n, cell, None)
        on_paper(sheet, 0, at, 1 + len(heads))


def as_download(name: str, write: Callable[[BinaryIO], None]) -> FileResponse:
    """A workbook as the answer of a page; its file is closed whatever happens."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    try:
        write(out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=name)


@dataclass(frozen=True)
class Filled:
    """A sheet of a workbook as it is written; `offers` says in the first column of which other sheet, by its title,
    stands what may be written into a column."""

    title: str
    columns: Sequence[Field]
    rows: Iterable[Mapping[str, Any]]
    note: str = ""
    offers: Mapping[str, str] = field(default_factory=dict)


def write_filled(out: BinaryIO, sheets: Sequence[Filled], explained: str) -> None:
    """Several sheets, each with its note above the heads, and a last one that explains all columns."""
    with _book(out) as book:
        for sheet in sheets:
            _fill(book, sheet.title, sheet.columns, sheet.rows, sheet)
        _explain_all(book, sheets, explained)


def _fill(
    book: Any, title: str, columns: Sequence[Field], rows: Iterable[Mapping[str, Any]], more: Filled | None = None
) -> None:
    head, text = book.add_format(_HEAD), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(printable(title, 31))
    top = _note(book, sheet, more.note, columns) if more and more.note else 0
    for n, column in enumerate(columns):
        sheet.set_column(n, n, column.width, text)
        sheet.write_string(top, n, column.head, head)
        if chosen := _validation(column, more.offers.get(column.name, "") if more else "", told=more is not None):
            sheet.data_validation(top + 1, n, FILLED_BY_HAND, n, chosen)
    sheet.freeze_panes(top + 1, 1)
    count, bound = top, [column.bound() for column in columns]
    for count, row in enumerate(rows, top + 1):
        for n, column in enumerate(bound):
            _write(sheet, count, n, column.shown(row.get(column.name)), text)
    on_paper(sheet, top, count, len(columns))
    if count > top:
        sheet.autofilter(top, 0, count, len(columns) - 1)


def _note(book: Any, sheet: Any, note: str, columns: Sequence[Field]) -> int:
    """Writes what a sheet is for above its heads; the number of the line of heads, from 0."""
    wide = sum(column.width for column in columns)
    # A Chinese character is as wide as two digits, by which Excel counts.
    lines = sum(1 + sum(2 if ord(c) > _WIDE else 1 for c in line) // max(wide, 1) for line in note.split("\n"))
    sheet.set_row(0, _LINE * lines + 3)
    style = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#44546A"})
    if len(columns) > 1:
        sheet.merge_range(0, 0, 0, len(columns) - 1, note, style)
    else:
        sheet.write_string(0, 0, note, style)
    return 1


def _validation(column: Field, offers: str, *, told: bool) -> dict[str, Any]:
    """What Excel offers in the cells of a column, and with `told` says when one is chosen."""
    found: dict[str, Any] = {}
    if isinstance(column, Choice):
        found = {"validate": "list", "source": list(column.bound().labels.values())}
    elif offers:
        # What stands elsewhere is offered, and anything else may be written too: a name may be shorter there.
        found = {"validate": "list", "source": f"='{offers}'!$A$3:$A${FILLED_BY_HAND}", "show_error": False}
    if told and column.how:
        found = {"validate": "any", **found, "input_message": column.how[:_TOLD], "input_title": column.head[:_TITLE]}
    return found


def _book(out: BinaryIO) -> Any:
    # Text stays text: no cell becomes a formula, a link or a number that it was not.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return xlsxwriter.Workbook(out, options)


def _write(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
        return
    if isinstance(value, datetime.datetime | datetime.date):
        value = value.isoformat()
    sheet.write_string(row, column, printable(str(value), LONGEST_CELL), style)


def _explain(book: Any, columns: Sequence[Field], notes: Sequence[str]) -> None:
    sheet, at = _explained(book, _("填写说明"), ()), 0
    for at, column in enumerate(columns, 1):
        _describe(sheet, at, (), column)
    for n, note in enumerate(notes, at + 2):
        sheet.write_string(n, 0, note, book.add_format({"text_wrap": False}))
    on_paper(sheet, 0, at + 1 + len(notes), _EXPLAINED)


def _explain_all(book: Any, sheets: Sequence[Filled], title: str) -> None:
    explained, at = _explained(book, title, ((_("表"), 16),)), 0
    explained.freeze_panes(1, 0)
    for sheet in sheets:
        for column in sheet.columns:
            at += 1
            _describe(explained, at, (sheet.title,), column)
    on_paper(explained, 0, at, 1 + _EXPLAINED)


def _explained(book: Any, title: str, before: Sequence[tuple[str, int]]) -> Any:
    sheet = book.add_worksheet(title)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    heads = [*before, (_("列"), 20), (_("必填"), 8), (_("怎么填"), 50), (_("例子"), 24)]
    for n, (label, width) in enumerate(heads):
        sheet.set_column(n, n, width, wrap)
        sheet.write_string(0, n, label, bold)
    return sheet


def _describe(sheet: Any, at: int, before: Sequence[str], column: Field) -> None:
    cells = (*before, str(column.label), _("是") if column.required else "", column.how, column.example)
    for n, cell in enumerate(cells):
        sheet.write_string(at, n, cell)
