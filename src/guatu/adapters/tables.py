"""The first sheet of a workbook, or a text with separators, as rows of values: read in a child process within limits.

A csv file goes there too: its text is decoded and split in linear time, but 64 MB of line ends are 64 million rows.
"""

import csv
import datetime
import io
from collections import Counter
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import Any, Literal

import msgspec

from guatu.adapters.bounded import Limits
from guatu.adapters.content import disagreement, is_encrypted_office
from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.child import Alive, Refused, read_in_child, refusal
from guatu.adapters.readers.base.encoding import decode
from guatu.adapters.readers.base.errors import ReadError
from guatu.adapters.readers.base.limits import FILE_BYTES, SHEET_CELLS, megabytes
from guatu.adapters.readers.base.source import RawFile
from guatu.adapters.readers.xlsx.styles import Parts

WORKBOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".txt")
SEPARATORS = ",\t;"
_PROBE, _PROBED_LINES = 1 << 16, 20
Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None
_MOMENTS: tuple[tuple[Literal["s", "d", "t"], Any], ...] = (
    ("s", datetime.datetime),
    ("d", datetime.date),
    ("t", datetime.time),
)
"""By class; a datetime is a date too, so that it comes first."""
MOST_SHEETS = 40
"""Of a workbook that is read whole."""


class Asked(msgspec.Struct, frozen=True):
    """How much is wanted: more rows are an error, further columns are cut off."""

    name: str
    most_rows: int
    most_columns: int


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """A day, a time or both, in ISO 8601, or a duration in seconds ("p")."""

    kind: Literal["s", "d", "t", "p"]
    text: str


class Sent(msgspec.Struct, frozen=True, tag="sent"):
    """Rows of cells and the places of formulas, on their way out of the child."""

    rows: list[list[str | int | float | bool | Moment | None]]
    formulas: list[tuple[int, int]]


class SentBook(msgspec.Struct, frozen=True, tag="book"):
    """The same of all sheets, by their names."""

    sheets: list[tuple[str, Sent]]


class Cells(msgspec.Struct, frozen=True):
    """Rows of values from cell A1 on, and which cells hold a formula: (row, column) from 1."""

    rows: list[list[Any]]
    formulas: frozenset[tuple[int, int]]


def read_cells(
    data: bytes,
    asked: Asked,
    suffixes: tuple[str, ...],
    limits: Limits | None = None,
    alive: Alive = None,
) -> Cells:
    """The values of a file whose ending is one of `suffixes`; of a workbook, those of the first visible sheet.

    Raises:
        ReadError: whatever is wrong with the file, also that reading it takes more than the limits allow.
    """
    _check_file(data, asked.name, suffixes)
    return _cells(read_in_child(send, data, asked, asked.name, limits, alive))


def read_book(data: bytes, asked: Asked, limits: Limits | None = None, alive: Alive = None) -> dict[str, Cells]:
    """All visible sheets of a workbook by their names, in their order; `asked.most_rows` is that of each. A value that
    stands in merged cells stands in all of them.

    Raises:
        ReadError: as `read_cells`, also for more than `MOST_SHEETS` sheets.
    """
    _check_file(data, asked.name, WORKBOOKS)
    sent = read_in_child(send_book, data, asked, asked.name, limits, alive)
    return {name: _cells(sheet) for name, sheet in sent.sheets}


def _check_file(data: bytes, name: str, suffixes: tuple[str, ...]) -> None:
    suffix = PurePath(name).suffix.lower()
    if suffix not in suffixes:
        raise ReadError("read.unknown-format", name=name, suffix=suffix, known=" ".join(suffixes))
    if len(data) > FILE_BYTES:
        raise ReadError("read.too-large", name=name, size=megabytes(len(data)), limit=megabytes(FILE_BYTES))


def _cells(sent: Sent) -> Cells:
    rows = [[_moment(cell) if isinstance(cell, Moment) else cell for cell in row] for row in sent.rows]
    return Cells(rows, frozenset(sent.formulas))


def send(data: bytes, asked: Asked) -> Sent | Refused:
    """The work of the child."""
    try:
        file = _opened(data, asked)
        rows, formulas = _texts(file, asked) if file.suffix in TEXTS else _workbook(file, asked)
        return _sent(file, asked, rows, formulas)
    except ReadError as error:
        return refusal(error)


def send_book(data: bytes, asked: Asked) -> SentBook | Refused:
    """The same of a workbook with all its sheets."""
    try:
        file = _opened(data, asked)
        return SentBook([(name, _sent(file, asked, *found)) for name, found in _sheets(file, asked)])
    except ReadError as error:
        return refusal(error)


def _opened(data: bytes, asked: Asked) -> RawFile:
    file = RawFile(asked.name, PurePath(asked.name).suffix.lower(), data)
    if not data.strip():
        raise file.error("read.empty")
    if is_encrypted_office(data):
        raise file.error("read.encrypted")
    if wrong := disagreement(data, asked.name):
        raise ReadError("read.mismatch", **wrong.params())
    return file


def _sent(file: RawFile, asked: Asked, rows: list[list[Any]], formulas: set[tuple[int, int]]) -> Sent:
    if len(rows) > asked.most_rows:
        raise file.error("read.too-large", size=f"> {asked.most_rows:,}", limit=f"{asked.most_rows:,}")
    return Sent([[_sendable(cell) for cell in row[: asked.most_columns]] for row in rows], sorted(formulas))


def preload() -> None:
    import_module("python_calamine")
    import_module("lxml.etree")


def _texts(file: RawFile, asked: Asked) -> tuple[list[list[Any]], set[tuple[int, int]]]:
    rows: list[list[Any]] = []
    text = decode(file).text
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator_of(text)):
            rows.append([value.strip() for value in row[: asked.most_columns]])
            if len(rows) > asked.most_rows:
                break
    except csv.Error as error:
        raise file.error("read.broken", reason="csv") from error
    return rows, set()


def separator_of(text: str) -> str:
    """Comma, tab (what Excel calls Unicode text) or semicolon: the one that parts the first lines into equal
    columns."""
    lines = list(islice((line for line in io.StringIO(text[:_PROBE]) if line.strip()), _PROBED_LINES))
    # max() takes the first of equals: a table of one column has commas.
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> int:
    """Lines of the commonest length times the columns that they have beside the first."""
    try:
        lengths = Counter(len(row) for row in csv.reader(lines, delimiter=separator))
    except csv.Error:
        return 0
    return max((count * (length - 1) for length, count in lengths.items()), default=0)


def _workbook(file: RawFile, asked: Asked) -> tuple[list[list[Any]], set[tuple[int, int]]]:
    """The first visible sheet."""
    opened = _Workbook(file)
    return opened.grid(opened.names()[0], asked)


def _sheets(file: RawFile, asked: Asked) -> list[tuple[str, tuple[list[list[Any]], set[tuple[int, int]]]]]:
    opened = _Workbook(file)
    if len(opened.names()) > MOST_SHEETS:
        raise file.error("read.too-large", size=f"{len(opened.names())}", limit=f"{MOST_SHEETS}")
    return [(name, opened.grid(name, asked, merged=True)) for name in opened.names()]


class _Workbook:
    """A workbook that is open in the child."""

    def __init__(self, file: RawFile) -> None:
        import python_calamine

        self.file, archive = file, Archive(file)
        archive.verify()
        self.parts, self.errors = Parts(file, archive), (python_calamine.CalamineError, IndexError)
        try:
            self.workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        except self.errors as error:
            raise self._broken(error) from error

    def names(self) -> list[str]:
        """Those of the visible sheets; of all where none is."""
        visible = [sheet.name for sheet in self.workbook.sheets_metadata if str(sheet.visible).endswith("Visible")]
        names: list[str] = visible or self.workbook.sheet_names
        if not names:
            raise self.file.error("read.broken", reason="no sheet")
        return names

    def grid(self, name: str, asked: Asked, *, merged: bool = False) -> tuple[list[list[Any]], set[tuple[int, int]]]:
        """Values of a sheet, and its formulas; `merged` writes what stands in merged cells into each of them."""
        if self.parts.is_too_wide(name):
            raise self.file.error("read.too-large", size=name, limit=f"{SHEET_CELLS:,}")
        try:
            sheet = self.workbook.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False, nrows=asked.most_rows + 1)
            spans = sheet.merged_cell_ranges if merged else None
        except self.errors as error:
            raise self._broken(error) from error
        for (top, left), (bottom, right) in spans or ():
            _spread(rows, slice(top, bottom + 1), slice(left, min(right + 1, asked.most_columns)))
        return rows, self.parts.formulas(name)

    def _broken(self, error: Exception) -> ReadError:
        return self.file.error("read.broken", reason=str(error)[:80])


def _spread(rows: list[list[Any]], down: slice, across: slice) -> None:
    """The first cell's value in all cells of an area that have none."""
    area = rows[down]
    value = area[0][across.start] if area and across.start < len(area[0]) else ""
    if value == "":
        return
    for row in area:
        row[across] = [value if cell == "" else cell for cell in row[across]]


def _sendable(cell: Any) -> Any:
    if isinstance(cell, datetime.timedelta):
        return Moment("p", repr(cell.total_seconds()))
    return next((Moment(kind, cell.isoformat()) for kind, of in _MOMENTS if isinstance(cell, of)), cell)


def _moment(sent: Moment) -> Value:
    if sent.kind == "p":
        return datetime.timedelta(seconds=float(sent.text))
    kinds = dict(_MOMENTS)
    value: Value = kinds[sent.kind].fromisoformat(sent.text)
    return value
