"""A table that was copied with one cell a line: its heads one below the other, then the cells of each row in turn.

Nothing but the order says what belongs together. A row begins at its running number where there is one; a cell that the
source wrapped, or left empty, is seen by what the cells of its column are: names of units, times, words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from guatu.core.plan.outline.column_words import LONGEST_NAME, STANDING, UNIT_NAME, ColumnKind, kind_of_head
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import Range, Row, Table

_FEWEST_HEADS: Final = 3
_MOST_HEADS: Final = 12
_LONGEST_HEAD: Final = 14
_ROLES: Final = frozenset(("lead", "support", "responsible", "deadline"))
_NAMES: Final = ("task", "name", "target")
_UNITS: Final = frozenset(("lead", "support", "responsible"))
_TIME: Final = re.compile(r"\d ?[年月日]|[年月季]度?[底末初内前]|[上下]半年|\d{4}[-./]\d")
_MOST_LINES: Final = 40
"""Lines of one row; a row of more is the text behind the table."""
_WRONG, _EMPTY, _NAMELESS, _ODD = 5, 3, 9, 1
"""What it costs that a line does not fit its column, that a column is empty, that the one of names is, and that a cell
goes on in another line or looks as those of another column do. An empty column of supporters costs one less."""


def restacked(pieces: Iterable[Range | Table], norm: str) -> list[Range | Table]:
    """The pieces of a text with each stack of heads and cells made a table."""
    found = list(pieces)
    made: list[Range | Table] = []
    at = 0
    while at < len(found):
        stack = _stack(found, at, norm)
        if stack is None:
            made.append(found[at])
            at += 1
        else:
            table, at = stack
            made.append(table)
    return made


def _stack(pieces: Sequence[Range | Table], at: int, norm: str) -> tuple[Table, int] | None:
    """The table whose heads begin at a piece, and the first piece behind it."""
    heads = list(_heads(pieces, at, norm))
    kinds = [kind_of_head(norm[start:end].replace(" ", "")) for start, end in heads]
    if len(heads) < _FEWEST_HEADS or not _ROLES & set(kinds) or not set(_NAMES) & set(kinds):
        return None
    first = at + len(heads)
    rows = list(_numbered(pieces, first, kinds, norm) if kinds[0] == "number" else _counted(pieces, first, kinds, norm))
    if not rows:
        return None
    table = Table(heads[0][0], rows[-1][0].end, (Row(tuple(heads)), *(row for row, _ in rows)), head_rows=1)
    return table, rows[-1][1]


def _heads(pieces: Sequence[Range | Table], at: int, norm: str) -> Iterator[Range]:
    for piece in pieces[at : at + _MOST_HEADS]:
        if isinstance(piece, Table) or piece[1] - piece[0] > _LONGEST_HEAD:
            return
        if kind_of_head(norm[slice(*piece)].replace(" ", "")) == "unknown":
            return
        yield piece


def _numbered(
    pieces: Sequence[Range | Table], first: int, kinds: Sequence[ColumnKind], norm: str
) -> Iterator[tuple[Row, int]]:
    """Rows that begin with 1, 2, 3 ...; the last one ends where its columns are full."""
    at, number = first, 1
    while at < len(pieces) and _number_of(pieces[at], norm) == number:
        stop = next((i for i in range(at + 1, len(pieces)) if _number_of(pieces[i], norm) == number + 1), None)
        lines = _lines(pieces[at : stop if stop is not None else at + _MOST_LINES])
        if stop is None or stop - at > _MOST_LINES:
            stop = at + _fitting(lines, kinds, norm)
        yield _row(lines[: stop - at], kinds, norm), stop
        at, number = stop, number + 1


def _lines(pieces: Sequence[Range | Table]) -> list[Range]:
    found: list[Range] = []
    for piece in pieces:
        if isinstance(piece, Table):
            break
        found.append(piece)
    return found


def _number_of(piece: Range | Table, norm: str) -> int:
    return 0 if isinstance(piece, Table) else numeral(norm[slice(*piece)].strip().rstrip(".、"))


def _fitting(lines: Sequence[Range], kinds: Sequence[ColumnKind], norm: str) -> int:
    """How many lines the last row has: as many as fit its columns best, for nothing says where it ends."""
    texts = tuple(_texts(lines[: len(kinds) * _LINES_OF_A_CELL], norm))
    return min(range(1, len(texts) + 1), key=lambda count: (_shared_out(texts[:count], tuple(kinds))[0], -count))


_LINES_OF_A_CELL: Final = 3


def _counted(
    pieces: Sequence[Range | Table], first: int, kinds: Sequence[ColumnKind], norm: str
) -> Iterator[tuple[Row, int]]:
    """Rows without a number: so many lines as there are heads, as long as each fits its column."""
    width = len(kinds)
    at = first
    while at + width <= len(pieces):
        lines = _lines(pieces[at : at + width])
        if len(lines) < width or not all(map(_fits, _texts(lines, norm), kinds)):
            return
        at += width
        yield Row(tuple(lines)), at


def _texts(lines: Sequence[Range], norm: str) -> Iterator[str]:
    return (norm[slice(*line)].strip() for line in lines)


def _price(text: str, kind: ColumnKind) -> int:
    if not _fits(text, kind):
        return _WRONG
    return _ODD if kind not in (*_UNITS, "deadline", "number") and (_fits(text, "lead") or _is_time(text)) else 0


def _is_time(text: str) -> bool:
    return len(text) <= LONGEST_NAME and bool(_TIME.search(text) or STANDING.fullmatch(text))


def _fits(text: str, kind: ColumnKind) -> bool:
    """Whether a line may be a cell of a column."""
    if kind == "number":
        return numeral(text.rstrip(".、")) > 0
    if kind in _UNITS:
        return len(text) <= LONGEST_NAME * 3 and all(
            UNIT_NAME.search(name) for name in re.split(r"[、,; ]", text) if name
        )
    if kind == "deadline":
        return _is_time(text)
    return not numeral(text)


def _row(lines: Sequence[Range], kinds: Sequence[ColumnKind], norm: str) -> Row:
    """The lines in the columns that they fit best; lines of one cell are one range."""
    counts = _shared_out(tuple(_texts(lines, norm)), tuple(kinds))[1]
    cells: list[Range] = []
    at = 0
    for count in counts:
        end = lines[min(at, len(lines)) - 1][1]
        cells.append((lines[at][0], lines[at + count - 1][1]) if count else (end, end))
        at += count
    return Row(tuple(cells))


def _shared_out(texts: tuple[str, ...], kinds: tuple[ColumnKind, ...]) -> tuple[int, tuple[int, ...]]:
    """The least cost of laying lines into columns in their order, and how many lines each column gets."""

    naming = next((kind for kind in _NAMES if kind in kinds), None)

    @cache
    def best(line: int, column: int) -> tuple[int, tuple[int, ...]]:
        if column == len(kinds):
            return (len(texts) - line) * _WRONG * 2, ()
        kind = kinds[column]
        rest, counts = best(line, column + 1)
        price = _NAMELESS if kind == naming else _EMPTY - (kind == "support")
        found = rest + price, (0, *counts)
        paid = 0
        for taken in range(1, len(texts) - line + 1):
            paid += _price(texts[line + taken - 1], kind) + (_ODD if taken > 1 else 0)
            if paid >= found[0]:
                break
            rest, counts = best(line + taken, column + 1)
            found = min(found, (paid + rest, (taken, *counts)))
        return found

    return best(0, 0)
