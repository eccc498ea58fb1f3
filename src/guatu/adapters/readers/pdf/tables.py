"""Tables found by their ruled lines.

Lines that touch form one table. Its distinct heights and widths cut it into small fields; fields with no line between
them are one cell. The text of a cell is given to its first field.
"""

from collections.abc import Iterable, Sequence

import msgspec

from guatu.adapters.readers.pdf.frame import Glyph
from guatu.adapters.readers.pdf.lines import Line, lines
from guatu.adapters.readers.pdf.rules import Rule

_TOUCH = 0.25
"""Letters within which lines count as touching or as the same."""
_COVERED = 0.5
"""Share of a field's side that must be ruled for it to be a border."""
_RULES = 3000
"""Lines of a page beyond which it is a drawing."""
_FIELDS = 20_000


class Box(msgspec.Struct):
    """A field of a table: the lines of its cell and how far that reaches; `rows` is 0 where another cell reaches."""

    lines: list[Line]
    rows: int = 1
    columns: int = 1


Row = list[Box]


class Table(msgspec.Struct):
    """Rows of fields, and where on the page they stand."""

    rows: list[Row]
    left: float
    top: float
    right: float
    bottom: float
    spaced: bool = False
    """Found by the white between its columns, not by lines."""

    def holds(self, glyph: Glyph) -> bool:
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def tables(rules: Sequence[Rule], glyphs: Sequence[Glyph], letter: float) -> tuple[list[Table], list[Glyph]]:
    """The tables of a page from top to bottom, and the glyphs that stand in none.

    `letter` is the size of the page's letters. A glyph belongs to the smallest table around it, and to that alone.
    """
    rest = list(glyphs)
    if not 4 <= len(rules) <= _RULES:
        return [], rest
    touch = _TOUCH * letter
    found: list[Table] = []
    for group in sorted(_touching(rules, touch), key=_extent):
        if (table := _table(group, rest, touch)) is not None:
            found.append(table)
            rest = [glyph for glyph in rest if not table.holds(glyph)]
    return sorted(found, key=lambda table: table.top), rest


def _extent(rules: Sequence[Rule]) -> float:
    """Length of the longest line: of tables within each other, the inner one has the shorter."""
    return max(rule.end - rule.start for rule in rules)


def _touching(rules: Sequence[Rule], touch: float) -> list[list[Rule]]:
    parent = list(range(len(rules)))
    across = [i for i, rule in enumerate(rules) if rule.horizontal]
    down = [i for i, rule in enumerate(rules) if not rule.horizontal]
    for i in across:
        for j in down:
            if _meet(rules[i], rules[j], touch):
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


def _meet(across: Rule, down: Rule, touch: float) -> bool:
    return across.start - touch <= down.at <= across.end + touch and down.start - touch <= across.at <= down.end + touch


def _table(rules: list[Rule], glyphs: Sequence[Glyph], touch: float) -> Table | None:
    heights = _distinct((rule.at for rule in rules if rule.horizontal), touch)
    widths = _distinct((rule.at for rule in rules if not rule.horizontal), touch)
    rows, columns = len(heights) - 1, len(widths) - 1
    if rows < 1 or columns < 2 or rows * columns > _FIELDS:
        return None
    table = Table([], widths[0], heights[0], widths[-1], heights[-1])
    owner = _owners(rules, heights, widths, touch)
    content: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if table.holds(glyph):
            row = _interval(heights, (glyph.top + glyph.bottom) / 2)
            column = _interval(widths, (glyph.left + glyph.right) / 2)
            content.setdefault(owner[row * columns + column], []).append(glyph)
    if len(content) < 2:
        return None
    table.rows = _with_words(_boxes(owner, content, columns))
    return table


def _boxes(owner: list[int], content: dict[int, list[Glyph]], columns: int) -> list[Row]:
    """The fields of each row; a cell reaches as far as its last field."""
    last: dict[int, int] = {}
    for field, first in enumerate(owner):
        row, column = divmod(field, columns)
        below, beyond = divmod(last.get(first, field), columns)
        last[first] = max(row, below) * columns + max(column, beyond)
    # Fields that no line parts need not make a rectangle; the cell is then as wide and high as all of them.
    boxes = []
    for field, first in enumerate(owner):
        down, across = last[first] // columns - field // columns + 1, last[first] % columns - field % columns + 1
        boxes.append(Box(lines(content.get(field, ())), down, across) if field == first else Box([], 0, 1))
    return [boxes[at : at + columns] for at in range(0, len(boxes), columns)]


def _with_words(rows: list[Row]) -> list[Row]:
    """The rows that hold a line; a cell is as high as those of its rows are many."""
    kept = [any(box.lines for box in row) for row in rows]
    for number, row in enumerate(rows):
        for column, box in enumerate(row):
            reach = kept[number : number + box.rows]
            if box.rows > 1 and not reach[0] and not rows[number + 1][column].rows:
                rows[number + 1][column] = Box([], box.rows - 1, box.columns)
            box.rows = sum(reach)
    return [row for row, keep in zip(rows, kept, strict=True) if keep]


def _owners(rules: list[Rule], heights: list[float], widths: list[float], touch: float) -> list[int]:
    """For each field, the first field of its cell."""
    rows, columns = len(heights) - 1, len(widths) - 1
    parent = list(range(rows * columns))
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    for row in range(rows):
        for column in range(columns):
            field = row * columns + column
            if column and not _ruled(down, widths[column], heights[row], heights[row + 1], touch):
                _unite(parent, field - 1, field)
            if row and not _ruled(across, heights[row], widths[column], widths[column + 1], touch):
                _unite(parent, field - columns, field)
    return [_root(parent, field) for field in range(rows * columns)]


def _unite(parent: list[int], a: int, b: int) -> None:
    first, second = sorted((_root(parent, a), _root(parent, b)))
    parent[second] = first


def _ruled(rules: list[Rule], at: float, start: float, end: float, touch: float) -> bool:
    covered = sum(max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= touch)
    return covered >= _COVERED * (end - start)


def _distinct(values: Iterable[float], touch: float) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > touch:
            found.append(value)
    return found


def _interval(edges: list[float], value: float) -> int:
    for index in range(len(edges) - 2, 0, -1):
        if value >= edges[index]:
            return index
    return 0
