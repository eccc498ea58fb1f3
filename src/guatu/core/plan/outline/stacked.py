"""A table that was copied with one cell a line, or with blanks between its cells, in one line or a line for each row.

Nothing but the order says what belongs together: first the heads, then the cells of each row in turn. A row begins at
its running number where there is one; a cell that the source wrapped, or left empty, is seen by what the cells of its
column are: names of units, times, words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

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
_WORDS: Final = re.compile(r"[^ \t]+")
_MAY_HEAD: Final = re.compile(
    r"(?:责任|牵头|配合|主办|协办|承办|实施)(?:单位|部门|主体)[ ]|[ ](?:责任|牵头|配合|主办|承办|实施)(?:单位|部门|主体)|[ ][^ ]{0,4}(?:时限|时间)(?:[ ]|$)"
)
"""Lines in which heads may stand side by side; others are not taken apart."""
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
        table, behind = _stack(found, at, norm) or (None, at)
        if table is not None:
            made.append(table)
            at = behind
            continue
        spaced = _spaced(found, at, norm)
        if spaced is None:
            made.append(found[at])
            at += 1
        else:
            made += [*spaced.before, spaced.table]
            at = spaced.last
            if spaced.rest is None:
                at += 1
            else:
                found[at] = spaced.rest
    return made


class _Spaced(NamedTuple):
    """A table whose cells stand apart by blanks: the words before it, and what is left of the last line it takes."""

    before: list[Range]
    table: Table
    last: int
    rest: Range | None


def _spaced(pieces: Sequence[Range | Table], at: int, norm: str) -> _Spaced | None:
    """The table whose heads stand side by side in a line, apart by blanks; its cells go on in the lines behind."""
    line = pieces[at]
    if isinstance(line, Table) or not _MAY_HEAD.search(norm, *line):
        return None
    tokens = list(_tokens(norm, line))
    first = next((i for i in range(len(tokens) - 1) if len(list(_heads(tokens, i, norm))) >= _FEWEST_HEADS), None)
    if first is None:
        return None
    found = _grown(pieces, at, tokens, first, norm)
    if found is None:
        return None
    table, behind, lines = found
    before = [(line[0], tokens[first - 1][1])] if first else []
    last = lines[behind - 1]
    left = [token for token, of in zip(tokens[behind:], lines[behind:], strict=True) if of == last]
    rest = (left[0][0], left[-1][1]) if left else None
    return _Spaced(before, table, last, rest)


def _grown(
    pieces: Sequence[Range | Table], at: int, tokens: list[Range], first: int, norm: str
) -> tuple[Table, int, list[int]] | None:
    """The table, the first word behind it and the line of each word. Lines are taken as long as the table goes on, so
    that a head without rows costs no look at all that follows."""
    lines = [at] * len(tokens)
    taken, wanted = at + 1, _FIRST_LOOK
    while True:
        while taken < len(pieces) and taken <= at + wanted and not isinstance(following := pieces[taken], Table):
            words = list(_tokens(norm, following))
            tokens += words
            lines += [taken] * len(words)
            taken += 1
        found = _stack(tokens, first, norm)
        if found is None:
            return None
        if found[1] + _MOST_LINES < len(tokens) or taken <= at + wanted:
            return (*found, lines)
        wanted *= _FIRST_LOOK


_FIRST_LOOK: Final = 4


def _tokens(norm: str, line: Range) -> Iterator[Range]:
    return (match.span() for match in _WORDS.finditer(norm, *line))


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
        near = range(at + 1, min(len(pieces), at + 1 + _MOST_LINES))
        stop = next((i for i in near if _number_of(pieces[i], norm) == number + 1), None)
        lines = _lines(pieces[at : stop if stop is not None else at + _MOST_LINES])
        if stop is None:
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
    costs = _laid(list(_texts(lines[: len(kinds) * _LINES_OF_A_CELL], norm)), kinds).costs
    return min(range(1, len(costs)), key=lambda count: (costs[count], -count))


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
    counts = _laid(list(_texts(lines, norm)), kinds).counts(len(lines))
    cells: list[Range] = []
    at = 0
    for count in counts:
        end = lines[min(at, len(lines)) - 1][1]
        cells.append((lines[at][0], lines[at + count - 1][1]) if count else (end, end))
        at += count
    return Row(tuple(cells))


class _Laid(NamedTuple):
    """The least cost of laying the first so many lines into all columns in their order, and how many each took."""

    costs: list[int]
    taken: list[list[int]]

    def counts(self, lines: int) -> tuple[int, ...]:
        found: list[int] = []
        for taken in reversed(self.taken):
            found.append(taken[lines])
            lines -= taken[lines]
        return tuple(reversed(found))


def _laid(texts: Sequence[str], kinds: Sequence[ColumnKind]) -> _Laid:
    naming = next((kind for kind in _NAMES if kind in kinds), None)
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
    return _Laid(costs, all_taken)


_TOO_MUCH: Final = 10_000
"""No row of a table costs so much."""
