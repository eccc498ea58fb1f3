"""The cells of a row without lines: laid into the columns that they fit best, by what cells of a column look like."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import LONGEST_NAME, STANDING, UNIT_NAME, ColumnKind
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import Range, Row

NAMES: Final = ("task", "name", "target", "unknown")
UNITS: Final = frozenset(("lead", "support", "responsible"))
ROLES: Final = UNITS | {"deadline"}
_TIME: Final = regex(r"\d ?[年月日]|[年月季]度?[底末初内前]|[上下]半年|\d{4}[-./]\d")
_FIGURE: Final = regex(r"[≥≤<>约]?\d[\d,.]*(?:%|‰|[\u4e00-\u9fff/]{1,4})?(?:以上|以下|以内|左右)?|[-/]{1,3}")
_FIGURES: Final = frozenset(("money", "score"))
_PHONE: Final = regex(r"(?:\(?0\d{2,3}\)?-?)?\d{7,11}(?:[-、,/]\d+)*")
_WRONG, _EMPTY, _NAMELESS, _ODD = 5, 3, 9, 1
"""What it costs that a line does not fit its column, that a column is empty, that the one of names is, and that a cell
goes on in another line or looks as those of another column do. An empty column of supporters costs one less."""
_LONGEST_MEASURE: Final = 6


def texts_of(lines: Sequence[Range], norm: str) -> Iterator[str]:
    return (norm[slice(*line)].strip() for line in lines)


def _price(text: str, kind: ColumnKind) -> int:
    if not fits(text, kind):
        return _WRONG
    return _ODD if kind not in (*UNITS, "deadline", "number") and (fits(text, "lead") or is_time(text)) else 0


def is_time(text: str) -> bool:
    return len(text) <= LONGEST_NAME and bool(_TIME.search(text) or STANDING.fullmatch(text))


def fits(text: str, kind: ColumnKind) -> bool:
    """Whether a line may be a cell of a column."""
    if kind == "number":
        return numeral(text.rstrip(".、")) > 0
    if kind in UNITS:
        return len(text) <= LONGEST_NAME * 3 and all(
            UNIT_NAME.search(name) for name in re.split(r"[、,; ]", text) if name
        )
    if kind == "deadline":
        return is_time(text)
    if kind == "contact" or _PHONE.fullmatch(text):
        return kind == "contact" and _PHONE.search(text) is not None
    if kind in _FIGURES:
        return _FIGURE.fullmatch(text.replace(" ", "")) is not None
    if kind == "year":
        return re.search(r"\d", text) is not None
    return not numeral(text) and (kind != "measure" or len(text) <= _LONGEST_MEASURE)


def row_of(lines: Sequence[Range], kinds: Sequence[ColumnKind], norm: str) -> Row:
    """The lines in the columns that they fit best; lines of one cell are one range."""
    counts = laid(list(texts_of(lines, norm)), kinds).counts(len(lines))
    cells: list[Range] = []
    at = 0
    for count in counts:
        end = lines[min(at, len(lines)) - 1][1]
        cells.append((lines[at][0], lines[at + count - 1][1]) if count else (end, end))
        at += count
    return Row(tuple(cells))


class Laid(NamedTuple):
    """The least cost of laying the first so many lines into all columns in their order, and how many each took."""

    costs: list[int]
    taken: list[list[int]]

    def counts(self, lines: int) -> tuple[int, ...]:
        found: list[int] = []
        for taken in reversed(self.taken):
            found.append(taken[lines])
            lines -= taken[lines]
        return tuple(reversed(found))


def laid(texts: Sequence[str], kinds: Sequence[ColumnKind]) -> Laid:
    naming = next((kind for kind in NAMES if kind in kinds), None)
    costs = [0, *[_TOO_MUCH] * len(texts)]
    all_taken: list[list[int]] = []
    for kind in kinds:
        empty = _NAMELESS if kind == naming else _EMPTY - (kind == "support")
        prices = [_price(text, kind) for text in texts]
        found, taken = [cost + empty for cost in costs], [0] * len(costs)
        for first, cost in enumerate(costs):
            for last in range(first + 1, len(costs)):
                cost += prices[last - 1] + (_ODD if last - first > 1 else 0)
                if cost >= _TOO_MUCH:
                    break
                # Of two ways that cost the same the one in which earlier columns took less.
                if cost < found[last] or (cost == found[last] and last - first > taken[last]):
                    found[last], taken[last] = cost, last - first
        costs = found
        all_taken.append(taken)
    return Laid(costs, all_taken)


_TOO_MUCH: Final = 10_000
"""No row of a table costs so much."""
