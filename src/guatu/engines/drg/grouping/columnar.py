"""The grouper over columns: a batch of stays at once, one step for all that are still without a group.

Most ADRGs ask for one code of one table. For these the first place at which a code is taken is looked up; the others
are tested one by one, for the stays of their MDC. The lowest place that holds is the ADRG that the readable form finds
by trying them in order.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from guatu.core.kernel.finding import Kind
from guatu.engines.drg.grouping import problems
from guatu.engines.drg.grouping.columns import Lists, any_of, code_lists, numbers_of, sexes_of, texts
from guatu.engines.drg.grouping.encoding import (
    EMPTY,
    NOWHERE,
    UNKNOWN,
    BitWords,
    Bools,
    Encoded,
    EncodedMdc,
    Ints,
    Special,
)
from guatu.engines.drg.grouping.numbers import BLANKS, NEWBORN_DAYS
from guatu.engines.drg.scheme.entry import taken, years

Rows = npt.NDArray[np.int64]
Bits = npt.NDArray[np.int64]

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        *((name, pa.dictionary(pa.int32(), pa.string())) for name in ("mdc", "adrg", "drg", "problems")),
    ]
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Stays by outcome: how many, how many grouped, and for each problem how many have it. They can be added."""

    rows: int
    grouped: int
    problems: tuple[int, ...]

    def __add__(self, other: "Counts") -> "Counts":
        both = zip(self.problems, other.problems, strict=True)
        return Counts(self.rows + other.rows, self.grouped + other.grouped, tuple(a + b for a, b in both))


NO_COUNTS = Counts(0, 0, (0,) * len(problems.PROBLEMS))


class _Batch:
    """The columns of a batch as numbers, with what is computed of them only when something asks for it."""

    def __init__(self, batch: pa.RecordBatch, encoded: Encoded) -> None:
        self.encoded = encoded
        self.sex = sexes_of(batch["sex"])
        self.age, self.age_bad = numbers_of(batch["age"])
        self.days, self.days_bad = numbers_of(batch["age_days"])
        self.weight, self.weight_bad = numbers_of(batch["weight_g"])
        has_los = "los" in batch.schema.names
        self.los_bad = numbers_of(batch["los"])[1] if has_los else np.zeros(len(self.sex), np.bool_)
        self.dx = code_lists(batch["dx"], encoded.dx)
        self.procs = code_lists(batch["procs"], encoded.proc)
        self.principal, self.main = self.dx.first, self.procs.first
        self.infant = np.floor(self.age) == 0
        self.newborn = self.days <= NEWBORN_DAYS
        self.valid_main = encoded.valid[self.main]

    @cached_property
    def years(self) -> npt.NDArray[np.int64]:
        return years(self.age)

    @cached_property
    def any_valid(self) -> Bools:
        return any_of(self.encoded.valid, self.procs)

    @cached_property
    def dx_hits(self) -> list[npt.NDArray[np.uint64]]:
        return _hits(self.encoded.dx_hits, self.dx)

    @cached_property
    def proc_hits(self) -> list[npt.NDArray[np.uint64]]:
        return _hits(self.encoded.proc_hits, self.procs)


def _hits(sets: BitWords, lists: Lists) -> list[npt.NDArray[np.uint64]]:
    return [np.bitwise_or.reduceat(word[lists.flat], lists.starts) for word in sets.words]


def _hit(hits: list[npt.NDArray[np.uint64]], bit: int, rows: Rows) -> Bools:
    return np.asarray(hits[bit // 64][rows] & np.uint64(1 << (bit % 64)) != 0)


def group_batch(batch: pa.RecordBatch, encoded: Encoded) -> tuple[pa.RecordBatch, Counts]:
    """Groups a batch with the columns of `record.COLUMNS`: a batch of `SCHEMA` in the same order, and its counts."""
    if not batch.num_rows:
        return pa.RecordBatch.from_pylist([], schema=SCHEMA), NO_COUNTS
    stays = _Batch(batch, encoded)
    ids = texts(batch["id"])
    found = _problems(stays, ids)
    groups = _groups(stays, np.flatnonzero(found & problems.ERRORS == 0))
    drgs = encoded.drg_of[groups, _levels(stays, groups)]
    grey = problems.BIT[problems.GREY.code] | problems.ERRORS
    found |= np.where((groups == 0) & (found & grey == 0), problems.BIT[problems.NO_GROUP.code], 0)
    found |= np.where(encoded.is_qy[groups], problems.BIT[problems.QY.code], 0)
    bits, places = np.unique(found, return_inverse=True)
    columns = [
        ids,
        _named(encoded.mdc_of[groups], encoded.mdc_names),
        _named(groups, encoded.adrg_names),
        _named(drgs, encoded.drg_names),
        _named(places.astype(np.int32), [problems.shown(int(one)) for one in bits]),
    ]
    counts = np.bincount(places, minlength=len(bits))
    each = tuple(int(counts[bits & bit != 0].sum()) for bit in problems.BIT.values())
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA), Counts(len(groups), int((groups > 0).sum()), each)


def _named(places: Ints, names: list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), pa.array(names, pa.string()))


def _problems(stays: _Batch, ids: pa.Array) -> Bits:
    """The problems of each stay that can be seen before it is grouped."""
    flags = {
        problems.ID: pc.equal(pc.utf8_trim(ids, characters=BLANKS), "").to_numpy(zero_copy_only=False),
        problems.SEX: stays.sex == 0,
        **_age_problems(stays),
        problems.DAYS: stays.days_bad,
        problems.WEIGHT: stays.weight_bad | (stays.weight == 0),
        problems.LOS: stays.los_bad,
        **_code_problems(stays),
    }
    found = np.zeros(len(stays.sex), np.int64)
    for kind, flag in flags.items():
        found |= np.where(flag, problems.BIT[kind.code], 0)
    return found


def _age_problems(stays: _Batch) -> dict[Kind, Bools]:
    years, days = np.floor(stays.age), stays.days
    return {
        problems.AGE: np.isnan(stays.age),
        problems.DAYS_MISSING: stays.infant & np.isnan(days),
        problems.AGE_CONTRADICTS: (days < 365 * years - 1) | (days > 366 * (years + 1) + 1),
        problems.WEIGHT_MISSING: stays.infant & stays.newborn & np.isnan(stays.weight),
    }


def _code_problems(stays: _Batch) -> dict[Kind, Bools]:
    encoded, principal = stays.encoded, stays.principal
    known = principal > UNKNOWN
    other = np.where(stays.sex == 1, encoded.other_sex[0][principal], encoded.other_sex[1][principal])
    admitted = encoded.admitted[principal] != 0
    listed = stays.procs.lengths > 1
    return {
        problems.NO_PRINCIPAL: principal == EMPTY,
        problems.UNKNOWN_PRINCIPAL: principal == UNKNOWN,
        problems.GREY: known & ~admitted,
        problems.SEX_CONTRADICTS: admitted & (stays.sex > 0) & other,
        problems.UNKNOWN_DX: _unknown(stays.dx, after_first=True),
        problems.UNKNOWN_PROC: _unknown(stays.procs, after_first=False),
        problems.NO_MAIN_PROC: listed & (stays.main == EMPTY) & _some_code(stays.procs, listed & (stays.main == EMPTY)),
    }


def _unknown(lists: Lists, after_first: bool) -> Bools:
    unknown = lists.flat == UNKNOWN
    if after_first:
        unknown[lists.starts] = False
    made = np.zeros(len(lists.starts), np.bool_)
    made[np.searchsorted(lists.starts, np.flatnonzero(unknown), side="right") - 1] = True
    return made


def _some_code(lists: Lists, asked: Bools) -> Bools:
    """Whether a stay has a code that is not empty; only where it is asked."""
    if not asked.any():
        return asked
    return np.asarray(np.logical_or.reduceat(lists.flat != EMPTY, lists.starts))


def _groups(stays: _Batch, rows: Rows) -> Ints:
    """Number of the group of each stay; `rows` are those that may be grouped, the others get 0."""
    groups = np.zeros(len(stays.sex), np.int32)
    admitted = stays.encoded.admitted[stays.principal]
    for mdc in stays.encoded.mdcs:
        entered = rows if mdc.mdc.entry == "none" else rows[admitted[rows] & mdc.bit != 0]
        entered = entered[_enters(stays, mdc, entered)]
        if not len(entered):
            continue
        places = _places(stays, mdc, entered)
        taken = places < NOWHERE
        groups[entered[taken]] = mdc.groups[places[taken]]
        rows = rows[groups[rows] == 0]
    return groups


def _enters(stays: _Batch, encoded: EncodedMdc, rows: Rows) -> Bools:
    """Which of the rows meet the condition of the MDC and, where it asks for it, are injured in two regions."""
    if encoded.mdc.condition.strip():
        table = taken(encoded.mdc.condition)
        held = table[stays.sex[rows], stays.years[rows], stays.valid_main[rows].astype(np.int8)]
    else:
        held = np.ones(len(rows), np.bool_)
    if encoded.mdc.entry == "multi_trauma" and len(rows):
        regions = np.zeros(len(rows), np.int64)
        for bit in encoded.regions:
            regions += _hit(stays.dx_hits, bit, rows)
        held = held & (regions >= 2)
    return held


def _places(stays: _Batch, encoded: EncodedMdc, rows: Rows) -> npt.NDArray[np.int16]:
    """The first place of the MDC that each row holds, `NOWHERE` for none."""
    best = np.minimum(encoded.by_dx[stays.principal[rows]], encoded.by_proc[stays.main[rows]])
    for special in encoded.specials:
        best[_holds(stays, special, rows) & (best > special.place)] = special.place
    if encoded.qy_place is not None:
        unrelated = stays.valid_main[rows] if encoded.mdc.qy == "main" else stays.any_valid[rows]
        best[unrelated & (best > encoded.qy_place)] = encoded.qy_place
    return best


def _holds(stays: _Batch, special: Special, rows: Rows) -> Bools:
    held = np.ones(len(rows), np.bool_)
    for atom in special.adrg.rule:
        if not held.any():
            break
        if atom.kind == "sets":
            held &= _sets_hit(stays, special, atom.alternatives, rows)
        elif atom.kind != "always":
            held &= _atom(atom.kind, stays, special, rows)
    return held


def _atom(kind: str, stays: _Batch, special: Special, rows: Rows) -> Bools:
    if kind == "dx" and special.dx is not None:
        return special.dx[stays.principal[rows]]
    if kind == "proc" and special.proc is not None:
        return special.proc[stays.main[rows]]
    if kind == "anydx":
        return _hit(stays.dx_hits, special.anydx, rows)
    if kind == "newborn":
        return stays.newborn[rows]
    if kind == "valid_proc":
        return stays.valid_main[rows]
    if kind == "no_valid_proc":
        return ~stays.any_valid[rows]
    return _weighs(special, stays.weight[rows])


def _weighs(special: Special, weight: npt.NDArray[np.float64]) -> Bools:
    least, below = special.adrg.weight_min_g or 0.0, special.adrg.weight_below_g
    return (weight > 0) & (weight >= least) & (weight < (np.inf if below is None else below))


def _sets_hit(stays: _Batch, special: Special, alternatives: tuple[tuple[int, ...], ...], rows: Rows) -> Bools:
    held = np.zeros(len(rows), np.bool_)
    for numbers in alternatives:
        each = np.ones(len(rows), np.bool_)
        for number in numbers:
            each &= _hit(stays.proc_hits, special.sets[number], rows)
        held |= each
    return held


def _levels(stays: _Batch, groups: Ints) -> npt.NDArray[np.uint8]:
    """The highest level of complication of each stay: 0, 1 CC, 2 MCC; an excluded diagnosis counts as none."""
    encoded, dx = stays.encoded, stays.dx
    if not encoded.has_levels[groups].any():
        return np.zeros(len(groups), np.uint8)
    own = np.repeat(encoded.own_table[stays.principal], dx.lengths)
    levels = encoded.level[dx.flat]
    levels[encoded.table[dx.flat] == own] = 0
    levels[dx.starts] = 0
    return np.asarray(np.maximum.reduceat(levels, dx.starts))
