"""A table of figures that was copied one cell a line: quotas of towns, goals by year.

The figures say where its rows begin: behind the name of each row stand as many of them as in the row before, so the
distance from the first to the first figure of the next row is the width of the table. Heads stand before the first row,
in one row or in two (年度目标 over 2026年, 2027年).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from guatu.core.plan.outline.column_words import kind_of_head
from guatu.core.plan.outline.laid import ROLES, fits
from guatu.core.plan.outline.markers import marker_at
from guatu.core.plan.outline.model import Range, Row, Table

_FIGURE: Final = re.compile(
    r"[≥≤<>约]?(?:\d[\d,]*(?:\.\d+)?)(?:[-~]\d[\d.,]*)?(?:%|‰|[\u4e00-\u9fff]{1,4}(?:/[\u4e00-\u9fff]{1,3})?)?"
    r"(?:以上|以下|以内|左右)?"
    r"|[-/]{1,3}"
)
_FIRST_OF_FIGURES: Final = frozenset("0123456789≥≤<>约-/")
_YEAR: Final = re.compile(r"20\d\d(?:[-~]20\d\d)?年?(?:度|[底末])?(?:目标|任务|计划|指标)?(?:值|数|量)?")
_WHERE: Final = re.compile(
    r"地区|年度|年份|(?:各?(?:省|市|州|县|区|乡|镇)){1,3}(?:\([^()]{1,8}\))?|单位(?:名称)?|乡镇(?:\(街道\))?|[省市州县区乡镇村]名|县\(市、区\)|区域|品种|类别|指标"
)
_BARE: Final = re.compile(r"20\d\d")
_MOST_YEARS: Final = 5
_DATED: Final = re.compile("年度|年份")
_SUM: Final = re.compile(r"(?:合|总|小|共)计|总[量数]|[两三四五]年合计")
_LONGEST_HEAD: Final = 16
_LONGEST_CELL: Final = 60
_MOST_HEADS: Final = 24
_MOST_TITLES: Final = 3
_MOST_NAMES: Final = 6
_MOST_COLUMNS: Final = 16
_FEWEST_ROWS: Final = 2
_GROUPS: Final = 4
"""So many rows are looked at: one of them may lack a cell."""
_FEWEST_LOOSE_ROWS: Final = 3
"""Where neither years nor names of columns are known."""
_BEHIND: Final = frozenset((*ROLES, "remark", "person", "contact"))
"""Columns that have no figures."""


class Stacked(NamedTuple):
    table: Table
    behind: int
    """The first cell behind the table."""


class _Grid(NamedTuple):
    """The first row of figures: where it begins, how many figures it has, how wide the table is."""

    figures: int
    size: int
    width: int


def figure_table(cells: Sequence[Range | Table], at: int, norm: str) -> Stacked | None:
    """The table of figures whose heads begin at a cell."""
    if not _may_begin(cells[at], norm):
        return None
    dated = _by_year(cells, at, norm)
    grid = None if dated else _grid(cells, at, norm)
    if grid is None:
        return dated
    best = _best(cells, at, grid, norm)
    # The title of a table is a short word as well: heads begin where most of them fit, as late as that may be.
    later = range(at + 1, min(at + _MOST_TITLES + 1, grid.figures))
    if best.fit <= 0 or any(_may_begin(cells[i], norm) and _best(cells, i, grid, norm).fit >= best.fit for i in later):
        return None
    rows = list(best.rows())
    if len(rows) < (_FEWEST_ROWS if best.told else _FEWEST_LOOSE_ROWS):
        return None
    heads = best.heads()
    table = Table(heads[0].start, rows[-1][0].end, (*heads, *(row for row, _ in rows)), head_rows=len(heads))
    return Stacked(table, rows[-1][1])


def _by_year(cells: Sequence[Range | Table], at: int, norm: str) -> Stacked | None:
    """Rows of nothing but figures, the first of each a year: 年份, 造林面积(亩), 2026, 100, 2027, 120."""
    if not _DATED.fullmatch(_text(cells[at], norm)):
        return None
    first = next(
        (i for i in range(at + 1, min(len(cells), at + _MOST_HEADS)) if _BARE.match(_text(cells[i], norm))), at
    )
    width = first - at
    rows: list[Row] = []
    while width > 1 and (row := _spans(cells, first + len(rows) * width, width)):
        year, *rest = (_text(cell, norm) for cell in row)
        if not _YEAR.fullmatch(year) or not all(map(_FIGURE.fullmatch, rest)):
            break
        rows.append(Row(tuple(row)))
    if len(rows) < _FEWEST_ROWS:
        return None
    head = Row(tuple(_spans(cells, at, width)))
    return Stacked(Table(head.start, rows[-1].end, (head, *rows), head_rows=1), first + len(rows) * width)


def _spans(cells: Sequence[Range | Table], at: int, width: int) -> list[Range]:
    """So many cells from one on; none where fewer are left."""
    found = [cell for cell in cells[at : at + width] if not isinstance(cell, Table)]
    return found if len(found) == width else []


def _best(cells: Sequence[Range | Table], at: int, grid: _Grid, norm: str) -> "_Layout":
    return max((_Layout(cells, at, grid, names, norm) for names in range(1, _MOST_NAMES)), key=lambda one: one.fit)


def _may_begin(cell: Range | Table, norm: str) -> bool:
    if isinstance(cell, Table) or cell[1] - cell[0] > 2 * _LONGEST_HEAD:
        return False
    text = _text(cell, norm)
    return 0 < len(text) <= _LONGEST_HEAD and bool(_WHERE.fullmatch(text) or kind_of_head(text) != "unknown")


def _text(cell: Range | Table, norm: str) -> str:
    return "" if isinstance(cell, Table) else norm[slice(*cell)].replace(" ", "")


def _is_figure(cells: Sequence[Range | Table], at: int, norm: str) -> bool:
    """A figure, a dash for none; no year in words, and no bare year beside another one."""
    cell = cells[at]
    if isinstance(cell, Table) or norm[cell[0]] not in _FIRST_OF_FIGURES:
        return False
    text = _text(cell, norm)
    if not _FIGURE.fullmatch(text):
        return False
    if not _YEAR.fullmatch(text):
        return True
    near = (_text(cells[i], norm) for i in (at - 1, at + 1) if 0 <= i < len(cells))
    return text.isdecimal() and not any(
        0 < abs(int(text) - int(one)) <= _MOST_YEARS for one in near if _BARE.fullmatch(one)
    )


def _grid(cells: Sequence[Range | Table], at: int, norm: str) -> _Grid | None:
    """Where the figures of the first and of the second row begin; the running number of a row is none of them."""
    starts: list[tuple[int, int]] = []
    number, i = 1, at + 1
    while i < len(cells) and len(starts) < _GROUPS and i <= at + _MOST_HEADS + _MOST_COLUMNS * len(starts):
        if not _is_short(cells[i]):
            break
        stop = _run(cells, i, norm)
        if stop - i == 1 and _numbers(cells[i], number, norm):
            number += 1
        elif stop > i:
            # Figures at the end of a row stand right before the number of the next.
            abuts = number > 1 and _numbers(cells[stop - 1], number, norm)
            starts.append((i, stop - abuts - i))
            number += abuts
        i = max(stop, i + 1)
    return _repeated(starts)


def _is_short(cell: Range | Table) -> bool:
    """Sentences end the search for the figures of a table."""
    return not isinstance(cell, Table) and cell[1] - cell[0] <= _LONGEST_CELL


def _repeated(starts: Sequence[tuple[int, int]]) -> _Grid | None:
    """The first group of figures, and how far apart the first two rows of its size stand that follow each other."""
    like = [(start, follows[0]) for (start, count), follows in pairwise(starts) if count == follows[1] == starts[0][1]]
    if not like or like[0][1] - like[0][0] > _MOST_COLUMNS:
        return None
    return _Grid(*starts[0], like[0][1] - like[0][0])


def _run(cells: Sequence[Range | Table], at: int, norm: str) -> int:
    """Behind the figures that stand one behind the other from a cell on."""
    stop = at
    while stop < len(cells) and stop <= at + _MOST_COLUMNS and _is_figure(cells, stop, norm):
        stop += 1
    return stop


def _numbers(cell: Range | Table, number: int, norm: str) -> bool:
    return _text(cell, norm).rstrip(".、") == str(number)


def _is_group(cell: Range, norm: str) -> bool:
    marker = marker_at(norm, *cell)
    return marker is not None and marker.kind in ("一、", "(一)", "章")


class _Layout:
    """The columns of the table, with so many of names before its figures."""

    def __init__(self, cells: Sequence[Range | Table], at: int, grid: _Grid, names: int, norm: str) -> None:
        self.cells, self.at, self.grid, self.names, self.norm = cells, at, grid, names, norm
        self.first = grid.figures - names
        """The first cell of the first row."""
        self.head = [cell for cell in cells[at : self.first] if not isinstance(cell, Table)]
        while self.head and _is_group(self.head[-1], norm):
            self.first -= 1
            del self.head[-1]
        self.texts = [_text(cell, norm) for cell in self.head]
        self.tail = grid.width - grid.size - names
        self.upper = len(self.head) - grid.width
        self.told = any(_YEAR.fullmatch(text) for text in self.texts)
        self.fit = self._fit()

    def _fit(self) -> int:
        """How many heads fit what stands below them; 0 where the heads are too few or too many."""
        plain = all(
            len(text) <= _LONGEST_HEAD and (_YEAR.fullmatch(text) or not _FIGURE.fullmatch(text)) for text in self.texts
        )
        if self.tail < 0 or self.upper < 0 or not self.head or not plain or self.upper > self.grid.size // 2:
            return 0
        columns = self._columns()
        if columns is None:
            return 0
        figures = range(self.names, self.names + self.grid.size)
        fit = sum(self._counts(columns[j]) for j in figures)
        fit += sum(self._agrees(j, text) for j, text in enumerate(columns) if j not in figures)
        return max(0, fit)

    def _agrees(self, j: int, head: str) -> int:
        """Whether what stands in a column of the first row is what its head says; behind the figures it has to be."""
        cell, kind = _text(self.cells[self.grid.figures - self.names + j], self.norm), kind_of_head(head)
        if kind in ROLES or kind in ("number", "measure"):
            return 2 if fits(cell, kind) else -3
        return -2 if j >= self.names or _YEAR.fullmatch(head) else 0

    def _counts(self, text: str) -> int:
        if _YEAR.fullmatch(text) or _SUM.fullmatch(text) or kind_of_head(text) in ("target", "money"):
            return 2
        return -1 if kind_of_head(text) in _BEHIND else 1

    def _columns(self) -> list[str] | None:
        """The lowest head of each column."""
        low = self._lower()
        if low is None:
            return None
        top, below = low
        return [self.texts[b] if b is not None else self.texts[t] for t, b in zip(top, below, strict=True)]

    def _lower(self) -> tuple[list[int], list[int | None]] | None:
        """By column the head of the upper row and, where it is divided, that of the lower row."""
        width, count = self.grid.width, self.grid.size
        if not self.upper:
            return list(range(width)), [None] * width
        middle = range(self.names, self.names + self._lone() + self.upper)
        divided = [j for j in middle if not _SUM.fullmatch(self.texts[j])][-self.upper :]
        under = count - (len(middle) - len(divided))
        if len(divided) != self.upper or under % self.upper or under < self.upper * _FEWEST_ROWS:
            return None
        each, next_below = under // self.upper, len(self.head) - under
        top: list[int] = []
        below: list[int | None] = []
        for j in range(len(self.head) - under):
            for _ in range(each if j in divided else 1):
                top.append(j)
                below.append(next_below if j in divided else None)
                next_below += j in divided
        return (top, below) if len(top) == width else None

    def _lone(self) -> int:
        """Columns of figures whose head is not divided: 合计."""
        return sum(bool(_SUM.fullmatch(text)) for text in self.texts[self.names : self.names + self.grid.size])

    def heads(self) -> list[Row]:
        low = self._lower()
        if low is None or not self.upper:
            return [Row(tuple(self.head))]
        top, below = low
        edge = self.head[max(top)][1]
        end = self.head[-1][1]
        upper = [self.head[t] if i == 0 or top[i - 1] != t else (edge, edge) for i, t in enumerate(top)]
        return [Row(tuple(upper)), Row(tuple(self.head[b] if b is not None else (end, end) for b in below))]

    def rows(self) -> Iterator[tuple[Row, int]]:
        """The rows, and the first cell behind each. One that lacks a cell is kept whole: who knows which it lacks."""
        at, width = self.first, self.grid.width
        while row := _spans(self.cells, at, width):
            behind = at + width
            if not self._is_row(row) and self._heads_group(at):
                yield Row((row[0], *[(row[0][1], row[0][1])] * (width - 1)), (row[0],) * width), at + 1
                at += 1
                continue
            if not self._is_row(row):
                behind = next((i for i in range(at + 1, behind) if self._goes_on(at, i)), at)
                if behind == at:
                    return
                row = self._short(at, behind)
            yield Row(tuple(row)), behind
            at = behind

    def _heads_group(self, at: int) -> bool:
        """Whether a cell alone stands over the rows behind it."""
        following = _spans(self.cells, at + 1, self.grid.width)
        return bool(following) and not _is_figure(self.cells, at, self.norm) and self._is_row(following)

    def _goes_on(self, at: int, behind: int) -> bool:
        """Whether the cells up to `behind` may be a row with empty cells: a name and figures, a whole row after it."""
        following = _spans(self.cells, behind, self.grid.width)
        if behind - at <= self.names or not following or not self._is_row(following):
            return False
        return _is_figure(self.cells, behind - 1 - self.tail, self.norm)

    def _short(self, at: int, behind: int) -> list[Range]:
        own = _spans(self.cells, at, behind - at)
        edge = own[-1][1]
        told = [*own[: self.names], (own[self.names][0], own[-1 - self.tail][1])]
        rest = own[len(own) - self.tail :] if self.tail else []
        return [*told, *[(edge, edge)] * (self.grid.width - len(told) - len(rest)), *rest]

    def _is_row(self, row: Sequence[Range]) -> bool:
        figures = range(self.names, self.names + self.grid.size)
        return all(
            _FIGURE.fullmatch(_text(cell, self.norm)) is not None
            if j in figures
            else self._is_name(cell, number=j == 0 and self.names > 1)
            for j, cell in enumerate(row)
        )

    def _is_name(self, cell: Range, *, number: bool) -> bool:
        text = _text(cell, self.norm)
        if not text or len(text) > _LONGEST_CELL:
            return False
        return number or _YEAR.fullmatch(text) is not None or not _FIGURE.fullmatch(text)
