"""A table of figures that was copied one cell a line: quotas of towns, goals by year.

The figures say where its rows begin: behind the name of each row stand as many of them as in the row before, so the
distance from the first to the first figure of the next row is the width of the table. Heads stand before the first row,
in one row or in two (年度目标 over 2026年, 2027年).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import kind_of_head
from guatu.core.plan.outline.figure_cells import BARE_YEAR, FIGURE, YEAR, Cells, is_figure, spans, text_of, value
from guatu.core.plan.outline.figure_heads import SUM, Division, divided, folded, with_total, with_units
from guatu.core.plan.outline.figure_rows import TOTAL, Rows, Shape
from guatu.core.plan.outline.laid import ROLES, fits
from guatu.core.plan.outline.markers import marker_at
from guatu.core.plan.outline.model import Range, Row, Table

_WHERE: Final = regex(
    r"地区|行政区划?|年度|年份|(?:各?(?:省|市|州|县|区|乡|镇)){1,3}(?:\([^()]{1,8}\))?|单位(?:名称)?|乡镇(?:\(街道\))?"
    r"|[省市州县区乡镇村][名别]|县\(市、区\)|区域|品种|类别|指标"
)
_MEASURED: Final = regex(r"[\u4e00-\u9fff]{2}\([\u4e00-\u9fff%]{1,4}\)$")
_DATED: Final = regex("年度|年份")
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


def figure_table(cells: Cells, at: int, norm: str) -> Stacked | None:
    """The table of figures whose heads begin at a cell."""
    if not may_begin(cells[at], norm):
        return None
    dated = _by_year(cells, at, norm)
    grid = None if dated else _grid(cells, at, norm)
    if grid is None:
        return dated
    best = _best(cells, at, grid, norm)
    # The title of a table is a short word as well: heads begin where most of them fit, as late as that may be.
    later = range(at + 1, at + 1 if best.folded else min(at + _MOST_TITLES + 1, grid.figures))
    if best.fit <= 0 or any(may_begin(cells[i], norm) and _best(cells, i, grid, norm).fit >= best.fit for i in later):
        return None
    rows = list(best.rows())
    if len(rows) < (_FEWEST_ROWS if best.told else _FEWEST_LOOSE_ROWS):
        return None
    heads = best.heads()
    table = Table(heads[0].start, rows[-1][0].end, (*heads, *(row for row, _ in rows)), head_rows=len(heads))
    return Stacked(table, rows[-1][1])


def _by_year(cells: Cells, at: int, norm: str) -> Stacked | None:
    """Rows of nothing but figures, the first of each a year: 年份, 造林面积(亩), 2026, 100, 2027, 120."""
    if not _DATED.fullmatch(text_of(cells[at], norm)):
        return None
    first = next(
        (i for i in range(at + 1, min(len(cells), at + _MOST_HEADS)) if BARE_YEAR.match(text_of(cells[i], norm))), at
    )
    width = first - at
    rows: list[Row] = []
    while width > 1 and (row := spans(cells, first + len(rows) * width, width)):
        year, *rest = (text_of(cell, norm) for cell in row)
        if not YEAR.fullmatch(year) or not all(map(FIGURE.fullmatch, rest)):
            break
        rows.append(Row(tuple(row)))
    if len(rows) < _FEWEST_ROWS:
        return None
    total = spans(cells, first + len(rows) * width, width)
    if (
        total
        and TOTAL.fullmatch(text_of(total[0], norm))
        and all(FIGURE.fullmatch(text_of(c, norm)) for c in total[1:])
    ):
        rows.append(Row(tuple(total)))
    head = Row(tuple(spans(cells, at, width)))
    return Stacked(Table(head.start, rows[-1].end, (head, *rows), head_rows=1), first + len(rows) * width)


def _best(cells: Cells, at: int, grid: _Grid, norm: str) -> "_Layout":
    return max((_Layout(cells, at, grid, names, norm) for names in range(1, _MOST_NAMES)), key=lambda one: one.fit)


def may_begin(cell: Range | Table, norm: str) -> bool:
    """Whether a cell may be the first head of a table of figures."""
    if isinstance(cell, Table) or cell[1] - cell[0] > 2 * _LONGEST_HEAD:
        return False
    text = text_of(cell, norm)
    return 0 < len(text) <= _LONGEST_HEAD and bool(_WHERE.fullmatch(text) or kind_of_head(text) != "unknown")


def _grid(cells: Cells, at: int, norm: str) -> _Grid | None:
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
            told = number > 1 or TOTAL.fullmatch(text_of(cells[i - 1], norm)) is not None
            abuts = told and stop - i > 1 and _numbers(cells[stop - 1], number, norm)
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


def _run(cells: Cells, at: int, norm: str) -> int:
    """Behind the figures that stand one behind the other from a cell on."""
    stop = at
    while stop < len(cells) and stop <= at + _MOST_COLUMNS and is_figure(cells, stop, norm):
        stop += 1
    return stop


def _numbers(cell: Range | Table, number: int, norm: str) -> bool:
    return text_of(cell, norm).rstrip(".、") == str(number)


def _is_group(cell: Range, norm: str) -> bool:
    marker = marker_at(norm, *cell)
    return marker is not None and marker.kind in ("一、", "(一)", "章")


class _Layout:
    """The columns of the table, with so many of names before its figures."""

    def __init__(self, cells: Cells, at: int, grid: _Grid, names: int, norm: str) -> None:
        self.cells, self.grid, self.names, self.norm = cells, grid, names, norm
        whole = names > 1 and TOTAL.fullmatch(text_of(cells[grid.figures - 1], norm)) is not None
        self.first = grid.figures - (1 if whole else names)
        """The first cell of the first row, which has no number where it is one of totals."""
        self.sample = grid.figures - names + (grid.width if whole else 0)
        """The first cell of the first row that has all of its cells."""
        head = [cell for cell in cells[at : self.first] if not isinstance(cell, Table)]
        while head and (_is_group(head[-1], norm) or self._is_year_of_rows(head)):
            self.first -= 1
            del head[-1]
        self.tail = grid.width - grid.size - names
        self.head = with_units(head, self._texts(head))
        self.remark = self._remark()
        block = folded(self.head, self._texts(self.head), grid.width)
        self.folded = block is not None
        """Its heads stand several times side by side."""
        self.head = block or self._with_total() or self.head
        self.texts = self._texts(self.head)
        self.upper = len(self.head) - grid.width
        self.told = any(YEAR.fullmatch(text) or _MEASURED.search(text) for text in self.texts)
        self.division = self._division()
        self.fit = self._fit()

    def _is_year_of_rows(self, head: Sequence[Range]) -> bool:
        """Whether the last head is a year over the rows below it: the only one, and one more than there are columns."""
        *others, last = self._texts(head)
        return (
            len(others) == self.grid.width and YEAR.fullmatch(last) is not None and not any(map(YEAR.fullmatch, others))
        )

    def _texts(self, cells: Sequence[Range]) -> list[str]:
        return [text_of(cell, self.norm) for cell in cells]

    def _with_total(self) -> list[Range] | None:
        return with_total(self.head, self._texts(self.head), self.names, self.grid.size, self.tail, self._values())

    def _remark(self) -> Range | None:
        """The head of remarks, taken out of the others, where the first rows have none."""
        at = next((i for i, text in enumerate(self._texts(self.head)) if kind_of_head(text) == "remark"), None)
        return None if at is None or self.tail or len(self.head) <= self.grid.width else self.head.pop(at)

    def _division(self) -> Division | None:
        """How the heads stand over the columns; None where they are too few or too many."""
        plain = all(
            len(text) <= _LONGEST_HEAD and (YEAR.fullmatch(text) or not FIGURE.fullmatch(text)) for text in self.texts
        )
        if self.tail < 0 or self.upper < 0 or not self.head or not plain or self.upper > self.grid.size // 2:
            return None
        return divided(self.texts, self.names, self.grid.size, self.tail, self._values())

    def _values(self) -> list[list[float]]:
        """The figures of the first rows, of those that have all of theirs."""
        size, width = self.grid.size, self.grid.width
        starts = range(self.grid.figures, min(len(self.cells), self.grid.figures + _GROUPS * width) - size + 1, width)
        rows = [[value(cell, self.norm) for cell in self.cells[i : i + size]] for i in starts]
        return [[one for one in row if one is not None] for row in rows if None not in row]

    def _fit(self) -> int:
        """How many heads fit what stands below them."""
        if self.division is None:
            return 0
        columns = [self.texts[top if low is None else low] for top, low in zip(*self.division, strict=True)]
        figures = range(self.names, self.names + self.grid.size)
        fit = sum(self._counts(columns[j]) for j in figures)
        fit += sum(self._agrees(j, text) for j, text in enumerate(columns) if j not in figures)
        return max(0, fit)

    def _agrees(self, j: int, head: str) -> int:
        """Whether what stands in a column of the first row is what its head says; behind the figures it has to be."""
        cell, kind = self._sampled(j), kind_of_head(head)
        if j < self.names and TOTAL.fullmatch(cell) and not YEAR.fullmatch(head):
            return 0
        if kind in ROLES or kind in ("number", "measure"):
            return 2 if fits(cell, kind) else -3
        return -2 if (j >= self.names and kind != "remark") or YEAR.fullmatch(head) else 0

    def _sampled(self, column: int) -> str:
        at = self.sample + column
        return text_of(self.cells[at], self.norm) if at < len(self.cells) else ""

    def _counts(self, text: str) -> int:
        if YEAR.fullmatch(text) or SUM.fullmatch(text) or kind_of_head(text) in ("target", "money"):
            return 2
        return -1 if kind_of_head(text) in _BEHIND else 1

    def heads(self) -> list[Row]:
        """One row of heads, or two where some stand over others."""
        top, below = self.division or Division(list(range(len(self.head))), [None] * len(self.head))
        remark = [self.remark] if self.remark else []
        if all(low is None for low in below):
            return [Row((*(self.head[t] for t in top), *remark))]
        edge = self.head[max(top)][1]
        end = self.head[-1][1]
        upper = [self.head[t] if i == 0 or top[i - 1] != t else (edge, edge) for i, t in enumerate(top)]
        lower = [self.head[b] if b is not None else (end, end) for b in below]
        return [Row((*upper, *remark)), Row((*lower, *[(end, end)] * len(remark)))]

    def rows(self) -> Iterator[tuple[Row, int]]:
        shape = Shape(self.names, self.grid.size, self.tail, self.remark is not None)
        return Rows(self.cells, shape, self.norm).read(self.first)
