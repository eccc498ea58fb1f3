"""Tables of DRG on their way in, read in a child process: nothing here knows the database.

A text table is read in a stream, and time grows with its bytes: a table of 500,000 stays is honest work. A Parquet file
of a few kilobytes can hold billions of rows, and its reader is written in C++.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import msgspec

from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.parameters import load_set
from guatu.engines.drg.table_error import TableError
from guatu.engines.drg.tables import TableReader
from guatu.web.drg.computing.private import Taken, code_of, missing, take_in
from guatu.web.drg.computing.schemes import NoArchive, load_archive

MOST_ROWS = 1_000_000
"""Of hospitals and reviews: far above any region."""


class Asked(msgspec.Struct, frozen=True):
    """The ending of the file, the key of pseudonyms, and columns that must and may be there."""

    suffix: str
    key: bytes
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


class NotTaken(msgspec.Struct, frozen=True, tag="not-taken"):
    """Why a table is refused: a code, and the columns that it lacks."""

    code: str
    lacks: tuple[str, ...] = ()


class Stays(msgspec.Struct, frozen=True, tag="stays"):
    """A table of stays as Parquet, without what could say who somebody is."""

    parquet: bytes
    taken: Taken


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """Cells as texts, and the numbers of lines that have more or fewer."""

    rows: list[dict[str, str]]
    bad_lines: list[int]


class SchemeSeen(msgspec.Struct, frozen=True):
    """What an archive of a grouping scheme holds; `errors` say why it is refused, and None is no archive."""

    name: str = ""
    version: str = ""
    mdcs: int = 0
    errors: list[RowFinding] | None = None


def stays_of(data: bytes, asked: Asked) -> Stays | NotTaken:
    with _file(data, asked.suffix) as path:
        try:
            lacks = missing(TableReader(path).names)
            if lacks:
                return NotTaken("drg.column-missing", tuple(lacks))
            out = path.with_name("stays.parquet")
            taken = take_in(path, out, asked.key)
        except TableError as error:
            return NotTaken(error.code)
        return Stays(out.read_bytes(), taken)


def rows_of(data: bytes, asked: Asked) -> Rows | NotTaken:
    with _file(data, asked.suffix) as path:
        try:
            names = TableReader(path).names
            if lacks := [name for name in asked.columns if name not in names]:
                return NotTaken("drg.column-missing", tuple(lacks))
            reader = TableReader(path, asked.columns, asked.optional)
            found: list[dict[str, str]] = []
            for batch in reader:
                if len(found) + batch.num_rows > MOST_ROWS:
                    return NotTaken("drg.too-many-rows")
                found += [
                    {name: _text(name, cell, asked.key) for name, cell in row.items()} for row in batch.to_pylist()
                ]
        except TableError as error:
            return NotTaken(error.code)
        return Rows(found, [bad.line for bad in reader.bad_lines])


def scheme_of(data: bytes, _asked: None) -> SchemeSeen:
    try:
        loaded = load_archive(data)
    except NoArchive:
        return SchemeSeen()
    if loaded.scheme is None:
        return SchemeSeen(errors=loaded.errors)
    manifest = loaded.scheme.manifest
    return SchemeSeen(manifest.name, manifest.version, len(loaded.scheme.mdcs), [])


def parameters_of(data: bytes, name: str) -> list[RowFinding]:
    """What is wrong with a set of parameters. Whoever gets an answer can read the text itself: it takes no
    longer there."""
    return load_set(data.decode("utf-8"), name)[1]


def preload() -> None:
    for library in ("pyarrow.parquet", "pyarrow.csv", "pyarrow.compute"):
        import_module(library)


def _text(name: str, cell: object, key: bytes) -> str:
    text = "" if cell is None else str(cell)
    return code_of(text, key) if name == "id" else text


@contextmanager
def _file(data: bytes, suffix: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(data)
        yield path
