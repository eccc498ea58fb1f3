"""What the columns of a table hold, by the words of their heads and by what stands below them.

A head may stand in several rows, the upper one over several columns (分工 over 牵头 and 配合). Words decide where they
are known; where they are not, the cells do: names of units, times, running numbers, figures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.times import TIME
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.outline.column_words import LONGEST_NAME, NOBODY, STANDING, UNIT_NAME, ColumnKind, kind_of_head
from guatu.core.plan.outline.grids import across
from guatu.core.plan.outline.markers import marker_at, numeral
from guatu.core.plan.outline.model import Range, Row, Table

ROLES: Final = ("lead", "responsible", "support")
_UNIT_COLUMN: Final = regex(r"^(?:单位|单位名称)$")
_HEAD_ROWS: Final = 4
_MOST_LOOKED_AT: Final = 60
"""Rows that are enough to see what a column holds."""
_ENOUGH: Final = 0.7
_FIGURE: Final = regex(
    r"[≥≤<>=约]?(?:[\d,.]+|[一二三四五六七八九十百千万两]+)(?:%|‰|[\u4e00-\u9fff/]{1,5})?(?:以上|以下|以内|左右)?$"
)


class Column(msgspec.Struct, frozen=True):
    """A column: its head in one line, what it holds, and whether that was guessed from its cells alone."""

    index: int
    head: str
    kind: ColumnKind
    guessed: bool = False
    year: str | None = None
    """Of a column of goals for a year."""


class Columns(msgspec.Struct, frozen=True):
    """The columns of a table and the number of rows that are its head."""

    all: tuple[Column, ...]
    head_rows: int

    def of(self, *kinds: ColumnKind) -> list[Column]:
        return [column for column in self.all if column.kind in kinds]

    def first(self, kind: ColumnKind) -> int | None:
        return next((column.index for column in self.all if column.kind == kind), None)


def columns_of(table: Table, norm: str) -> Columns:
    """What each column of a table holds; without a head all is seen by the cells."""
    head_rows = _count_head_rows(table, norm)
    heads = [_head(table, head_rows, j, norm) for j in range(table.width)]
    body = table.rows[head_rows:]
    kept = [row for row in body if not is_sum(row, norm)][:_MOST_LOOKED_AT]
    return Columns(tuple(_column(j, head, kept, norm) for j, head in enumerate(heads)), head_rows)


def words(norm: str, cell: Range) -> str:
    """The words of a cell without blanks and line breaks."""
    return "".join(norm[slice(*cell)].split())


_SUM: Final = regex(r"(?:全[县市区镇乡])?(?:合 ?计|总 ?计|小 ?计|共 ?计)(?:[:：(]|$)")


def is_sum(row: Row, norm: str) -> bool:
    """A row of totals: the word stands in one of its first two cells."""
    return any(_SUM.match(norm[slice(*cell)].strip()) for cell in row.cells[:2])


def _count_head_rows(table: Table, norm: str) -> int:
    """Rows of heads at the top: the first with two known words, and those that it or a head above reaches into."""
    rows = table.rows[:_HEAD_ROWS]
    said = table.head_rows if table.head_rows < len(table.rows) else 0
    first = next(
        (i for i, row in enumerate(rows) if _known(row, norm) >= 2 or (i == 0 and _names_columns(row, norm))), None
    )
    if first is None:
        return said or int(_stands_out(table, norm))
    last = first
    while last + 1 < min(len(table.rows) - 1, first + _HEAD_ROWS) and _reaches(
        table.rows[first], table.rows[last + 1], norm
    ):
        last += 1
    return max(last + 1, said)


def _known(row: Row, norm: str) -> int:
    """How many cells are words of heads; none where one of them begins as an item does or is a name of a unit."""
    texts = [words(norm, cell) for cell in row.cells]
    if any(marker_at(norm, *cell) for cell in row.cells[:2] if cell[0] < cell[1]):
        return 0
    return sum(kind_of_head(text) != "unknown" or bool(_UNIT_COLUMN.match(text)) for text in texts)


def _names_columns(row: Row, norm: str) -> bool:
    """A first row of short words of which one says who or when: 主攻方向, 抓手, 县直单位."""
    kinds = {kind_of_head(words(norm, cell)) for cell in row.cells}
    return _is_plain(row, norm) and bool(kinds & {*ROLES, "deadline", "number"})


def _is_plain(row: Row, norm: str) -> bool:
    """Short words in each cell, no figures, no sentences."""
    texts = [words(norm, cell) for cell in row.cells]
    return len(texts) > 1 and all(text and len(text) <= _LONGEST_WORD and not _NO_WORD.search(text) for text in texts)


def _stands_out(table: Table, norm: str) -> bool:
    """Whether a first row of words nobody knows is a head: it is plain, names no unit, and no row below is as plain."""
    first, *below = table.rows
    if not below or not _is_plain(first, norm) or any(are_units(norm, *cell) for cell in first.cells):
        return False
    return not any(_is_plain(row, norm) for row in below[:_MOST_LOOKED_AT])


_LONGEST_WORD: Final = 10
_NO_WORD: Final = regex(r"[\d,。;:、]")


def _reaches(head: Row, below: Row, norm: str) -> bool:
    """Whether the row below a head is head as well: a cell is merged into it, or it only divides upper heads."""
    own = [j for j, cell in enumerate(below.cells) if cell[0] < cell[1]]
    if head.covering and below.covering:
        return (
            any(head.seen(j) == below.seen(j) and head.seen(j)[0] < head.seen(j)[1] for j in range(len(below.cells)))
            and bool(own)
            and all(kind_of_head(words(norm, below.cells[j])) != "unknown" for j in own)
        )
    if len(own) < 2 or any(kind_of_head(words(norm, below.cells[j])) == "unknown" for j in own):
        return False
    return any(j < len(head.cells) and head.cells[j][0] == head.cells[j][1] for j in own)


def _head(table: Table, head_rows: int, column: int, norm: str) -> str:
    """The words of a head from top to bottom; without merged cells an upper head reaches right over empty ones."""
    parts: list[str] = []
    for i, row in enumerate(table.rows[:head_rows]):
        text = words(norm, row.seen(column))
        if not text and not row.covering and i + 1 < head_rows:
            text = _left_of(row, column, norm) if words(norm, table.rows[i + 1].seen(column)) else ""
        if text and text not in parts:
            parts.append(text)
    return "/".join(parts)


def _left_of(row: Row, column: int, norm: str) -> str:
    return next(
        (text for j in range(column - 1, -1, -1) if j < len(row.cells) and (text := words(norm, row.cells[j]))), ""
    )


def _column(index: int, head: str, body: Sequence[Row], norm: str) -> Column:
    """A column by its head from the lowest word upwards, else by its cells."""
    parts = head.split("/")
    for part in (*reversed(parts), "".join(parts)):
        kind = kind_of_head(part)
        if kind == "task" and _are_figures(index, body, norm):
            kind = "target"
        if kind != "unknown":
            return Column(index, head, kind, year=_year(part) if kind == "year" else None)
    if head and _UNIT_COLUMN.match(parts[-1]):
        return Column(index, head, "responsible" if seen_kind(index, body, norm) == "responsible" else "measure")
    return Column(index, head, seen_kind(index, body, norm), guessed=True)


def _are_figures(index: int, body: Sequence[Row], norm: str) -> bool:
    """Whether figures stand below a head that says 任务: so much is to be done."""
    filled = [text for row in body if not across(row) and (text := words(norm, row.seen(index)))]
    return bool(filled) and all(map(_FIGURE.match, filled))


def _year(head: str) -> str | None:
    return head[:4] if head[:4].isdecimal() else None


def seen_kind(index: int, body: Sequence[Row], norm: str) -> ColumnKind:
    """What the cells of a column look like, where most of them look alike."""
    cells = {row.seen(index) for row in body}
    filled = [cell for cell in cells if not NOBODY.match(words(norm, cell))]
    if not filled:
        return "unknown"
    found = Counter(kind for cell in filled for kind in _looks(norm, cell))
    kind, count = found.most_common(1)[0] if found else ("unknown", 0)
    return kind if count >= _ENOUGH * len(filled) else "unknown"


def _looks(norm: str, cell: Range) -> Iterator[ColumnKind]:
    text = words(norm, cell)
    if numeral(text.rstrip(".、")):
        yield "number"
    elif _FIGURE.match(text):
        yield "target"
    elif are_units(norm, *cell):
        yield "responsible"
    elif is_time(norm, *cell):
        yield "deadline"


def are_units(norm: str, start: int, end: int) -> bool:
    """Whether a cell is names of units and nothing else."""
    named = list(split_units(norm, start, end))
    return bool(named) and all(len(name) <= LONGEST_NAME and UNIT_NAME.search(name) for name, _, _ in named)


def is_time(norm: str, start: int, end: int) -> bool:
    """Whether a cell is a time and little else."""
    text = norm[start:end].strip()
    rest = TIME.without(text)
    return (len(rest) < len(text) and len(rest.strip("。,;、()完成前底 ")) <= _LITTLE) or bool(STANDING.fullmatch(text))


_LITTLE: Final = 3
