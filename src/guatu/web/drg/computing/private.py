"""A table of stays on its way in: pseudonyms for people, and no cell that could say who somebody is.

Only columns that grouping and settlement need come through. The patient becomes a pseudonym by a key that is derived
from the server's secret. A stay keeps its number where that is a plain code and no identity number; otherwise it gets a
pseudonym too. A cell of any other column that is not written like a code, a number or a date is masked.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from guatu.engines.drg.grouping.columns import texts
from guatu.engines.drg.pseudonyms import IDENTITIES, pseudonym, without_numbers
from guatu.engines.drg.table_writer import TableWriter
from guatu.engines.drg.tables import TableReader

MASK = "?"
NEEDED = ("id", "hospital", "admitted", "discharged", "cost", "fund")
GROUPING = ("sex", "age", "age_days", "weight_g", "dx", "procs")
OTHERS = ("drg", "planned", "los")
_LONG = re.compile(r"[0-9]{11}")
_WRITTEN = {
    "id": re.compile(r"[A-Za-z0-9._/-]{0,40}"),
    "hospital": re.compile(r"[A-Za-z0-9._-]{0,40}"),
    "drg": re.compile(r"[A-Za-z0-9]{0,8}"),
    "dx": re.compile(r"[A-Za-z0-9.+*/_|† -]*"),
    "procs": re.compile(r"[A-Za-z0-9.+*/_|† -]*"),
    "sex": re.compile(r"[0-9]?|男|女"),
    "planned": re.compile(r"[A-Za-z0-9]{0,5}|是|否"),
}
_FIGURE = re.compile(r"[0-9 T:.,/年月日+-]{0,30}")


@dataclass(frozen=True)
class Taken:
    """What came of an upload. The names of dropped columns are not kept: a file without a head has people there."""

    columns: tuple[str, ...]
    rows: int
    dropped: int
    masked: int
    bad_lines: int


def key_of(secret: str) -> bytes:
    """The county's key for pseudonyms: of no use for anything else that the secret is for."""
    return hmac.new(secret.encode(), b"guatu.drg.pseudonyms", hashlib.sha256).digest()


def missing(names: Sequence[str]) -> list[str]:
    """Columns that a table of stays lacks; `drg` stands for itself or all that grouping needs."""
    lacks = [name for name in NEEDED if name not in names]
    if "patient" not in names and not _identity(names):
        lacks.append("patient")
    if "drg" not in names:
        lacks += [name for name in GROUPING if name not in names]
    return lacks


def _identity(names: Sequence[str]) -> str:
    return next((name for name in names if name.strip().lower() in IDENTITIES), "")


def take_in(source: Path, out: Path, key: bytes) -> Taken:
    """Copies a table of stays into `out` (Parquet).

    Raises:
        TableError: it cannot be read.
    """
    names = TableReader(source).names
    person = _identity(names) or "patient"
    columns = [name for name in (*NEEDED, *OTHERS, *GROUPING) if name in names]
    reader = TableReader(source, [*columns, person])
    wanted = [*columns, "patient"]
    rows = masked = 0
    with TableWriter(out, pa.schema([(name, pa.string()) for name in wanted])) as writer:
        for batch in reader:
            made = []
            for name in columns:
                values, hidden = cleaned(name, _plain(batch[name]), key)
                made.append(values)
                masked += hidden
            made.append(_each(_plain(batch[person]), lambda word: pseudonym(word, key)))
            writer.write(pa.RecordBatch.from_arrays(made, names=wanted))
            rows += batch.num_rows
    return Taken(tuple(wanted), rows, len(set(names) - {*columns, person}), masked, len(reader.bad_lines))


def _plain(column: Any) -> Any:
    if pa.types.is_list(column.type):
        column = pa.compute.binary_join(column, "|")
    return texts(column)


def _each(values: Any, made: Callable[[str], str]) -> Any:
    encoded = values.dictionary_encode()
    return pa.array([made(word) for word in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)


def cleaned(name: str, values: Any, key: bytes) -> tuple[Any, int]:
    """A column with what may not stay replaced, and how many cells that were."""
    hidden: set[str] = set()

    def made(word: str) -> str:
        clean = code_of(word, key) if name == "id" else _cell(name, word)
        if clean != word.strip():
            hidden.add(clean)
        return clean

    found = _each(values, made)
    count = pa.compute.sum(pa.compute.is_in(found, pa.array(sorted(hidden), pa.string()))).as_py() if hidden else 0
    return found, count or 0


def code_of(word: str, key: bytes) -> str:
    """The number of a stay as it is kept: a plain code stays, anything else becomes a pseudonym."""
    word = word.strip()
    if _WRITTEN["id"].fullmatch(word) and not _LONG.search(word) and without_numbers(word, key) == word:
        return word
    return pseudonym(word, key)


def _cell(name: str, word: str) -> str:
    word = word.strip()
    pattern = _WRITTEN.get(name, _FIGURE)
    return word if pattern.fullmatch(word) and not _LONG.search(word) else MASK
