"""A page as it is shown: rotation is undone, positions count from its top left corner, y grows downwards.

The unit is that of the page, which need not be a point (a page may declare another, or be drawn in pixels of a scan).
So no distance of this reader is a number of units: each is a share of a letter, of a line or of the page.
"""

from typing import Any

import msgspec

Box = tuple[float, float, float, float]
USUAL_LETTER = 12.0
"""The letter of a page without text."""


class Glyph(msgspec.Struct, gc=False):
    """A glyph as it is shown: its character, or the several that it stands for, its box and the size of its letter."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class Frame(msgspec.Struct, frozen=True):
    """How positions on the page become positions on the page as shown; `letter` is the usual size of its letters."""

    width: float
    height: float
    rotation: int
    origin: tuple[float, float]
    letter: float = USUAL_LETTER

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Left, top, right, bottom of a rectangle."""
        if not self.rotation and x0 <= x1 and y0 <= y1:  # almost every glyph of almost every page
            x, y = self.origin
            return x0 - x, self.height - y1 + y, x1 - x, self.height - y0 + y
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.origin[0], y - self.origin[1]
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.width - y, self.height - x
        return x, self.height - y


def frame(page: Any, rotation: int) -> Frame:
    """The frame of a page that is turned clockwise by `rotation` degrees to be read."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    return Frame(*((height, width) if rotation in (90, 270) else (width, height)), rotation, (left, bottom))
