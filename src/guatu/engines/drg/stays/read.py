"""An Arrow table of stays to columns of whole numbers, with every row that could not be read listed.

Words are read as they are written: an amount never passes through a binary fraction. Values that repeat (dates, codes)
are read once each.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guatu.core.fields.day import read_day
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.stays import findings as kinds
from guatu.engines.drg.stays.columns import Codes, Ints, Stays
from guatu.engines.drg.stays.problems import Problems

COLUMNS = ("id", "hospital", "patient", "drg", "admitted", "discharged", "cost", "fund")
OPTIONAL = ("dx", "planned")
_AMOUNT = r"^-?[0-9]{1,9}(\.[0-9]{1,2}0{0,4})?$"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9:.]+)?$")
_NO = frozenset(("0", "否", "no", "false", "n"))
_NO_DATE = np.iinfo(np.int64).min
_EPOCH = date(1970, 1, 1)


def read_stays(table: Any, hospitals: Collection[str] | None = None) -> tuple[Stays | None, Problems, list[RowFinding]]:
    """The rows of a pyarrow Table that hold no error, all problems of rows, and findings of the table as a whole.

    `hospitals`: codes that may occur; a stay of another is an error. Without the needed columns there are no stays.
    Diagnoses (`dx`, divided by |, the principal one first) may be absent.
    """
    missing = [name for name in COLUMNS if name not in table.column_names]
    if missing:
        has = ", ".join(table.column_names)
        return None, Problems(), [row_finding(kinds.NO_COLUMN, "0", name, None, name=name, has=has) for name in missing]
    reader = _Reader(table)
    stays = reader.stays()
    reader.check(stays, hospitals)
    bad = reader.problems.rows("error")
    if not len(bad):
        return stays, reader.problems, []
    return stays.take(np.delete(np.arange(len(stays)), bad)), reader.problems, []


class _Reader:
    """One table on its way to columns."""

    def __init__(self, table: Any) -> None:
        self._table, self.problems = table, Problems()
        self._raw: dict[str, Codes] = {}

    def stays(self) -> Stays:
        secondary, unspecific = self._diagnoses()
        return Stays(
            row=np.arange(self._table.num_rows, dtype=np.int64),
            id=self._ids(),
            hospital=self._codes("hospital"),
            patient=self._patients(),
            group=self._codes("drg"),
            admitted=self._dates("admitted"),
            discharged=self._dates("discharged"),
            cost=self._amounts("cost"),
            fund=self._amounts("fund"),
            secondary=secondary,
            unspecific=unspecific,
            planned=self._flags("planned"),
        )

    def check(self, stays: Stays, hospitals: Collection[str] | None) -> None:
        """What is wrong with values that could be read."""
        self._words_there(stays, hospitals)
        add = self.problems.add
        both = (stays.admitted != _NO_DATE) & (stays.discharged != _NO_DATE)
        add(
            kinds.REVERSED, "discharged", _where(both & (stays.discharged < stays.admitted)),
            lambda row: {"value": self._text("discharged", row), "admitted": self._text("admitted", row)},
        )  # fmt: skip
        for name, column in (("cost", stays.cost), ("fund", stays.fund)):
            add(kinds.NEGATIVE, name, _where((column < 0) & (column != _NO_DATE)), self._value(name))
        over = (stays.fund > stays.cost) & (stays.cost >= 0)
        add(
            kinds.FUND_OVER_COST, "fund", _where(over),
            lambda row: {"value": self._text("fund", row), "cost": self._text("cost", row)},
        )  # fmt: skip
        add(kinds.ZERO_COST, "cost", _where(stays.cost == 0))

    def _words_there(self, stays: Stays, hospitals: Collection[str] | None) -> None:
        add = self.problems.add
        add(kinds.NO_HOSPITAL, "hospital", _where(stays.hospital.at < 0))
        add(kinds.NO_GROUP, "drg", _where(stays.group.at < 0))
        if hospitals is not None:
            unknown = (stays.hospital.into(tuple(hospitals)) < 0) & (stays.hospital.at >= 0)
            add(kinds.UNKNOWN_HOSPITAL, "hospital", _where(unknown), self._value("hospital"))
        add(kinds.NO_ID, "id", _where(stays.id == ""))
        self._duplicates(stays.id)

    def _duplicates(self, ids: NDArray[np.object_]) -> None:
        """Every occurrence of an id but the first."""
        import pyarrow.compute as pc

        column = self._strings("id")
        if len(pc.unique(column)) == len(ids):
            return
        at = column.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
        first = np.full(int(at.max()) + 1, -1, np.int64)
        first[at[::-1]] = np.arange(len(at))[::-1]
        again = _where((first[at] != np.arange(len(at))) & (ids != ""))
        self.problems.add(
            kinds.DUPLICATE, "id", again, lambda row: {"value": str(ids[row]), "first": int(first[at[row]]) + 1}
        )

    def _strings(self, name: str) -> Any:
        """A column as trimmed text, nothing for null."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column = self._table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        return pc.fill_null(pc.utf8_trim_whitespace(column.cast(pa.string())), "")

    def _ids(self) -> NDArray[np.object_]:
        found: NDArray[np.object_] = self._strings("id").to_numpy()
        return found

    def _codes(self, name: str) -> Codes:
        """A column as codes, with -1 for empty text."""
        if name not in self._raw:
            self._raw[name] = self._encoded(name)
        return self._raw[name]

    def _encoded(self, name: str) -> Codes:
        import pyarrow as pa
        import pyarrow.compute as pc

        column = self._table.column(name)
        if not (pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)):
            at, words = self._numbered(name)
            return Codes(at, tuple(words.to_pylist()))
        # The words are few: they are trimmed, the rows are left as they are.
        whole = column.unify_dictionaries()
        trimmed = [(word or "").strip() for word in _dictionary(whole).to_pylist()]
        kept = tuple(dict.fromkeys(word for word in trimmed if word))
        table = np.array([*(kept.index(word) if word else -1 for word in trimmed), -1], np.int64)
        rows = pc.fill_null(pa.chunked_array([part.indices for part in whole.chunks], pa.int32()).cast(pa.int64()), -1)
        return Codes(table[rows.to_numpy()], kept)

    def _patients(self) -> Codes:
        """Numbers that tell patients apart; who they are is forgotten here."""
        return Codes(self._numbered("patient")[0], ())

    def _numbered(self, name: str) -> tuple[Ints, Any]:
        """The rows as numbers of the different words, -1 for none, and these words."""
        import pyarrow as pa
        import pyarrow.compute as pc

        text = self._strings(name)
        encoded = pc.dictionary_encode(pc.if_else(pc.equal(text, ""), None, text))
        indices = pa.chunked_array([part.indices for part in encoded.chunks], pa.int32())
        return pc.fill_null(indices, -1).to_numpy().astype(np.int64), _dictionary(encoded)

    def _text(self, name: str, row: int) -> str:
        return str(self._table.column(name)[row].as_py() or "")

    def _value(self, name: str) -> Callable[[int], dict[str, str | int | float]]:
        return lambda row: {"value": self._text(name, row)}

    def _bad(self, kind: Kind, name: str, bad: NDArray[np.bool_]) -> None:
        self.problems.add(kind, name, _where(bad), self._value(name))

    def _amounts(self, name: str) -> Ints:
        """Yuan as written to fen; what cannot be read is listed and becomes the smallest number there is."""
        import pyarrow as pa
        import pyarrow.compute as pc

        text = self._strings(name)
        good = pc.match_substring_regex(text, _AMOUNT)
        exact = pc.if_else(good, text, "0").cast(pa.decimal128(20, 6)).cast(pa.decimal128(18, 2))
        fen = pc.multiply(exact, pa.scalar(100, pa.decimal128(3, 0))).cast(pa.int64())
        readable = good.to_numpy().astype(bool)
        self._bad(kinds.BAD_COST, name, ~readable)
        return np.where(readable, fen.to_numpy(), _NO_DATE)

    def _dates(self, name: str) -> Ints:
        codes = self._codes(name)
        days = np.array([*(_day(word) for word in codes.words), _NO_DATE], np.int64)
        found: Ints = days[codes.at]
        self._bad(kinds.BAD_DATE, name, found == _NO_DATE)
        return found

    def _diagnoses(self) -> tuple[Ints, NDArray[np.bool_]]:
        import pyarrow.compute as pc

        rows = self._table.num_rows
        if "dx" not in self._table.column_names:
            return np.full(rows, -1, np.int64), np.zeros(rows, bool)
        text = self._strings("dx")
        unspecific = pc.match_substring_regex(text, r"^[A-Z][0-9]{2}\.9")
        return pc.count_substring(text, "|").to_numpy().astype(np.int64), unspecific.to_numpy().astype(bool)

    def _flags(self, name: str) -> NDArray[np.bool_]:
        """Yes where a cell says anything but no; no where there is no such column."""
        if name not in self._table.column_names:
            return np.zeros(self._table.num_rows, bool)
        codes = self._codes(name)
        found: NDArray[np.bool_] = np.array([*(word.casefold() not in _NO for word in codes.words), False])[codes.at]
        return found


def _day(word: str) -> int:
    # Nearly all of millions of records are written so; the reader of all spellings takes ten times as long.
    day = _plain_day(word) if _DATE.match(word) else read_day(word)
    return (day - _EPOCH).days if isinstance(day, date) else _NO_DATE


def _plain_day(word: str) -> date | None:
    try:
        return date(int(word[:4]), int(word[5:7]), int(word[8:10]))
    except ValueError:
        return None


def _dictionary(column: Any) -> Any:
    """The words of a dictionary-encoded column whose chunks share them."""
    import pyarrow as pa

    return column.chunk(0).dictionary if column.num_chunks else pa.array([], pa.string())


def _where(mask: NDArray[np.bool_]) -> Ints:
    found: Ints = np.flatnonzero(mask).astype(np.int64)
    return found
