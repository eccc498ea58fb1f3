"""A scoring text as data: lines of points that are linear in facts, or stepped by bands, with their limits.

The wording of most texts fits: "rate × 30" is a term; "(1 - rate) × 20" is a base of 20 and a term of -20; "30 -
complaints × 0.002 / (area × people)" is a base, a term and two divisors; "1 point off for each, at most 10" has a
floor; "5 points for each, 20 at most" has a ceiling. Numbers are written as text, so that 0.002 is two thousandths and
not near it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.kernel.explained import Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.rules import Cell, RuleError, judge, parse_cell, tree

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
BAND_UNREADABLE = Kind(
    "scoring.band-unreadable",
    "error",
    "“{line}”的档次“{band}”不是一个区间;请写成 < 0.5、[0.5..0.75) 或 >= 0.9",
    "the band “{band}” of “{line}” is no range; write < 0.5, [0.5..0.75) or >= 0.9",
)
NO_WORDS = Kind(
    "scoring.fact-without-words",
    "error",
    "“{line}”用到的“{fact}”没有名称;请在 facts 中写明中英文名称",
    "“{fact}” of “{line}” has no words; give them in both languages under facts",
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
_FACT = tree.Name("fact")
"""What a cell of a band is about."""


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`slope` points for each unit of the fact, which is first divided by the product of the facts in `over`."""

    of: str
    slope: Number
    over: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _numbers(self.slope)


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Points where the cell `when` holds of the fact, in the language of conditions: `< 0.5`, `[0.5..0.75)`."""

    points: Number
    when: str

    def __post_init__(self) -> None:
        _numbers(self.points)

    def holds(self, value: Fraction) -> bool:
        """Raises RuleError for a cell that the check would have refused."""
        return judge(parse_cell(self.when).of(_FACT), {_FACT.name: value}).verdict == "yes"

    def side(self, upper: bool) -> tuple[Decimal | None, bool] | None:
        """Where the band begins or ends, None where it is open, and whether that belongs to it; None for no range."""
        try:
            return _side(parse_cell(self.when), upper)
        except RuleError:
            return None


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


class FactWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that is neither a rate nor a count of cases, in words."""

    name: str
    zh: str
    en: str


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
    facts: tuple[FactWords, ...] = ()

    def __post_init__(self) -> None:
        _numbers(self.full)

    def word(self, fact: str) -> Word | None:
        """What a fact is called; None for one that nobody has given words."""
        if fact in RATES:
            return Word(RATES[fact].zh, RATES[fact].en)
        own = (Word(one.zh, one.en) for one in self.facts if one.name == fact)
        return COUNTS.get(fact) or next(own, None)


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
    for fact in line.facts:
        if sheet.word(fact) is None:
            yield row_finding(NO_WORDS, sheet.code, line.key, line=line.zh, fact=fact)
    unread = [band for band in line.bands if band.side(False) is None]
    for band in unread:
        yield row_finding(BAND_UNREADABLE, sheet.code, line.key, line=line.zh, band=band.when)
    if not unread:
        yield from _gaps(sheet, line)


def _gaps(sheet: Sheet, line: Line) -> Iterator[RowFinding]:
    """Each band begins where the one before ends, and what lies between them belongs to one of the two."""
    for one, other in zip(line.bands, line.bands[1:], strict=False):
        end, with_end = one.side(True) or (None, False)
        start, with_start = other.side(False) or (None, False)
        if end is None or end != start or with_end == with_start:
            at = start if start is not None else end
            yield row_finding(BAND_GAP, sheet.code, line.key, line=line.zh, at="-" if at is None else f"{at:f}")


def _side(cell: Cell, upper: bool) -> tuple[Decimal | None, bool] | None:
    if cell.negated or len(cell.tests) != 1:
        return None
    test = cell.tests[0]
    if isinstance(test, tree.Range):
        bound, is_open = (test.high, test.high_open) if upper else (test.low, test.low_open)
        number = _literal(bound)
        return None if number is None else (number, not is_open)
    number = _literal(test.of)
    if number is None or test.op == "!=":
        return None
    if test.op == "=":
        return number, True
    # `< 5` ends at 5 and has no beginning.
    return (number, "=" in test.op) if (test.op[0] == "<") == upper else (None, False)


def _literal(node: tree.Expression) -> Decimal | None:
    inner = node.of if isinstance(node, tree.Minus) else node
    if not isinstance(inner, tree.Literal) or not isinstance(inner.value, Decimal):
        return None
    return -inner.value if isinstance(node, tree.Minus) else inner.value
