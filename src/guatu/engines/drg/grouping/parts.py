"""Grouping in partitions: row groups of Parquet files, or whole text files, each to a part of its own.

A part is small enough to be sent to another process; the process reads scheme and rows itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from guatu.engines.drg.grouping.columnar import NO_COUNTS, SCHEMA, Counts
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.files import grouped
from guatu.engines.drg.scheme.loader import scheme_of
from guatu.engines.drg.scheme.model import Qy
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import TableReader, row_groups_of, suffix_of

ROWS = 500_000


@dataclass(frozen=True, slots=True)
class Part:
    """What to group and where to write it; `row_groups` is None for a whole file."""

    source: str
    row_groups: tuple[int, ...] | None
    scheme: str
    qy: Qy | None
    out: str


def parts_of(sources: Iterable[Path], scheme: Path, folder: Path, qy: Qy | None = None, rows: int = ROWS) -> list[Part]:
    """The parts of some files, in order, each of `rows` rows or of one row group where that is larger.

    Raises:
        TableError: a file cannot be read.
    """
    pieces = [(source, groups) for source in sources for groups in _pieces(source, rows)]
    return [
        Part(str(source.absolute()), groups, str(scheme.absolute()), qy, str(folder.absolute() / f"{n:06d}.parquet"))
        for n, (source, groups) in enumerate(pieces)
    ]


def _pieces(source: Path, rows: int) -> Iterator[tuple[int, ...] | None]:
    if suffix_of(source) != ".parquet":
        yield None
        return
    piece: list[int] = []
    held = 0
    for n, count in enumerate(row_groups_of(source)):
        if piece and held + count > rows:
            yield tuple(piece)
            piece, held = [], 0
        piece.append(n)
        held += count
    yield tuple(piece)


def group_part(part: Part) -> Counts:
    """Groups one part. Doing it twice gives the same file: a part whose worker died is simply done again."""
    counts = NO_COUNTS
    with TableWriter(Path(part.out), SCHEMA) as writer:
        for batch, counted, _ in grouped(Path(part.source), _encoded(part.scheme, part.qy), part.row_groups):
            writer.write(batch)
            counts += counted
    return counts


@lru_cache(maxsize=2)
def _encoded(scheme: str, qy: Qy | None) -> Encoded:
    return Encoded(scheme_of(Path(scheme), qy))


def join(parts: Iterable[Part], out: Path) -> None:
    """The groups of all parts in one file, in order; the parts are removed when it stands.

    Raises:
        TableError: a file cannot be read or written.
    """
    done = [Path(part.out) for part in parts]
    with TableWriter(out, SCHEMA) as writer:
        for path in done:
            for batch in TableReader(path):
                writer.write(batch.cast(SCHEMA))
    for path in done:
        path.unlink()
