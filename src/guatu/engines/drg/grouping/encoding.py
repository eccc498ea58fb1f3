"""A scheme as arrays: every code a small number, every table a column that is looked up by it.

Number 0 is the empty code and 1 any code that the scheme does not know; both are in no table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from guatu.engines.drg.grouping.record import sex_contradicts
from guatu.engines.drg.scheme.entry import facts_of
from guatu.engines.drg.scheme.layout import NEVER_EXCLUDED
from guatu.engines.drg.scheme.model import Adrg, Mdc, Scheme

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

EMPTY, UNKNOWN = 0, 1
NOWHERE = np.int16(32_767)
"""The place of no ADRG: behind all of them."""
_WORD = 64


class Codes:
    """The numbers of all codes of one kind; `written` are those that records may hold, mapped ones among them."""

    def __init__(self, known: frozenset[str], mapped: Mapping[str, str]) -> None:
        targets = {code for code in mapped.values() if code not in known}
        names = [*sorted(known | targets)]
        self.number = {name: n for n, name in enumerate(names, 2)}
        others = sorted(code for code in mapped if code not in known)
        self.written = pa.array(["", *names, *others], pa.string())
        numbers = [EMPTY, *range(2, len(names) + 2), *(self.number[mapped[code]] for code in others)]
        # One more at the end: what is not among `written` is looked up there.
        self._canonical = np.array([*numbers, UNKNOWN], np.int32)

    def __len__(self) -> int:
        return len(self.number) + 2

    def canonical(self, found: Ints) -> Ints:
        """Numbers of places in `written`; a place of -1 is an unknown code."""
        return self._canonical[found]

    def flags(self, codes: Iterable[str]) -> Bools:
        """True at the numbers of these codes."""
        made = np.zeros(len(self), np.bool_)
        made[[self.number[code] for code in codes]] = True
        return made


class BitWords:
    """Sets of codes as bits of words, so that what a stay hits is one OR over its codes."""

    def __init__(self, codes: Codes, sets: list[frozenset[str]]) -> None:
        self.words: list[Words] = [np.zeros(len(codes), np.uint64) for _ in range(0, len(sets), _WORD)]
        for n, members in enumerate(sets):
            numbers = [codes.number[code] for code in members]
            self.words[n // _WORD][numbers] |= np.uint64(1 << (n % _WORD))


@dataclass(frozen=True, slots=True)
class Special:
    """An ADRG that is not found by looking up one code: at which place of its MDC it is tried, and what it needs."""

    place: int
    adrg: Adrg
    dx: Bools | None
    proc: Bools | None
    sets: Mapping[int, int]
    """Bit of each of its sets of procedures."""
    anydx: int
    """Bit of its diagnoses, for a rule that looks at all of a stay."""


@dataclass(frozen=True, slots=True)
class EncodedMdc:
    """An MDC. Places count its ADRGs and the QY group in the order in which they are tried."""

    mdc: Mdc
    bit: np.uint64
    by_dx: npt.NDArray[np.int16]
    by_proc: npt.NDArray[np.int16]
    specials: tuple[Special, ...]
    qy_place: int | None
    groups: Ints
    """Number of the ADRG at each place."""
    regions: tuple[int, ...]
    """Bits of the regions of the body."""


class Encoded:
    """A scheme, ready for columns. Making it takes a moment; grouping changes nothing in it."""

    def __init__(self, scheme: Scheme) -> None:
        if len(scheme.mdcs) > _WORD:
            raise ValueError("more than 64 MDCs")
        self.scheme = scheme
        self.dx = Codes(scheme.known_dx, scheme.dx_map)
        self.proc = Codes(scheme.known_proc, scheme.proc_map)
        self.valid = self.proc.flags(scheme.valid_proc)
        self._dx_sets: list[frozenset[str]] = []
        self._proc_sets: list[frozenset[str]] = []
        self._groups()
        self.mdcs = tuple(self._mdc(n, mdc) for n, mdc in enumerate(scheme.mdcs))
        self.dx_hits, self.proc_hits = BitWords(self.dx, self._dx_sets), BitWords(self.proc, self._proc_sets)
        self.admitted = np.zeros(len(self.dx), np.uint64)
        for encoded in self.mdcs:
            self.admitted[self.dx.flags(encoded.mdc.dx)] |= encoded.bit
        self._complications()
        self.other_sex = [self._contradicts(sex) for sex in (1, 2)]

    def _groups(self) -> None:
        """Names of results by number; 0 is `0000`. A row of `drg_of` has the DRG without, with CC, with MCC."""
        names = [("0000", "0000")]
        drgs, rows = ["0000"], [(0, 0, 0)]
        self.number_of: dict[str, int] = {}
        for mdc in self.scheme.mdcs:
            for adrg in mdc.adrgs:
                self.number_of[adrg.code] = len(names)
                names.append((mdc.code, adrg.code))
                rows.append(_by_level(adrg, len(drgs)))
                drgs.extend(drg.code for drg in adrg.drgs)
            self.number_of[mdc.qy_code] = len(names)
            names.append((mdc.code, mdc.qy_code))
            rows.append((len(drgs),) * 3)
            drgs.append(mdc.qy_code)
        mdcs = sorted({mdc for mdc, _ in names})
        self.mdc_names, self.adrg_names, self.drg_names = mdcs, [adrg for _, adrg in names], drgs
        self.mdc_of = np.array([mdcs.index(mdc) for mdc, _ in names], np.int32)
        self.drg_of = np.array(rows, np.int32)
        self.is_qy = np.array([adrg == f"{mdc}QY" for mdc, adrg in names])
        self.has_levels = np.array([len(set(row)) > 1 for row in rows])

    def _mdc(self, n: int, mdc: Mdc) -> EncodedMdc:
        by_dx, by_proc = (np.full(len(codes), NOWHERE) for codes in (self.dx, self.proc))
        specials: list[Special] = []
        places: list[Adrg | None] = list(mdc.adrgs)
        if mdc.qy_at is not None:
            places.insert(mdc.qy_at, None)
        for place, adrg in enumerate(places):
            kinds = [atom.kind for atom in adrg.rule] if adrg else []
            if adrg is None:
                continue
            if kinds == ["dx"]:
                _first(by_dx, self.dx.flags(adrg.dx), place)
            elif kinds == ["proc"]:
                _first(by_proc, self.proc.flags(adrg.procs.get(1, ())), place)
            else:
                specials.append(self._special(place, adrg))
        groups = [self.number_of[adrg.code if adrg else mdc.qy_code] for adrg in places]
        regions = [frozenset(dx for dx, at in mdc.regions.items() if at == r) for r in sorted({*mdc.regions.values()})]
        bits = tuple(self._bit(self._dx_sets, members) for members in regions) if mdc.entry == "multi_trauma" else ()
        bit = np.uint64(1 << n)
        place_of_qy = mdc.qy_at
        return EncodedMdc(
            mdc, bit, by_dx, by_proc, tuple(specials), place_of_qy, np.array([*groups, 0], np.int32), bits
        )

    def _special(self, place: int, adrg: Adrg) -> Special:
        kinds = {atom.kind for atom in adrg.rule}
        numbers = {n for atom in adrg.rule if atom.kind == "sets" for n in atom.sets}
        return Special(
            place=place,
            adrg=adrg,
            dx=self.dx.flags(adrg.dx) if "dx" in kinds else None,
            proc=self.proc.flags(adrg.procs.get(1, ())) if "proc" in kinds else None,
            sets={n: self._bit(self._proc_sets, adrg.procs.get(n, frozenset())) for n in numbers},
            anydx=self._bit(self._dx_sets, adrg.dx) if "anydx" in kinds else -1,
        )

    @staticmethod
    def _bit(sets: list[frozenset[str]], members: frozenset[str]) -> int:
        sets.append(members)
        return len(sets) - 1

    def _complications(self) -> None:
        """Level (1 CC, 2 MCC) and table of every diagnosis; the table of every principal one, where it has one."""
        scheme = self.scheme
        tables = {name: n for n, name in enumerate(sorted({*scheme.exclusion.values()} - {NEVER_EXCLUDED}))}
        self.level = np.zeros(len(self.dx), np.uint8)
        self.table = np.full(len(self.dx), -2, np.int16)
        self.own_table = np.full(len(self.dx), -1, np.int16)
        for level, source in ((1, scheme.cc), (2, scheme.mcc)):
            for code, table in source.items():
                self.level[self.dx.number[code]] = level
                self.table[self.dx.number[code]] = tables.get(table, -2)
        for code, table in scheme.exclusion.items():
            self.own_table[self.dx.number[code]] = tables.get(table, -1)

    def _contradicts(self, sex: int) -> Bools:
        candidates = {code for mdc in self.scheme.mdcs if "sex" in facts_of(mdc.condition) for code in mdc.dx}
        return self.dx.flags(code for code in candidates if sex_contradicts(self.scheme.mdcs, code, sex))


def _first(places: npt.NDArray[np.int16], members: Bools, place: int) -> None:
    places[members & (places > place)] = place


def _by_level(adrg: Adrg, first: int) -> tuple[int, int, int]:
    """Numbers of the DRGs of an ADRG for a stay without complication, with CC, with MCC."""
    holds: list[set[str]] = [{"any"}, {"any", "mcc_or_cc"}, {"any", "mcc_or_cc", "mcc"}]
    found: list[Any] = [
        next(first + n for n, drg in enumerate(adrg.drgs) if drg.condition in conditions) for conditions in holds
    ]
    return (found[0], found[1], found[2])
