"""Characters set side by side become lines."""

import statistics
from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.pdf.frame import Glyph

_SAME_LINE = 0.5
"""Share of its height by which a character must overlap a line to stand on it."""
_GAP_LATIN = 0.22
_GAP_WIDE = 0.75
"""Empty space, in characters, that stands for a space between Latin letters, and anywhere else."""


class Line(msgspec.Struct):
    """One line of a page, or of a cell; `number` counts the lines of the page from 1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int = 0
    number: int = 0

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from top to bottom."""
    rows: list[list[Glyph]] = []
    tops: list[float] = []
    bottoms: list[float] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.top + glyph.bottom) / 2):
        if rows:
            height = min(glyph.bottom - glyph.top, bottoms[-1] - tops[-1])
            if min(glyph.bottom, bottoms[-1]) - max(glyph.top, tops[-1]) > _SAME_LINE * height:
                rows[-1].append(glyph)
                continue
        rows.append([glyph])
        tops.append(glyph.top)
        bottoms.append(glyph.bottom)
    return [_line(row) for row in rows]


def _line(row: list[Glyph]) -> Line:
    row.sort(key=lambda glyph: glyph.left)
    size = statistics.median(glyph.size for glyph in row)
    text, last = "", None
    for glyph in row:
        if last is not None:
            latin = glyph.text.isascii() and last.text.isascii()
            text += " " if glyph.left - last.right > (_GAP_LATIN if latin else _GAP_WIDE) * size else ""
        text += glyph.text
        last = glyph
    top = statistics.median(glyph.top for glyph in row)
    bottom = statistics.median(glyph.bottom for glyph in row)
    return Line(text, row[0].left, top, max(glyph.right for glyph in row), bottom, size)


def number_lines(found: Sequence[Line], page: int) -> None:
    """Give each line its page and its number; what stands at one height, in cells side by side, has one number."""
    number, lowest = 0, float("-inf")
    for line in sorted(found, key=lambda line: line.middle):
        if line.middle > lowest:
            number += 1
            lowest = line.middle + _SAME_LINE * (line.bottom - line.top)
        line.page, line.number = page, number
