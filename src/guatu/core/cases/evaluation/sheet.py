"""A scoring text as data: lines of points that are linear in facts, or stepped by bands, with their limits.

The wording of most texts fits: "rate × 30" is a term; "(1 - rate) × 20" is a base of 20 and a term of -20; "30 -
complaints × 0.002 / (area × people)" is a base, a term and two divisors; "1 point off for each, at most 10" has a
floor; "5 points for each, 20 at most" has a ceiling. Numbers are written as text, so that 0.002 is two thousandths and
not near it.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

NOT_FULL = Kind(
    "scoring.points-do-not-add-up",
    "error",
    "“{sheet}”各项满分合计 {sum},与总分 {full} 不符;请更正",
    "the points of “{sheet}” add up to {sum} instead of {full}; correct them",
)
BAND_GAP = Kind(
    "scoring.band-gap",
    "error",
    "“{line}”的档次在 {at} 处有空缺或重叠;请使各档首尾相接",
    "the bands of “{line}” leave a gap or overlap at {at}; let each begin where the last one ends",
)
NO_POINTS = Kind(
    "scoring.line-empty",
    "error",
    "“{line}”既没有计分项也没有档次,或两者都有;请只填一种",
    "“{line}” has neither terms nor bands, or both; give one of them",
)
LIMITS = Kind(
    "scoring.limits-crossed",
    "error",
    "“{line}”的下限高于上限;请更正",
    "the floor of “{line}” is above its ceiling; correct them",
)

Number = str


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`slope` points for each unit of the fact, which is first divided by the product of the facts in `over`."""

    of: str
    slope: Number
    over: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _numbers(self.slope)


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points from `start` up to `end`; which of the two belongs to the band is said. An open side has None."""

    points: Number
    start: Number | None = None
    end: Number | None = None
    with_start: bool = True
    with_end: bool = False

    def __post_init__(self) -> None:
        _numbers(self.points, self.start, self.end)

    def holds(self, value: Fraction) -> bool:
        return self._after_start(value) and self._before_end(value)

    def _after_start(self, value: Fraction) -> bool:
        start = None if self.start is None else Fraction(self.start)
        return start is None or value > start or (self.with_start and value == start)

    def _before_end(self, value: Fraction) -> bool:
        end = None if self.end is None else Fraction(self.end)
        return end is None or value < end or (self.with_end and value == end)


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: `base` and terms, or the fact `bands_of` with bands; between `floor` and `ceiling`. `full` are its
    points."""

    key: str
    zh: str
    en: str
    full: Number
    base: Number = "0"
    terms: tuple[Term, ...] = ()
    bands_of: str = ""
    bands: tuple[Band, ...] = ()
    floor: Number | None = None
    ceiling: Number | None = None

    def __post_init__(self) -> None:
        _numbers(self.full, self.base, self.floor, self.ceiling)

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of all facts that the line needs."""
        named = [name for term in self.terms for name in (term.of, *term.over)]
        return tuple(dict.fromkeys([*named, *([self.bands_of] if self.bands_of else [])]))


class Sheet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scoring text with its date and source; `unverified` where nobody compared it with the original."""

    code: str
    zh: str
    en: str
    full: Number
    lines: tuple[Line, ...]
    valid_from: date
    source: str
    valid_to: date = date.max
    unverified: str = ""

    def __post_init__(self) -> None:
        _numbers(self.full)


def _numbers(*given: Number | None) -> None:
    """Raises ValueError for a number that is none."""
    for number in given:
        try:
            Fraction(number or "0")
        except (ValueError, ZeroDivisionError) as error:
            raise ValueError(f"'{number}' is no number") from error


def check_sheet(sheet: Sheet) -> list[RowFinding]:
    """What is wrong with a scoring text before it scores anybody."""
    added = sum((Fraction(line.full) for line in sheet.lines), Fraction(0))
    found = [finding for line in sheet.lines for finding in _check_line(sheet, line)]
    if added != Fraction(sheet.full):
        sums = {"sum": float(added), "full": float(Fraction(sheet.full))}
        found.append(row_finding(NOT_FULL, sheet.code, "full", None, sheet=sheet.zh, **sums))
    return found


def _check_line(sheet: Sheet, line: Line) -> Iterator[RowFinding]:
    if bool(line.terms) == bool(line.bands_of and line.bands):
        yield row_finding(NO_POINTS, sheet.code, line.key, line=line.zh)
    if line.floor is not None and line.ceiling is not None and Fraction(line.floor) > Fraction(line.ceiling):
        yield row_finding(LIMITS, sheet.code, line.key, line=line.zh)
    for one, other in zip(line.bands, line.bands[1:], strict=False):
        if one.end is None or one.end != other.start or one.with_end == other.with_start:
            yield row_finding(BAND_GAP, sheet.code, line.key, line=line.zh, at=other.start or one.end or "-")
