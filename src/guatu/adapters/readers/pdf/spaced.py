"""Tables without lines, whose cells only stand apart: columns of white run down through all of their rows.

Running text has no such columns: its lines are full, and what stands apart in one is together in the next. So a table
needs three columns and three rows. Where a row has cells of several lines, the rows lie further apart than those lines,
or the first column says where a row begins.
"""

from collections.abc import Sequence
from itertools import pairwise

from guatu.adapters.readers.pdf.frame import Glyph
from guatu.adapters.readers.pdf.lines import lines, rows_of
from guatu.adapters.readers.pdf.tables import Box, Table

_APART = 0.4
"""Letters of white between two heads of columns."""
_BETWEEN = 0.2
"""Letters of white that are left between two columns where their cells are widest."""
_FEWEST = 3
"""Columns, and rows, of a table."""
_STEPS = 1.4
"""How much further than lines of one cell rows lie apart, as a factor, where that tells them."""
_LEAST = 0.01
"""What is left of a step between lines at one height."""
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
    columns = _ranges(rows[first], _APART * letter)
    if len(columns) < _FEWEST:
        return first, []
    end = first + 1
    while end < len(rows) and _top(rows[end]) - _top(rows[end - 1]) <= _FURTHEST * letter:
        wider = _with_row(columns, _ranges(rows[end], _BETWEEN * letter), _BETWEEN * letter)
        if wider is None:
            break
        columns = wider
        end += 1
    return (end, columns) if end - first >= _FEWEST else (first, [])


def _with_row(columns: Sequence[_Range], pieces: Sequence[_Range], apart: float) -> list[_Range] | None:
    """The columns, wide enough for one row more; None where a piece of that lies in two of them, as a line of text."""
    wider = list(columns)
    for left, right in pieces:
        over = [index for index, (start, end) in enumerate(wider) if left < end and right > start]
        if len(over) > 1:
            return None
        # A cell wider than its head begins beside it: it belongs to the nearest.
        near = over or [min(range(len(wider)), key=lambda at: max(wider[at][0] - right, left - wider[at][1]))]
        start, end = wider[near[0]]
        wider[near[0]] = min(start, left), max(end, right)
    return wider if all(after[0] - before[1] >= apart for before, after in pairwise(wider)) else None


def _top(row: _Row) -> float:
    return min(glyph.top for glyph in row)


def _ranges(row: Sequence[Glyph], apart: float) -> list[_Range]:
    """The ranges across the page that glyphs fill; what lies closer is one."""
    found: list[_Range] = []
    for glyph in sorted(row, key=lambda glyph: glyph.left):
        if found and glyph.left - found[-1][1] < apart:
            found[-1] = found[-1][0], max(found[-1][1], glyph.right)
        else:
            found.append((glyph.left, glyph.right))
    return found


def _table(rows: Sequence[_Row], columns: list[_Range]) -> Table | None:
    groups = _groups(rows, columns)
    if len(groups) < _FEWEST:
        return None
    filled = [sum(bool(_within(group, column)) for column in columns) for group in groups]
    if sum(count >= _FEWEST for count in filled) < _FEWEST:
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
    ordered = sorted(max(step, _LEAST) for step in steps)
    wider, border = max((after / before, after) for before, after in pairwise([ordered[0], *ordered]))
    by_step = _joined(rows, [step >= border for step in steps])
    begun = [sum(1 for line in group if _within(line, columns[0])) for group in by_step]
    # A cell in the middle of its row says nothing of where the row begins; then the white between rows must.
    if wider >= _STEPS and all(count == 1 for count in begun):
        return [_together(group) for group in by_step]
    begins = [bool(_within(row, columns[0])) for row in rows[1:]]
    return [_together(group) for group in _joined(rows, begins)]


def _joined(rows: Sequence[_Row], begins: Sequence[bool]) -> list[list[_Row]]:
    found = [[rows[0]]]
    for row, begin in zip(rows[1:], begins, strict=True):
        if begin:
            found.append([row])
        else:
            found[-1].append(row)
    return found


def _together(rows: Sequence[_Row]) -> _Row:
    return [glyph for row in rows for glyph in row]
