"""Spreadsheets (.xlsx, .xls): each sheet is a title line and a table."""

import datetime
import io
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from guatu.adapters.content import is_encrypted_office, sniff
from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.builder import Field, Fragment, TextBuilder
from guatu.adapters.readers.base.cells import WIDEST, TooManyCells, one_line
from guatu.adapters.readers.base.errors import ReadError
from guatu.adapters.readers.base.limits import SHEET_CELLS, TABLE_CELLS
from guatu.adapters.readers.base.places import Piece, Place, cell_name
from guatu.adapters.readers.base.remarks import PER_CELL, Remarks
from guatu.adapters.readers.base.source import RawFile, SourceText, built
from guatu.adapters.readers.xlsx.cells import Facts
from guatu.adapters.readers.xlsx.days import days
from guatu.adapters.readers.xlsx.layout import parts
from guatu.adapters.readers.xlsx.styles import Parts
from guatu.adapters.readers.xlsx.values import text_of

SUFFIXES = (".xlsx", ".xlsm", ".xls")
CONTENTS = frozenset({"xlsx", "ole"})

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|表)\s?\d*", re.IGNORECASE)
_NOTHING = Facts({}, {}, {}, set(), set(), set())


def read(file: RawFile) -> SourceText:
    """The visible sheets of a workbook; places are sheet, row and cell.

    Raises:
        ReadError: `read.encrypted`, `read.broken`, `read.too-large`.
    """
    if is_encrypted_office(file.data):
        raise file.error("read.encrypted")
    beside = _parts(file) if sniff(file.data) == "xlsx" else None
    workbook = _workbook(file)
    visible = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).endswith("Visible")]
    builder, remarks = TextBuilder(), Remarks()
    for name in workbook.sheet_names:
        if visible and name not in visible:
            remarks.add("read.hidden-sheets", name, Place(1, 1, sheet=name), 1)
            continue
        if beside is not None and beside.is_too_wide(name):
            raise _too_wide(file, name)
        try:
            sheet = workbook.get_sheet_by_name(name)
        except Exception:  # a chart sheet has no cells, and the library has no name of its own for that
            remarks.add("read.unread-parts", name, Place(1, 1, sheet=name), 1)
            continue
        if sheet.height * sheet.width > SHEET_CELLS:
            raise _too_wide(file, name)
        _Sheet(sheet, _title(file, name, len(visible)), beside, remarks).write(builder)
    return built(file, builder, "xlsx", remarks=remarks.all())


def _too_wide(file: RawFile, sheet: str) -> ReadError:
    limit = f"{SHEET_CELLS:,} cells"
    return file.error("read.too-large", size=f"{sheet} > {limit}", limit=limit)


def _parts(file: RawFile) -> Parts:
    archive = Archive(file)
    archive.verify()
    return Parts(file, archive)


def _workbook(file: RawFile) -> Any:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
    except python_calamine.PasswordError as error:
        raise file.error("read.encrypted") from error
    except python_calamine.CalamineError as error:
        raise file.error("read.broken", reason=str(error)[:80]) from error


def _title(file: RawFile, name: str, sheets: int) -> str:
    """The name of the sheet; that of the file where the only sheet was never named."""
    return PurePath(file.name).stem if sheets == 1 and _DEFAULT_NAME.fullmatch(name) else name


class _Sheet:
    def __init__(self, sheet: Any, title: str, parts_of_file: Parts | None, remarks: Remarks) -> None:
        self._name = str(sheet.name)
        self._title = title
        self._remarks = remarks
        self._day_0 = datetime.date(1899, 12, 30) if parts_of_file is None else parts_of_file.first_day
        self._facts = _NOTHING if parts_of_file is None else parts_of_file.facts(self._name)
        start: tuple[int, int] = sheet.start or (0, 0)
        self._top, self._left = start
        self._merged = _merged(sheet)
        covered = {field for first, reach in self._merged.items() for field in _fields(first, reach) if field != first}
        self._values = [
            [self._text(value, (r, c), (r, c) in covered) for c, value in enumerate(row[:WIDEST], self._left)]
            for r, row in enumerate(sheet.to_python(skip_empty_area=True), self._top)
        ]
        for at, (code, about) in sorted(self._facts.told.items()):
            self._remark(code, about, at)
        for code, about in () if parts_of_file is None else parts_of_file.beside(self._name):
            remarks.add(code, about, Place(1, 1, sheet=self._name), 1 if code.startswith("read.unread-") else None)

    def _remark(self, code: str, about: str, at: tuple[int, int]) -> None:
        place = Place(1, 1, sheet=self._name, row=at[0], cell=cell_name(at[1], at[0]))
        self._remarks.add(code, about, place, 1 if code in PER_CELL else None)

    def _text(self, value: Any, field: tuple[int, int], covered: bool) -> str:
        """The text of a cell; what of it is not in the text is told."""
        if value is None or value == "":
            return ""
        at = field[0] + 1, field[1] + 1
        code = self._facts.formats.get(at, "")
        text, understood = text_of(value, code)
        if covered:
            self._remark("read.hidden-text", text, at)
            return ""
        if at in self._facts.struck:
            self._remark("read.struck-text", text, at)
            return ""
        if rich := self._facts.rich.get(at):
            for aside, about in rich.asides:
                self._remark(aside, about, at)
            text = rich.text
        if not understood:
            self._remark("read.number-format", f"{text} {code}", at)
        if self._facts.is_hidden(at):
            self._remark("read.hidden-cells", text, at)
        return one_line(text.split("\n"))

    def write(self, builder: TextBuilder) -> None:
        found = parts(self._values)
        if not found:
            return
        builder.gap()
        if found[0].kind == "table":
            builder.paragraph([(self._title, Piece(sheet=self._name))])
        for part in found:
            if part.kind == "table":
                self._read_days(part.rows)
                builder.table(self._table(part.rows))
            else:
                for row in part.rows:
                    builder.paragraph([fragment for fragment in self._row(row) if fragment[0]])

    def _read_days(self, rows: list[int]) -> None:
        for row, column, day in list(days(self._values, rows, self._day_0)):
            number = self._values[row][column]
            self._remark("read.day-number", f"{number} → {day}", (self._top + row + 1, self._left + column + 1))
            self._values[row][column] = day

    def _table(self, rows: list[int]) -> list[list[Field]]:
        width = max(max(c for c, text in enumerate(self._values[row], 1) if text) for row in rows)
        grid = [[Field([fragment]) for fragment in self._row(row)[:width]] for row in rows]
        at = {self._top + row: index for index, row in enumerate(rows)}
        for (top, left), (down, across) in self._merged.items():
            column = left - self._left
            reached = [at[row] for row in range(top, top + down) if row in at]
            if not reached or column >= width:
                continue
            for index in reached:
                for field in grid[index][column : column + across]:
                    field.rows = 0
            first = grid[reached[0]][column]
            first.rows, first.columns = len(reached), across
        return grid

    def _row(self, row: int) -> list[Fragment]:
        number = self._top + row + 1
        return [
            (text, Piece(sheet=self._name, row=number, cell=cell_name(self._left + c, number)))
            for c, text in enumerate(self._values[row], 1)
        ]


_At = tuple[int, int]


def _merged(sheet: Any) -> dict[_At, _At]:
    """The merged ranges, by their first field: how many rows and columns each has. Of those that overlap, the first.

    Inside them some programs leave values that nobody sees. Ranges are cut to the cells that have values: a few letters
    can name the whole sheet, and thousands of times.
    """
    found: dict[_At, _At] = {}
    if sheet.start is None or sheet.end is None:
        return found
    (first, leftmost), (last, rightmost) = sheet.start, sheet.end
    taken: set[_At] = set()
    left_over = TABLE_CELLS
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        rows = range(max(top, first), min(bottom, last) + 1)
        columns = range(max(left, leftmost), min(right, rightmost, leftmost + WIDEST) + 1)
        left_over -= len(rows) * len(columns)
        if left_over < 0:
            raise TooManyCells
        fields = {(r, c) for r in rows for c in columns}
        if fields and not fields & taken:
            taken |= fields
            found[rows[0], columns[0]] = len(rows), len(columns)
    return found


def _fields(first: _At, reach: _At) -> Iterator[_At]:
    return ((first[0] + down, first[1] + across) for down in range(reach[0]) for across in range(reach[1]))
