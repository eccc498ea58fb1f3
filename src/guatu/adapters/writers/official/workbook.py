"""Tables as a workbook: one sheet each, with the values that the page and the docx show."""

import datetime
import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.official.breaking import ems
from guatu.adapters.writers.official.model import CellValue, Column, DataTable
from guatu.adapters.writers.official.shown import rounded, shown
from guatu.adapters.writers.printed import on_paper

_FONT = "微软雅黑"
_LONGEST_CELL, _LONGEST_NAME = 32_000, 31
_HEAD_ROW = 2
_FORMATS = {"count": "#,##0", "number": "#,##0.####", "share": "0.0%"}
_NARROWEST, _WIDEST = 8.0, 60.0


def table_book(title: str, tables: Sequence[DataTable], on: datetime.date | None = None) -> bytes:
    """The workbook, made on the day `on` of its figures (None: now).

    Text stays text: no cell becomes a formula, a link or a number that it was not.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = {"created": datetime.datetime.combine(on, datetime.time())} if on else {}
    book.set_properties({"title": printable(title, 255), **made})
    sheets = _Sheets(book, title)
    for table in tables:
        sheets.write(table)
    book.close()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Any, title: str) -> None:
        self.book, self.title = book, printable(title, 255)
        self.names: set[str] = set()
        self.styles: dict[tuple[str, bool], Any] = {}
        base = {"font_name": _FONT, "font_size": 10}
        self.top = book.add_format({**base, "bold": True, "font_size": 14})
        self.small = book.add_format({**base, "font_color": "#595959", "text_wrap": False})
        self.head = book.add_format(
            {**base, "bold": True, "border": 1, "bg_color": "#E7EDF4", "align": "center", "valign": "vcenter",
            "text_wrap": True}
        )  # fmt: skip

    def write(self, table: DataTable) -> None:
        sheet = self.book.add_worksheet(self._name(table.title or self.title))
        sheet.write_string(0, 0, self.title, self.top)
        sheet.write_string(1, 0, printable(table.note, _LONGEST_CELL), self.small)
        for n, column in enumerate(table.columns):
            sheet.set_column(n, n, _width(table, n))
            sheet.write_string(_HEAD_ROW, n, column.head, self.head)
        for at, row in enumerate(table.rows, start=_HEAD_ROW + 1):
            self._row(sheet, at, table.columns, row, strong=False)
        if table.total:
            self._row(sheet, _HEAD_ROW + 1 + len(table.rows), table.columns, table.total, strong=True)
        self._paper(sheet, table)

    def _row(self, sheet: Any, at: int, columns: Sequence[Column], row: Sequence[CellValue], *, strong: bool) -> None:
        for n, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = self._style(column.kind, strong)
            if isinstance(value, int | float) and column.kind in _FORMATS:
                sheet.write_number(at, n, float(rounded(value, column.kind)), style)
            else:
                sheet.write_string(at, n, printable(shown(value, column.kind), _LONGEST_CELL), style)

    def _style(self, kind: str, strong: bool) -> Any:
        if (kind, strong) not in self.styles:
            look = {
                "font_name": _FONT,
                "font_size": 10,
                "border": 1,
                "valign": "top",
                "text_wrap": True,
                "bold": strong,
            }
            look["align"] = "right" if kind in _FORMATS else "center" if kind in ("light", "date") else "left"
            look["num_format"] = _FORMATS.get(kind, "@")
            self.styles[kind, strong] = self.book.add_format(look)
        return self.styles[kind, strong]

    def _paper(self, sheet: Any, table: DataTable) -> None:
        last = _HEAD_ROW + len(table.rows)
        on_paper(sheet, _HEAD_ROW, last + bool(table.total), len(table.columns))
        sheet.freeze_panes(_HEAD_ROW + 1, 1)
        if table.rows:
            sheet.autofilter(_HEAD_ROW, 0, last, len(table.columns) - 1)

    def _name(self, title: str) -> str:
        """A sheet's name as Excel takes it: short, without its signs, and no name twice."""
        plain = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:_LONGEST_NAME] or "Sheet"
        name, n = plain, 2
        while name.lower() in self.names:
            tail = f" {n}"
            name, n = plain[: _LONGEST_NAME - len(tail)] + tail, n + 1
        self.names.add(name.lower())
        return name


def _width(table: DataTable, n: int) -> float:
    column = table.columns[n]
    cells = [shown(row[n], column.kind) for row in (*table.rows, table.total) if row]
    longest = max((ems(line) for cell in cells for line in cell.split("\n")), default=0.0)
    return min(max(2 * longest + 2, 2 * ems(column.head) + 4, _NARROWEST), _WIDEST)
