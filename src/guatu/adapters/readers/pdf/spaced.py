"""Tables without lines, whose cells only stand apart: columns of white run down through all of their rows.

Running text has no such columns: its lines are full, and what stands apart in one is together in the next. So a table
needs three columns and three rows. Where a row has cells of several lines, the rows lie further apart than those lines,
or the first column says where a row begins.
"""

import statistics
from collections.abc import Sequence
from itertools import pairwise

from guatu.adapters.readers.pdf.frame import Glyph
from guatu.adapters.readers.pdf.lines import lines, rows_of
from guatu.adapters.readers.pdf.tables import Box, Table

_APART = 1.0
"""Letters of white between two columns."""
_FEWEST = 3
"""Columns, and rows, of a table."""
_STEPS = 1.25
"""How much further than lines of one cell rows lie apart, as a factor, where that tells them."""
_FURTHEST = 5.0
"""Letters further down at which the next line of a table may stand."""
_Range = tuple[float, float]
_Row = list[Glyph]


def spaced_tables(glyphs: Sequence[Glyph], letter: float) -> tuple[list[Table], list[Glyph]]:
    """The tables among the glyphs of a part of a page, and the glyphs outside of them."""
    rows = rows_of(glyphs)
    found: list[Table] = []
    taken: set[int] = set()
    at = 0
    while at + _FEWEST <= len(rows):
        end, columns = _reach(rows, at, letter)
        table = _table(rows[at:end], columns) if columns else None
        if table is None:
            at += 1
            continue
        found.append(table)
        taken.update(id(glyph) for row in rows[at:end] for glyph in row)
        at = end
    return found, [glyph for glyph in glyphs if id(glyph) not in taken]


def _reach(rows: Sequence[_Row], first: int, letter: float) -> tuple[int, list[_Range]]:
    """How far down the columns of a row go on, and where they stand; no columns where that is no table."""
    columns = _ranges(rows[first], letter)
    head = len(columns)
    if head < _FEWEST:
        return first, []
    end = first + 1
    while end < len(rows) and _top(rows[end]) - _top(rows[end - 1]) <= _FURTHEST * letter:
        wider = _ranges([*rows[end], *_corners(rows[end], columns)], letter)
        if len(wider) != head:
            break
        columns = wider
        end += 1
    full = [row for row in rows[first:end] if len(_ranges(row, letter)) >= _FEWEST]
    return (end, columns) if len(full) >= _FEWEST else (first, [])


def _top(row: _Row) -> float:
    return min(glyph.top for glyph in row)


def _corners(row: _Row, columns: Sequence[_Range]) -> list[Glyph]:
    """The columns so far as if each were one wide glyph."""
    like = row[0]
    return [Glyph("", left, like.top, right, like.bottom, like.size) for left, right in columns]


def _ranges(row: Sequence[Glyph], letter: float) -> list[_Range]:
    """The ranges across the page that glyphs fill; what lies closer than columns do is one."""
    found: list[_Range] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if found and glyph.left - found[-1][1] < _APART * letter:
            found[-1] = found[-1][0], max(found[-1][1], glyph.right)
        else:
            found.append((glyph.left, glyph.right))
    return found


def _table(rows: Sequence[_Row], columns: list[_Range]) -> Table | None:
    groups = _groups(rows, columns)
    if len(groups) < _FEWEST:
        return None
    boxes = [[Box(lines(_within(group, column))) for column in columns] for group in groups]
    every = [glyph for row in rows for glyph in row]
    return Table(
        boxes, columns[0][0], min(g.top for g in every), columns[-1][1], max(g.bottom for g in every), spaced=True
    )


def _within(row: Sequence[Glyph], column: _Range) -> _Row:
    return [glyph for glyph in row if column[0] <= (glyph.left + glyph.right) / 2 <= column[1]]


def _groups(rows: Sequence[_Row], columns: list[_Range]) -> list[_Row]:
    """The lines of each row of the table together."""
    steps = [_top(below) - _top(above) for above, below in pairwise(rows)]
    closest = min(steps)
    near = [step for step in steps if step < _STEPS * closest]
    apart = [step >= _STEPS * statistics.median(near) for step in steps]
    by_step = _joined(rows, apart)
    # A cell in the middle of its row says nothing of where the row begins; then the white between rows must.
    if any(apart) and all(_within(group, columns[0]) for group in by_step):
        return by_step
    return _joined(rows, [bool(_within(row, columns[0])) for row in rows[1:]])


def _joined(rows: Sequence[_Row], begins: Sequence[bool]) -> list[_Row]:
    found = [list(rows[0])]
    for row, begin in zip(rows[1:], begins, strict=True):
        if begin:
            found.append(list(row))
        else:
            found[-1].extend(row)
    return found
