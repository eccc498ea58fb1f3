"""Tables of records, streamed: read as Arrow batches and written through a temporary file.

What a file is follows from its ending: `.tsv` has tabs and no quoting at all, `.csv` has commas and quotes, `.parquet`
is Parquet. Cells of text files always come as strings: `0530` is a code and not a number. Text may be UTF-8, with or
without a mark at its beginning, or GB18030.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from guatu.engines.drg.table_error import (
    COLUMN_MISSING,
    COLUMN_REPEATED,
    EMPTY,
    ENCODING,
    NO_FILE,
    SUFFIX,
    UNREADABLE,
    TableError,
)

SUFFIXES = (".tsv", ".csv", ".parquet")
BATCH_ROWS = 131_072
_CHUNK = 1 << 20
_BLOCK = 8 << 20
_ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a text file that has another number of cells than its head; it is in no batch."""

    line: int
    text: str
    cells: int
    wanted: int


class TableReader:
    """The batches of one file, in order; iterate once.

    `columns` must be there, `optional` are read where they are; no other column is read. With both empty every
    column is.

    Raises:
        TableError: on making it or while iterating, when the file cannot be read.
    """

    def __init__(
        self,
        path: Path,
        columns: Sequence[str] = (),
        optional: Sequence[str] = (),
        rows: int = BATCH_ROWS,
        row_groups: Sequence[int] | None = None,
    ) -> None:
        """`row_groups` of a Parquet file are read alone, where they are given."""
        self.path, self._row_groups = path, row_groups
        self.bad_lines: list[BadLine] = []
        """Grows while iterating; the caller reports them."""
        self._rows, self._done, self._size = rows, 0, 1
        self.names: list[str] = []
        """Of every column of the file; `columns` are those that are read."""
        suffix = suffix_of(path)
        if not path.is_file():
            raise TableError(NO_FILE, name=path)
        try:
            if suffix == ".parquet":
                self._parquet(columns, optional)
            else:
                self._text("\t" if suffix == ".tsv" else ",", columns, optional)
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(path, error) from error

    @property
    def fraction(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(1.0, self._done / self._size)

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        try:
            yield from self._batches
        except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
            raise _unreadable(self.path, error) from error

    def _parquet(self, columns: Sequence[str], optional: Sequence[str]) -> None:
        # No buffering ahead: a row group of five million rows is read page by page.
        file = pq.ParquetFile(self.path, pre_buffer=False, memory_map=True)
        self.names = file.schema_arrow.names
        self.columns = _chosen(self.path, self.names, columns, optional)
        groups = range(file.num_row_groups) if self._row_groups is None else self._row_groups
        self._size = max(1, sum(file.metadata.row_group(n).num_rows for n in groups))
        batches = file.iter_batches(self._rows, row_groups=list(groups), columns=self.columns, use_threads=False)
        self._batches = self._counted(batches)

    def _counted(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            self._done += batch.num_rows
            yield batch

    def _text(self, separator: str, columns: Sequence[str], optional: Sequence[str]) -> None:
        encoding = encoding_of(self.path)
        self.names = _header(self.path, encoding, separator)
        self.columns = _chosen(self.path, self.names, columns, optional)
        self._size = max(1, self.path.stat().st_size)
        self._batches = self._streamed(separator, encoding)

    def _streamed(self, separator: str, encoding: str) -> Iterator[pa.RecordBatch]:
        quoted = separator == ","
        with self.path.open("rb") as file:
            stream = pacsv.open_csv(
                _without_mark(file),
                read_options=pacsv.ReadOptions(block_size=_BLOCK, encoding=encoding, use_threads=False),
                parse_options=pacsv.ParseOptions(
                    delimiter=separator,
                    quote_char='"' if quoted else False,
                    newlines_in_values=quoted,
                    invalid_row_handler=self._keep,
                ),
                convert_options=pacsv.ConvertOptions(
                    column_types={name: pa.string() for name in self.columns},
                    include_columns=self.columns,
                    strings_can_be_null=False,
                ),
            )
            for batch in stream:
                self._done = file.tell()
                for start in range(0, batch.num_rows, self._rows):
                    yield batch.slice(start, self._rows)

    def _keep(self, row: pacsv.InvalidRow) -> str:
        self.bad_lines.append(BadLine(row.number or 0, row.text, row.actual_columns, row.expected_columns))
        return "skip"


def row_groups_of(path: Path) -> list[int]:
    """Rows of each row group of a Parquet file.

    Raises:
        TableError: it cannot be read.
    """
    try:
        metadata = pq.read_metadata(path)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error
    return [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)]


def suffix_of(path: Path) -> str:
    """The ending that says what the file is.

    Raises:
        TableError: it is none of `SUFFIXES`.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise TableError(SUFFIX, name=path, suffix=path.suffix)
    return suffix


def encoding_of(path: Path) -> str:
    """`utf-8` or `gb18030`: the first in which the whole file can be read.

    Raises:
        TableError: neither; it names the line at which UTF-8 ends.
    """
    line = 0
    for encoding in _ENCODINGS:
        with path.open("rb") as file:
            broken = _first_broken_line(file, encoding)
        if broken is None:
            return encoding
        line = line or broken
    raise TableError(ENCODING, name=path, line=line)


def _first_broken_line(file: IO[bytes], encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while chunk := file.read(_CHUNK):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        line += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def _without_mark(file: IO[bytes]) -> IO[bytes]:
    if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
        file.seek(0)
    return file


def _header(path: Path, encoding: str, separator: str) -> list[str]:
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        if separator == ",":
            return next(csv.reader(file), []) or _no_header(path)
        line = file.readline().rstrip("\r\n")
    return line.split(separator) if line else _no_header(path)


def _no_header(path: Path) -> list[str]:
    raise TableError(EMPTY, name=path)


def _chosen(path: Path, names: list[str], columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    """The columns to read, in the order asked for."""
    wanted = [*columns, *(name for name in optional if name in names)] or names
    repeated = sorted({name for name in wanted if names.count(name) > 1})
    if repeated:
        raise TableError(COLUMN_REPEATED, name=path, columns=", ".join(repeated))
    missing = [name for name in columns if name not in names]
    if missing:
        raise TableError(COLUMN_MISSING, name=path, missing=", ".join(missing), has=", ".join(names))
    return wanted


def _unreadable(path: Path, error: Exception) -> TableError:
    reason = (getattr(error, "strerror", None) or str(error)).splitlines()
    return TableError(UNREADABLE, name=path, reason=reason[0] if reason else type(error).__name__)
