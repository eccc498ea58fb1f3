"""Columns of running text: a page in two or three of them is read down one after the other, not across.

Between columns lies a gutter, free of letters over many lines. So it does between the cells of a table without rules;
but the lines of a column are full, one as wide as the other, where cells are as wide as their words.
"""

import statistics
from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.pdf.frame import Glyph
from guatu.adapters.readers.pdf.lines import Line, lines
from guatu.adapters.readers.pdf.spaced import spaced_tables
from guatu.adapters.readers.pdf.tables import Table

_BIN = 0.25
"""Letters that one place across the page is wide."""
_GUTTER = 1.0
"""Letters that a gutter is wide at least."""
_NARROWEST = 10.0
"""Letters of a column's width."""
_FEWEST = 4
"""Lines of a column."""
_FULL = 0.75
"""Share of its column that a full line takes; of the lines of a column, more than half are full but the last ones of
paragraphs."""
_INKED = 0.85
"""Share of its width that the letters of a line take; between the cells of a row there are gaps."""
_DEEPEST = 8


class Part(msgspec.Struct):
    """Lines that are read from top to bottom before the next part, and the tables without lines among them; `column`
    tells that they stand beside others."""

    lines: list[Line]
    column: bool = False
    tables: list[Table] = []

    @property
    def width(self) -> float:
        lefts, rights = [line.left for line in self.lines], [line.right for line in self.lines]
        return max(rights, default=0.0) - min(lefts, default=0.0)


def parts(glyphs: Sequence[Glyph], letter: float) -> list[Part]:
    """The parts of a page in the order in which they are read."""
    return _parts(list(glyphs), letter, False, 0)


def _parts(glyphs: list[Glyph], letter: float, column: bool, depth: int) -> list[Part]:
    found = _gutter(glyphs, letter) if depth < _DEEPEST and len(glyphs) > 2 * _NARROWEST * _FEWEST else None
    if found is None:
        return [_part(glyphs, letter, column)] if glyphs else []
    across, top, bottom = found
    above = [glyph for glyph in glyphs if _middle(glyph) < top]
    below = [glyph for glyph in glyphs if _middle(glyph) > bottom]
    band = [glyph for glyph in glyphs if top <= _middle(glyph) <= bottom]
    left = [glyph for glyph in band if glyph.right <= across]
    right = [glyph for glyph in band if glyph.right > across]
    if not (_is_column(left, letter) and _is_column(right, letter)):
        return [_part(glyphs, letter, column)]
    return [
        *_parts(above, letter, column, depth + 1),
        *_parts(left, letter, True, depth + 1),
        *_parts(right, letter, True, depth + 1),
        *_parts(below, letter, column, depth + 1),
    ]


def _part(glyphs: Sequence[Glyph], letter: float, column: bool) -> Part:
    tables, rest = spaced_tables(glyphs, letter)
    return Part(lines(rest), column, tables)


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _gutter(glyphs: Sequence[Glyph], letter: float) -> tuple[float, float, float] | None:
    """The place across the page that stays free over the largest height with letters on both sides: its position, and
    the upper and lower end of that height."""
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    first, last = left + _NARROWEST * letter, right - _NARROWEST * letter
    step = _BIN * letter
    if last <= first or step <= 0 or (last - first) / step > 4000:
        return None
    slabs = _slabs(glyphs, letter)
    half = _GUTTER * letter / 2
    taken = [_taken(slab, 2 * half) for slab in slabs]
    best: tuple[int, float, float, float] | None = None
    for place in (first + step * index for index in range(int((last - first) / step) + 1)):
        free = [all(end <= place - half or start >= place + half for start, end in spans) for spans in taken]
        for begin, stop in _runs(free):
            spans = [span for each in taken[begin:stop] for span in each]
            height = stop - begin
            if height < _FEWEST or (best is not None and height <= best[0]):
                continue
            if any(end <= place for _, end in spans) and any(start >= place for start, _ in spans):
                band = [_middle(glyph) for slab in slabs[begin:stop] for glyph in slab]
                best = height, place, min(band), max(band)
    return None if best is None else best[1:]


def _taken(slab: Sequence[Glyph], gap: float) -> list[tuple[float, float]]:
    """The ranges across the page that a slab fills; what lies closer than a gutter is one."""
    found: list[tuple[float, float]] = []
    for glyph in sorted(slab, key=lambda glyph: glyph.left):
        if found and glyph.left - found[-1][1] < gap:
            found[-1] = found[-1][0], max(found[-1][1], glyph.right)
        else:
            found.append((glyph.left, glyph.right))
    return found


def _slabs(glyphs: Sequence[Glyph], letter: float) -> list[list[Glyph]]:
    """The glyphs by height; in one slab may be parts of two lines, which a free place parts all the same."""
    found: list[list[Glyph]] = []
    edge = float("-inf")
    for glyph in sorted(glyphs, key=_middle):
        if _middle(glyph) > edge:
            found.append([])
            edge = _middle(glyph) + letter / 2
        found[-1].append(glyph)
    return found


def _runs(free: Sequence[bool]) -> list[tuple[int, int]]:
    runs, begin = [], None
    for index, is_free in enumerate([*free, False]):
        if is_free and begin is None:
            begin = index
        elif not is_free and begin is not None:
            runs.append((begin, index))
            begin = None
    return runs


def _is_column(glyphs: Sequence[Glyph], letter: float) -> bool:
    """Whether glyphs are lines of running text: enough of them, wide, and more than half of them full."""
    rows = lines(glyphs)
    if len(rows) < _FEWEST:
        return False
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    full = [row for row in rows if row.right - left >= _FULL * (right - left)]
    inked = sum(glyph.right - glyph.left for glyph in glyphs) >= _INKED * sum(row.right - row.left for row in rows)
    width = statistics.median(row.right - row.left for row in rows)
    return inked and 2 * len(full) > len(rows) and width >= _FULL * _NARROWEST * letter
