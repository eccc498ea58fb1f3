"""Tables found by their ruled lines.

Lines that touch form one table. Its distinct heights and widths cut it into small fields; fields with no line between
them are one cell. The text of a cell is given to its first field.
"""

from collections.abc import Iterable, Sequence

import msgspec

from guatu.adapters.readers.pdf.glyphs import Glyph, Rule
from guatu.adapters.readers.pdf.lines import Line, lines

_TOUCH = 3.0
"""Points within which lines count as touching or as the same."""
_COVERED = 0.5
"""Share of a field's side that must be ruled for it to be a border."""
_RULES = 3000
"""Lines of a page beyond which it is a drawing."""
_FIELDS = 20_000


class Table(msgspec.Struct):
    """Rows of cells, each cell the lines in it; and where on the page it stands."""

    rows: list[list[list[Line]]]
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def tables(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> list[Table]:
    """The tables of a page from top to bottom."""
    if not 4 <= len(rules) <= _RULES:
        return []
    found = [table for group in _touching(rules) if (table := _table(group, glyphs)) is not None]
    return sorted(found, key=lambda table: table.top)


def _touching(rules: Sequence[Rule]) -> list[list[Rule]]:
    parent = list(range(len(rules)))
    across = [i for i, rule in enumerate(rules) if rule.horizontal]
    down = [i for i, rule in enumerate(rules) if not rule.horizontal]
    for i in across:
        for j in down:
            if _meet(rules[i], rules[j]):
                parent[_root(parent, i)] = _root(parent, j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(_root(parent, i), []).append(rule)
    return list(groups.values())


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _meet(across: Rule, down: Rule) -> bool:
    return (
        across.start - _TOUCH <= down.at <= across.end + _TOUCH
        and down.start - _TOUCH <= across.at <= down.end + _TOUCH
    )


def _table(rules: list[Rule], glyphs: Sequence[Glyph]) -> Table | None:
    heights = _distinct(rule.at for rule in rules if rule.horizontal)
    widths = _distinct(rule.at for rule in rules if not rule.horizontal)
    rows, columns = len(heights) - 1, len(widths) - 1
    if rows < 1 or columns < 2 or rows * columns > _FIELDS:
        return None
    table = Table([], widths[0], heights[0], widths[-1], heights[-1])
    owner = _owners(rules, heights, widths)
    content: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if table.holds(glyph):
            row = _interval(heights, (glyph.top + glyph.bottom) / 2)
            column = _interval(widths, (glyph.left + glyph.right) / 2)
            content.setdefault(owner[row * columns + column], []).append(glyph)
    if len(content) < 2:
        return None
    table.rows = [[lines(content.get(row * columns + column, ())) for column in range(columns)] for row in range(rows)]
    table.rows = [row for row in table.rows if any(row)]
    return table


def _owners(rules: list[Rule], heights: list[float], widths: list[float]) -> list[int]:
    """For each field, the first field of its cell."""
    rows, columns = len(heights) - 1, len(widths) - 1
    parent = list(range(rows * columns))
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    for row in range(rows):
        for column in range(columns):
            field = row * columns + column
            if column and not _ruled(down, widths[column], heights[row], heights[row + 1]):
                _unite(parent, field - 1, field)
            if row and not _ruled(across, heights[row], widths[column], widths[column + 1]):
                _unite(parent, field - columns, field)
    return [_root(parent, field) for field in range(rows * columns)]


def _unite(parent: list[int], a: int, b: int) -> None:
    first, second = sorted((_root(parent, a), _root(parent, b)))
    parent[second] = first


def _ruled(rules: list[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= _TOUCH
    )
    return covered >= _COVERED * (end - start)


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _TOUCH:
            found.append(value)
    return found


def _interval(edges: list[float], value: float) -> int:
    for index in range(len(edges) - 2, 0, -1):
        if value >= edges[index]:
            return index
    return 0
