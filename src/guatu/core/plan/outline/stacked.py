"""A table that was copied with one cell a line, or with blanks between its cells, in one line or a line for each row.

Nothing but the order says what belongs together: first the heads, then the cells of each row in turn. A row begins at
its running number where there is one; a cell that the source wrapped, or left empty, is seen by what the cells of its
column are: names of units, times, words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import ColumnKind, kind_of_head
from guatu.core.plan.outline.figures import Stacked, figure_table, may_begin
from guatu.core.plan.outline.laid import NAMES, ROLES, UNITS, fits, laid, row_of, texts_of
from guatu.core.plan.outline.markers import marker_at, numeral
from guatu.core.plan.outline.model import Marker, Range, Row, Table
from guatu.core.plan.outline.seamless import MARK, begins_table, seamless_table
from guatu.core.plan.source.anchored import Anchored

_FEWEST_HEADS: Final = 3
_MOST_HEADS: Final = 12
_LONGEST_HEAD: Final = 14
_FEWEST_ROWS: Final = 2
_FEWEST_NARROW_ROWS: Final = 3
"""Of a table of two columns."""
_WORDS: Final = regex(r"[^ \t]+")
_MAY_HEAD: Final = Anchored(
    "[单部主科处机时年地县乡指行2](?=[位门体室构限间0度份区镇标政])",
    r"(?:(?<=责任|牵头|配合|[承经主协受办]办|实施|落实|负责|主管|承担|执行|对接|受理)(?:单位|部门|主体|科室|处室|机构)"
    r"|时限|时间|20\d\d年(?=[^ \t]{0,4}[ \t]+20\d\d年)[^ \t]{0,4}"
    r"|年度|年份|地区|行政区划?|县区|乡镇|指标|单位(?=[ \t]+[^ \t]{0,4}合计))(?:[ \t]|$)",
)
"""Lines in which heads may stand side by side; others are not taken apart."""
_TITLES: Final = 3
"""So many words of a title may stand before the heads of a table of figures and look like heads."""
_MOST_TRIES: Final = 40
"""So many words of a line are tried as the first head: a line of nothing but words of heads costs no more."""
_MOST_SEAMLESS: Final = 200
"""Lines of a table whose rows are a line each."""
_MOST_LINES: Final = 40
"""Lines of one row; a row of more is the text behind the table."""


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
        spaced = _spaced(found, at, norm) or _seamless(found, at, norm)
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


def _is_head(cell: Range, norm: str) -> bool:
    if cell[1] - cell[0] > _LONGEST_HEAD or not may_begin(cell, norm):
        return False
    return not _CAPTION.search(norm, *cell)


# 青禾县责任分工表 has words of a head and is the title above them.
_CAPTION: Final = regex(r"[\u4e00-\u9fff]{4}(?:表|清单|台账)$")


class _Spaced(NamedTuple):
    """A table whose cells stand apart by blanks: the words before it, and what is left of the last line it takes."""

    before: list[Range]
    table: Table
    last: int
    rest: Range | None


def _seamless(pieces: Sequence[Range | Table], at: int, norm: str) -> _Spaced | None:
    line = pieces[at]
    if isinstance(line, Table) or norm.find(MARK, *line) < 0:
        return None
    last = at
    if begins_table(line, norm):
        behind = _lines(pieces[at + 1 : at + 1 + _MOST_SEAMLESS])
        last, line = at + len(behind), (line[0], behind[-1][1]) if behind else line
    found = seamless_table(line, norm)
    if found is None:
        return None
    while last > at and isinstance(over := pieces[last], tuple) and over[0] >= found.table.end:
        last -= 1
    rest = found.rest if last == at else None
    return _Spaced([found.before] if found.before else [], found.table, last, rest)


def _spaced(pieces: Sequence[Range | Table], at: int, norm: str) -> _Spaced | None:
    """The table whose heads stand side by side in a line, apart by blanks; its cells go on in the lines behind."""
    line = pieces[at]
    if isinstance(line, Table) or not _MAY_HEAD.search(norm, *line):
        return None
    tokens = list(_tokens(norm, line))
    heads = [i for i, token in enumerate(tokens) if _is_head(token, norm)][:_MOST_TRIES]
    first, found = next(((i, found) for i in heads if (found := _grown(pieces, at, i, norm))), (0, None))
    if found is None:
        return None
    table, behind, tokens, lines = found
    before = [(line[0], tokens[first - 1][1])] if first else []
    last = lines[behind - 1]
    left = [token for token, of in zip(tokens[behind:], lines[behind:], strict=True) if of == last]
    rest = (left[0][0], left[-1][1]) if left else None
    return _Spaced(before, table, last, rest)


def _grown(
    pieces: Sequence[Range | Table], at: int, first: int, norm: str
) -> tuple[Table, int, list[Range], list[int]] | None:
    """The table, the first word behind it, all words and the line of each. Lines are taken as long as the table goes
    on, so that a head without rows costs no look at all that follows."""
    line = pieces[at]
    tokens = [] if isinstance(line, Table) else list(_tokens(norm, line))
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
            return (*found, tokens, lines)
        wanted *= _FIRST_LOOK


_FIRST_LOOK: Final = 4


def _tokens(norm: str, line: Range) -> Iterator[Range]:
    """The words of a line; the first head may stand right behind the title: 责任分工表序号."""
    for match in _WORDS.finditer(norm, *line):
        start, end = match.span()
        at = end - len(MARK)
        if at > start and norm.startswith(MARK, at) and _CAPTION.search(norm, start, at):
            yield start, at
            start = at
        yield start, end


def _stack(cells: Sequence[Range | Table], at: int, norm: str) -> Stacked | None:
    """The table whose heads begin at a cell: rows of figures, rows that begin with a number, rows of so many cells."""
    figures = figure_table(cells, at, norm)
    head = None if figures else _head(cells, at, norm)
    if head is None or any(figure_table(cells, i, norm) for i in range(at + 1, min(len(cells), at + _TITLES))):
        return figures
    start = _starts(cells, head, norm)
    rows = list(_begun(cells, head, start, norm) if start else _counted(cells, head, norm))
    if len(head.kinds) < _FEWEST_HEADS and not _is_narrow(rows, norm):
        return None
    if not rows:
        return None
    table = Table(
        head.rows[0].start, rows[-1][0].end, (*head.rows, *(row for row, _ in rows)), head_rows=len(head.rows)
    )
    return Stacked(table, rows[-1][1])


def _is_narrow(rows: Sequence[tuple[Row, int]], norm: str) -> bool:
    """Whether rows of two cells are some: each names units behind its words."""
    told = [row for row, _ in rows if not row.covering]
    return len(told) >= _FEWEST_NARROW_ROWS and all(fits(norm[slice(*row.cells[1])], "lead") for row in told)


class _Head(NamedTuple):
    rows: list[Row]
    kinds: list[ColumnKind]
    first: int
    """The first cell below."""


def _head(cells: Sequence[Range | Table], at: int, norm: str) -> _Head | None:
    heads = list(_heads(cells, at, norm))
    kinds = [kind_of_head(_words(norm, cell)) for cell in heads]
    if "number" in kinds[1:] and kinds[0] != "group":
        return None  # the title of the table stands before its first head
    if not ROLES & set(kinds) or not set(NAMES) & set(kinds):
        return None
    if len(heads) < _FEWEST_HEADS and not (len(heads) > 1 and kinds[0] in NAMES and UNITS & set(kinds)):
        return None
    return _divided(heads, kinds, at + len(heads)) or _Head([Row(tuple(heads))], kinds, at + len(heads))


def _divided(heads: Sequence[Range], kinds: Sequence[ColumnKind], first: int) -> _Head | None:
    """任务, 年度目标, 责任单位, 2026年, 2027年: the years at the end divide the column of goals."""
    years = next((i for i, kind in enumerate(reversed(kinds)) if kind != "year"), 0)
    upper = next((i for i, kind in enumerate(kinds) if kind == "target"), None)
    if years < _FEWEST_ROWS or upper is None:
        return None
    low, tail = list(heads[-years:]), heads[upper + 1 : -years]
    edge, end = heads[-years - 1][1], heads[-1][1]
    top = (*heads[: upper + 1], *[(edge, edge)] * (years - 1), *tail)
    below = (*[(end, end)] * upper, *low, *[(end, end)] * len(tail))
    behind = kinds[upper + 1 : -years]
    return _Head([Row(top), Row(below)], [*kinds[:upper], *kinds[-years:], *behind], first)


def _heads(cells: Sequence[Range | Table], at: int, norm: str) -> Iterator[Range]:
    """Words of heads; behind the head of the running numbers any short words up to the number of the first row."""
    numbered = False
    for cell in cells[at : at + _MOST_HEADS]:
        if isinstance(cell, Table) or cell[1] - cell[0] > _LONGEST_HEAD:
            return
        text = _words(norm, cell)
        kind = kind_of_head(text)
        if ":" in text or marker_at(norm, *cell) or (kind == "unknown" and not (numbered and _PLAIN.fullmatch(text))):
            return
        numbered = numbered or kind == "number"
        yield cell


_PLAIN: Final = regex(r"[\u4e00-\u9fff()]{2,8}")


def _words(norm: str, cell: Range) -> str:
    return norm[slice(*cell)].replace(" ", "")


def _heads_group(norm: str, cell: Range) -> bool:
    """Whether a cell heads a group of rows: 一、财政支持."""
    marker = marker_at(norm, *cell)
    return marker is not None and marker.kind in _GROUP_KINDS


_GROUP_KINDS: Final = ("一、", "(一)", "章")
_LONGEST_GROUP: Final = 34
_Start = Callable[[int, int], bool]
"""Whether a row of so high a number begins at a cell."""


def _starts(cells: Sequence[Range | Table], head: _Head, norm: str) -> _Start | None:
    """How rows begin: with a running number of their own, or with one before their words; None where with neither."""
    if head.kinds[0] == "number" or head.kinds[:2] == ["group", "number"]:
        return lambda i, number: _number_of(cells[i], norm) == number
    first = next((m for i in (head.first, head.first + 1) if (m := _marker(cells, i, norm)) and m.value == 1), None)
    if first is None or len(head.kinds) < _FEWEST_ROWS:
        return None
    kind = first.kind
    below = _marker(cells, head.first + 1, norm)
    if kind in _GROUP_KINDS and below is not None and below.kind != kind and below.value == 1:
        kind = below.kind
    return lambda i, number: (m := _marker(cells, i, norm)) is not None and (m.kind, m.value) == (kind, number)


def _marker(cells: Sequence[Range | Table], i: int, norm: str) -> Marker | None:
    if i >= len(cells):
        return None
    cell = cells[i]
    return None if isinstance(cell, Table) else marker_at(norm, *cell)


def _begun(cells: Sequence[Range | Table], head: _Head, begins: _Start, norm: str) -> Iterator[tuple[Row, int]]:
    """Rows that begin with 1, 2, 3 ..., heads of groups between; the last one ends where its columns are full.

    The cell of a column of groups stands only before the first row of each.
    """
    at, number, width = head.first, 1, len(head.kinds)
    grouped = head.kinds[0] == "group"
    kinds = head.kinds[1:] if grouped else head.kinds
    while at < len(cells):
        group = None if begins(at, number) else _group(cells, at, norm, plain=grouped)
        if group is not None:
            yield Row((group, *[(group[1], group[1])] * (width - 1)), (group,) * width), at + 1
            at += 1
        if at >= len(cells) or not begins(at, number):
            return
        near = range(at + 1, min(len(cells), at + 1 + _MOST_LINES))
        stop = next((i for i in near if begins(i, number + 1)), None)
        lines = _lines(cells[at : stop if stop is not None else at + _MOST_LINES])
        if stop is None:
            stop = at + _fitting(lines, kinds, norm)
        elif stop - at > len(kinds) - 1 and _closes_a_row(cells[stop - 2], kinds[-1], norm):
            stop -= (
                _group(cells, stop - 1, norm, plain=grouped and not _closes_a_row(cells[stop - 1], kinds[-1], norm))
                is not None
            )
        row = row_of(lines[: stop - at], kinds, norm)
        yield (Row(((row.start, row.start), *row.cells)) if grouped else row), stop
        at, number = stop, number + 1


def _closes_a_row(cell: Range | Table, kind: ColumnKind, norm: str) -> bool:
    return not isinstance(cell, Table) and fits(norm[slice(*cell)], kind)


def _group(cells: Sequence[Range | Table], at: int, norm: str, *, plain: bool) -> Range | None:
    """The head of a group of rows: it begins as a section does, or is any short words where a column of groups is."""
    cell = cells[at]
    if isinstance(cell, Table) or cell[1] - cell[0] > _LONGEST_GROUP:
        return None
    return cell if _heads_group(norm, cell) or (plain and _PLAIN.fullmatch(_words(norm, cell))) else None


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
    costs = laid(list(texts_of(lines[: len(kinds) * _LINES_OF_A_CELL], norm)), kinds).costs
    return min(range(1, len(costs)), key=lambda count: (costs[count], -count))


_LINES_OF_A_CELL: Final = 3


def _counted(cells: Sequence[Range | Table], head: _Head, norm: str) -> Iterator[tuple[Row, int]]:
    """Rows without a number: so many lines as there are heads, as long as each fits its column."""
    width, at = len(head.kinds), head.first
    while at + width <= len(cells):
        lines = _lines(cells[at : at + width])
        if len(lines) < width or not all(map(fits, texts_of(lines, norm), head.kinds)):
            return
        at += width
        yield Row(tuple(lines)), at
