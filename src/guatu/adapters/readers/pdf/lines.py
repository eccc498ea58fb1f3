"""Characters set side by side become lines."""

import statistics
from collections.abc import Sequence
from itertools import groupby

import msgspec

from guatu.adapters.readers.base.raised import is_note_mark, lowered, raised
from guatu.adapters.readers.pdf.frame import Glyph

_SAME_LINE = 0.5
"""Share of its height by which a character must overlap a line to stand on it."""
_GAP_LATIN = 0.22
_GAP_WIDE = 0.75
"""Empty space, in characters, that stands for a space between Latin letters, and anywhere else."""
_SMALL = 0.88
"""Share of the size of a line up to which a letter may be raised or lowered; larger ones are only set out of line."""
_OFF = 0.2
"""Share of the height of a line by which it then stands off."""


class Line(msgspec.Struct):
    """One line of a page, or of a cell; `number` counts the lines of the page from 1.

    `marks` are those letters of it that point to notes and are not in its text.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    page: int = 0
    number: int = 0
    marks: str = ""

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Lines from top to bottom; one whose letters all are without text is none."""
    return [line for row in rows_of(glyphs) if (line := _line(row)).text or line.marks]


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs of each line, the lines from top to bottom."""
    rows: list[list[Glyph]] = []
    # The largest letter of a line so far stands for it: its first may be a raised figure, with which a lowered one
    # shares no height.
    largest: Glyph | None = None
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.top + glyph.bottom) / 2):
        if largest is not None:
            height = min(glyph.bottom - glyph.top, largest.bottom - largest.top)
            if min(glyph.bottom, largest.bottom) - max(glyph.top, largest.top) > _SAME_LINE * height:
                rows[-1].append(glyph)
                largest = glyph if glyph.size > largest.size else largest
                continue
        rows.append([glyph])
        largest = glyph
    return rows


def _line(row: list[Glyph]) -> Line:
    row.sort(key=lambda glyph: glyph.left)
    size = statistics.median(glyph.size for glyph in row)
    top = statistics.median(glyph.top for glyph in row)
    bottom = statistics.median(glyph.bottom for glyph in row)
    line = Line("", row[0].left, top, max(glyph.right for glyph in row), bottom, size)
    last: Glyph | None = None
    for height, run in groupby(row, key=lambda glyph: _height(glyph, line)):
        letters = ""
        for glyph in run:
            letters += _between(last, glyph, size) + glyph.text
            last = glyph
        if height == 0:
            line.text += letters
        elif height < 0:
            line.text += lowered(letters, line.text)
        elif is_note_mark(letters, line.text):
            line.marks += letters
        else:
            line.text += raised(letters, line.text)
    return line


def _between(last: Glyph | None, glyph: Glyph, size: float) -> str:
    if last is None:
        return ""
    latin = glyph.text.isascii() and last.text.isascii()
    return " " if glyph.left - last.right > (_GAP_LATIN if latin else _GAP_WIDE) * size else ""


def _height(glyph: Glyph, line: Line) -> int:
    """1 for a small letter above the baseline, -1 for one that hangs below the others, 0 for all that stand on it."""
    if glyph.size > _SMALL * line.size:
        return 0
    step = _OFF * (line.bottom - line.top)
    return int(glyph.bottom < line.bottom - step) - int(glyph.top > line.top + step and glyph.bottom >= line.bottom)


def number_lines(found: Sequence[Line], page: int) -> None:
    """Give each line its page and its number; what stands at one height, in cells side by side, has one number."""
    number, lowest = 0, float("-inf")
    for line in sorted(found, key=lambda line: line.middle):
        if line.middle > lowest:
            number += 1
            lowest = line.middle + _SAME_LINE * (line.bottom - line.top)
        line.page, line.number = page, number
