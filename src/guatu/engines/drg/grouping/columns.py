"""The columns of a batch as numbers: codes split once and looked up, texts read once for each different one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from guatu.engines.drg.grouping.encoding import Bools, Codes, Ints
from guatu.engines.drg.grouping.numbers import BLANKS, number, sex_of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lists:
    """Codes of all stays of a batch, one behind the other; those of stay n begin at `starts[n]`. No list is empty."""

    flat: Ints
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]

    @property
    def first(self) -> Ints:
        return self.flat[self.starts]


def code_lists(column: pa.Array, codes: Codes) -> Lists:
    """A column of lists joined by `|` (or an Arrow column of lists) as numbers of `codes`."""
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        column = pc.split_pattern(texts(column), "|")
    values = texts(column.flatten())
    offsets = column.offsets.to_numpy().astype(np.int64)
    offsets, lengths = offsets[:-1] - offsets[0], np.diff(offsets)
    flat = _numbers(values, codes)
    if not lengths.all():
        flat, offsets, lengths = _without_gaps(flat, offsets, lengths)
    return Lists(flat, offsets, lengths)


def _numbers(values: pa.Array, codes: Codes) -> Ints:
    found = _places(values, codes)
    strange = np.flatnonzero(found < 0)
    if len(strange):
        trimmed = pc.utf8_trim(values.take(pa.array(strange)), characters=BLANKS)
        found[strange] = _places(trimmed, codes)
    return codes.canonical(found)


def _places(values: pa.Array, codes: Codes) -> Ints:
    # Nulls make a null of an index: -1 stands for them.
    places = pc.fill_null(pc.index_in(values, value_set=codes.written), -1)
    return np.array(places.to_numpy(zero_copy_only=False), np.int32)


def _without_gaps(flat: Ints, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> tuple[Any, Any, Any]:
    """The same lists, with one empty code in each list that had none."""
    empty = np.flatnonzero(lengths == 0)
    flat = np.insert(flat, starts[empty], 0)
    lengths = np.maximum(lengths, 1)
    return flat, np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths


def texts(column: pa.Array) -> pa.Array:
    """A column as strings, without nulls."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string())
    return pc.fill_null(column, "") if column.null_count else column


def numbers_of(column: pa.Array) -> tuple[Floats, Bools]:
    """The numbers of a column, NaN for none; and where something else stands."""
    if pa.types.is_integer(column.type):
        values = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
        bad = (values < 0) | (values > 999_999_999)
        return np.where(bad, np.nan, values), bad
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), None, column)
    places, different = _different(column)
    read = [number(text) for text in different]
    values = np.array([value for value, _ in read], np.float64)
    bad = np.array([wrong for _, wrong in read], np.bool_)
    return values[places], bad[places]


def sexes_of(column: pa.Array) -> npt.NDArray[np.int8]:
    """1, 2 or 0 for each stay."""
    places, different = _different(column)
    return np.array([sex_of(text) for text in different], np.int8)[places]


def _different(column: pa.Array) -> tuple[Ints, list[str]]:
    """The place of each value among the different texts of a column, and these."""
    encoded = texts(column).dictionary_encode()
    return encoded.indices.to_numpy(), encoded.dictionary.to_pylist()


def any_of(flags: Bools, lists: Lists) -> Bools:
    """Whether some code of each stay is flagged."""
    return np.asarray(np.logical_or.reduceat(flags[lists.flat], lists.starts)) if len(lists.starts) else flags[:0]
