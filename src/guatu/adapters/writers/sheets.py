"""Sheets of a workbook, all of one look; rows go straight to disk, so that a long ledger takes little memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.printed import on_paper
from guatu.adapters.writers.width import width
from guatu.adapters.writers.words import word

Cell = str | int | float | Decimal | None

_FONT = "微软雅黑"
_HEAD_ROW = 2
_FIRST_ROW = 3
_LONGEST_CELL = 32_000
"""Excel refuses a cell of more than 32,767 characters."""
_LONGEST_PROPERTY = 255
_MOST_ROWS = 1_048_576
_LINE_HEIGHT, _ROW_MARGIN, _TALLEST_ROW = 14.5, 4, 400
_TITLE_HEIGHT, _NOTE_HEIGHT, _HEAD_HEIGHT = 30, 18, 24


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its word is `col.<name>`, its width in characters."""

    name: str
    width: int
    strong: bool = False
    faint: bool = False
    middle: bool = False
    numeric: bool = False
    money: bool = False
    clipped: bool = False
    """One line, cut at the edge of the cell; the whole text is in the edit line."""
    printed: bool = True
    """On paper too. What is not stands behind what is."""
    merged: bool = False
    """Equal values in rows that follow each other are one cell."""
    only_for_several: bool = False
    """Left out where the file holds one document."""


class Book:
    """A workbook; `several` says whether the file holds several documents."""

    def __init__(self, out: BinaryIO, language: str, title: str, *, several: bool) -> None:
        # Text stays text: no cell can become a formula, a link or a number that it was not.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(out, options)
        self._book.set_properties({"title": printable(title, _LONGEST_PROPERTY), "comments": "guatu"})
        self._language, self._several = language, several
        self._title = printable(title, _LONGEST_PROPERTY)
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}

    def close(self) -> None:
        self._book.close()

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        *,
        frozen: int,
        numbered: bool = True,
    ) -> None:
        """One sheet with a title, a head that stays, a filter and the rows; `frozen` columns stay on the left."""
        keep = [n for n, column in enumerate(columns) if self._several or not column.only_for_several]
        used = [columns[n] for n in keep]
        if numbered:
            used = [Column("no", 6, middle=True), *used]
        sheet = self._book.add_worksheet(word(f"sheet.{name}", self._language))
        self._lay_out(sheet, used, frozen + numbered if frozen else 0)
        self._heads(sheet, name, used)
        count, merges = 0, _Merges(used)
        for count, row in enumerate(rows, start=1):
            cells = [count, *(row[n] for n in keep)] if numbered else [row[n] for n in keep]
            if _FIRST_ROW + count >= _MOST_ROWS:
                break
            self._row(sheet, _FIRST_ROW + count - 1, used, cells)
            merges.see(_FIRST_ROW + count - 1, cells)
        self._finish(sheet, used, count, merges, numbered)

    def _lay_out(self, sheet: Any, columns: Sequence[Column], frozen: int) -> None:
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
        sheet.hide_gridlines(2)
        sheet.freeze_panes(_HEAD_ROW + 1, frozen)

    def _heads(self, sheet: Any, name: str, columns: Sequence[Column]) -> None:
        sheet.set_row(0, _TITLE_HEIGHT)
        sheet.write_string(0, 0, self._title, self._style(bold=True, font_size=16, valign="vcenter"))
        sheet.set_row(1, _NOTE_HEIGHT)
        label = word(f"sheet.{name}", self._language)
        sheet.write_string(1, 0, label, self._style(font_color="#595959", valign="vcenter"))
        sheet.set_row(_HEAD_ROW, _HEAD_HEIGHT)
        style = self._style(
            bold=True, font_color="#FFFFFF", bg_color="#1F4E79", border=1, border_color="#8EA9C4",
            align="center", valign="vcenter", text_wrap=True,
        )  # fmt: skip
        for n, column in enumerate(columns):
            sheet.write_string(_HEAD_ROW, n, word(f"col.{column.name}", self._language), style)

    def _row(self, sheet: Any, at: int, columns: Sequence[Column], cells: Sequence[Cell]) -> None:
        sheet.set_row(at, _height(columns, cells))
        for n, (column, cell) in enumerate(zip(columns, cells, strict=True)):
            style = self._cell_style(column)
            if cell is None or cell == "":
                sheet.write_blank(at, n, None, style)
            elif isinstance(cell, str):
                sheet.write_string(at, n, printable(cell, _LONGEST_CELL), style)
            else:
                sheet.write_number(at, n, float(cell), style)

    def _finish(self, sheet: Any, columns: Sequence[Column], count: int, merges: "_Merges", numbered: bool) -> None:
        after = _FIRST_ROW + count
        on_paper(sheet, _HEAD_ROW, max(after - 1, _FIRST_ROW), sum(column.printed for column in columns))
        if not count:
            sheet.write_string(after, 0, word("ledger.no-rows", self._language), self._style(font_color="#595959"))
            return
        # Rows that are on disk cannot be merged by merge_range, which would empty all cells but the first: a filter
        # would then find only the first row of a merged cell. Noting the range keeps every value where it is.
        sheet.merge.extend([first, n, last, n] for first, last, n in merges.found())
        if numbered:
            sheet.autofilter(_HEAD_ROW, 0, after - 1, len(columns) - 1)

    def _cell_style(self, column: Column) -> Any:
        look: dict[str, object] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        if column.strong:
            look["bold"] = True
        if column.faint:
            look["font_color"] = "#7F7F7F"
        if column.middle:
            look["align"] = "center"
        if column.clipped:
            look |= {"align": "fill", "text_wrap": False}
        if column.merged:
            look["valign"] = "vcenter"
        if column.numeric:
            look |= {"align": "right", "num_format": "#,##0.00" if column.money else "General"}
        return self._style(**look)

    def _style(self, **look: object) -> Any:
        key = tuple(sorted(look.items(), key=lambda item: item[0]))
        if key not in self._styles:
            self._styles[key] = self._book.add_format({"font_name": _FONT, "font_size": 10, **look})
        return self._styles[key]


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """The height that a row needs, in points. Not every program finds it by itself when it opens a file."""
    lines = 1
    for column, cell in zip(columns, cells, strict=True):
        if isinstance(cell, str) and not column.merged and not column.clipped:
            room = max(1, column.width - 1)
            lines = max(lines, sum(max(1, -(-width(line) // room)) for line in cell.split("\n")))
    return min(_TALLEST_ROW, lines * _LINE_HEIGHT + _ROW_MARGIN)


class _Merges:
    """Runs of equal values in the columns that merge them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._open: dict[int, tuple[int, int, str]] = {}
        self._columns = [n for n, column in enumerate(columns) if column.merged]
        self._document = next((n for n, column in enumerate(columns) if column.name == "document"), None)
        self._last_document: Cell = None
        self._found: list[tuple[int, int, int]] = []

    def see(self, row: int, cells: Sequence[Cell]) -> None:
        document = cells[self._document] if self._document is not None else None
        for n in self._columns:
            value = cells[n]
            run = self._open.get(n)
            if run and run[2] == value and document == self._last_document:
                self._open[n] = (run[0], row, run[2])
                continue
            self._close(n)
            if isinstance(value, str) and value:
                self._open[n] = (row, row, value)
        self._last_document = document

    def found(self) -> list[tuple[int, int, int]]:
        """First row, last row and column of each run of two rows and more."""
        for n in self._columns:
            self._close(n)
        return self._found

    def _close(self, n: int) -> None:
        run = self._open.pop(n, None)
        if run and run[1] > run[0]:
            self._found.append((run[0], run[1], n))
