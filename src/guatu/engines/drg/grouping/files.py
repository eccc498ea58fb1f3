"""Grouping a file: read in batches, grouped, written in the same order; memory does not grow with the file."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from guatu.engines.drg.grouping import problems
from guatu.engines.drg.grouping.columnar import NO_COUNTS, SCHEMA, Counts, group_batch
from guatu.engines.drg.grouping.columns import texts
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.readable import UNGROUPED, Grouping, group_row
from guatu.engines.drg.grouping.record import COLUMNS, OPTIONAL
from guatu.engines.drg.scheme.model import Scheme
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import TableReader

Told = Callable[[float], None]


def group_file(source: Path, out: Path, encoded: Encoded, told: Told = lambda _fraction: None) -> Counts:
    """Groups the stays of `source` into `out` (`columnar.SCHEMA`); `told` hears how far it is, 0 to 1.

    Lines that are no rows stand at the end of the result, ungrouped, with the problem `row.cells`.

    Raises:
        TableError: a file cannot be read or written.
    """
    counts = NO_COUNTS
    with TableWriter(out, SCHEMA) as writer:
        for batch, counted, fraction in grouped(source, encoded):
            writer.write(batch)
            counts += counted
            told(fraction)
    return counts


def grouped(
    source: Path, encoded: Encoded, row_groups: Sequence[int] | None = None
) -> Iterator[tuple[pa.RecordBatch, Counts, float]]:
    """The groups of a file batch by batch, with their counts and the share of the file that is read."""
    reader = TableReader(source, COLUMNS, OPTIONAL, row_groups=row_groups)
    for batch in reader:
        yield *group_batch(batch, encoded), reader.fraction
    if reader.bad_lines:
        yield *_bad_lines(reader), 1.0


def _bad_lines(reader: TableReader) -> tuple[pa.RecordBatch, Counts]:
    separator = "\t" if reader.path.suffix.lower() == ".tsv" else ","
    at = reader.names.index("id")
    rows = []
    for bad in reader.bad_lines:
        cells = bad.text.split(separator)
        none = dict.fromkeys(("mdc", "adrg", "drg"), UNGROUPED)
        rows.append({"id": cells[at] if at < len(cells) else "", **none, "problems": problems.CELLS.code})
    each = tuple(len(rows) if kind is problems.CELLS else 0 for kind in problems.PROBLEMS)
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA), Counts(len(rows), 0, each)


def explained(source: Path, wanted: str, scheme: Scheme) -> Iterator[Grouping]:
    """Every stay of a file with this id, grouped by the readable form."""
    for batch in TableReader(source, COLUMNS, OPTIONAL):
        same = pc.equal(texts(batch["id"]), wanted)
        for row in batch.filter(same).to_pylist():
            yield group_row({name: _text(value) for name, value in row.items()}, scheme)


def _text(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return "" if value is None else str(value)
