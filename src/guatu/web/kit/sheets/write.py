"""Writing spreadsheets: a template to fill in, a list to take away, a list of errors. Rows go straight to disk."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, BinaryIO

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from guatu.adapters.writers.clean import printable
from guatu.web.kit.field import Field
from guatu.web.kit.kinds import Choice

LONGEST_CELL = 32_000
_HEAD = {"bold": True, "bg_color": "#E8EEF5", "border": 1}
FILLED_BY_HAND = 5000
"""So many lines of a template get the list of choices."""


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
        for at, (cells, said) in enumerate(rows, 1):
            _write(sheet, at, 0, said, wrap)
            for n, cell in enumerate(cells, 1):
                _write(sheet, at, n, cell, None)


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


def _fill(book: Any, title: str, columns: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> None:
    head, text = book.add_format(_HEAD), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(printable(title, 31))
    for n, column in enumerate(columns):
        sheet.set_column(n, n, column.width, text)
        sheet.write_string(0, n, column.head, head)
        if isinstance(column, Choice):
            source = list(column.bound().labels.values())
            sheet.data_validation(1, n, FILLED_BY_HAND, n, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 1)
    count, bound = 0, [column.bound() for column in columns]
    for count, row in enumerate(rows, 1):
        for n, column in enumerate(bound):
            _write(sheet, count, n, column.shown(row.get(column.name)), text)
    if count:
        sheet.autofilter(0, 0, count, len(columns) - 1)


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
    sheet = book.add_worksheet(_("填写说明"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for n, width in enumerate((20, 8, 50, 24)):
        sheet.set_column(n, n, width, wrap)
    for n, label in enumerate((_("列"), _("必填"), _("怎么填"), _("例子"))):
        sheet.write_string(0, n, label, bold)
    at = 0
    for at, column in enumerate(columns, 1):
        cells = (str(column.label), _("是") if column.required else "", column.how, column.example)
        for n, cell in enumerate(cells):
            sheet.write_string(at, n, cell)
    for n, note in enumerate(notes, at + 2):
        sheet.write_string(n, 0, note, book.add_format({"text_wrap": False}))
