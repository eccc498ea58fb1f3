"""Writing tables of records: everything goes to a temporary file beside the result, which takes its name at the end."""

import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guatu.engines.drg.table_error import UNWRITABLE, TableError
from guatu.engines.drg.tables import suffix_of

# What would end a cell or a line: a TSV has no quoting and gets a blank for it, a CSV quotes the cell.
_BREAKS = {"\t": "[\t\r\n]", ",": '[",\r\n]'}


class TableWriter:
    """Writes batches to a file; what it is follows from its ending.

    Use it as a context manager: the file appears, whole, when the block ends well, and not at all when it does not;
    what stood there before stays until then.

    Raises:
        TableError: on opening, writing or closing, when the file cannot be written.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path, self.schema, self._suffix = path, schema, suffix_of(path)
        self._temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        self._file: IO[bytes] | None = None
        self._sink: pq.ParquetWriter | None = None
        self._separator = "," if self._suffix == ".csv" else "\t"

    def __enter__(self) -> Self:
        try:
            self._file = self._temporary.open("wb")
            if self._suffix == ".parquet":
                # No id comes twice: a dictionary of them would only be another copy.
                repeated = [name for name in self.schema.names if name != "id"]
                self._sink = pq.ParquetWriter(self._file, self.schema, compression="zstd", use_dictionary=repeated)
            else:
                self._file.write((self._separator.join(self.schema.names) + "\n").encode())
        except (OSError, pa.ArrowException) as error:
            self._drop()
            raise self._unwritable(error) from error
        return self

    def write(self, batch: pa.RecordBatch) -> None:
        """Appends the rows of a batch of the schema."""
        assert self._file is not None, "write inside the with block"
        try:
            if self._sink is None:
                self._file.write(text_lines(batch, self._separator))
            else:
                self._sink.write_batch(batch)
        except (OSError, pa.ArrowException) as error:
            raise self._unwritable(error) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._drop()
            return
        assert self._file is not None
        try:
            if self._sink is not None:
                self._sink.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._temporary.replace(self.path)
        except (OSError, pa.ArrowException) as failed:
            self._drop()
            raise self._unwritable(failed) from failed

    def _drop(self) -> None:
        if self._file is not None:
            self._file.close()
        self._temporary.unlink(missing_ok=True)

    def _unwritable(self, error: Exception) -> TableError:
        return TableError(UNWRITABLE, name=self.path, reason=getattr(error, "strerror", None) or error)


def text_lines(batch: pa.RecordBatch, separator: str) -> memoryview:
    """The rows of a batch as lines of text, UTF-8; a null is an empty cell."""
    columns = [_cells(column, separator) for column in batch.columns]
    if not batch.num_rows:
        return memoryview(b"")
    lines = pc.binary_join_element_wise(*columns, separator) if len(columns) > 1 else columns[0]
    lines = pc.binary_join_element_wise(lines, "", "\n")
    # The strings of an array lie one behind the other: its data are the text of the file.
    offsets = memoryview(lines.buffers()[1]).cast("q" if lines.type == pa.large_string() else "i")
    return memoryview(lines.buffers()[2])[offsets[lines.offset] : offsets[lines.offset + len(lines)]]


def _cells(column: pa.Array, separator: str) -> pa.Array:
    words = pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)
    cells = pc.fill_null(pc.cast(column, pa.string()), "")
    if not words:
        return cells
    breaks = pc.match_substring_regex(cells, _BREAKS[separator])
    if not pc.any(breaks).as_py():
        return cells
    if separator == "\t":
        return pc.replace_substring_regex(cells, _BREAKS[separator], " ")
    doubled = pc.replace_substring(cells, '"', '""')
    return pc.if_else(breaks, pc.binary_join_element_wise('"', doubled, '"', ""), cells)
