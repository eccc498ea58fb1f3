"""The characters of a page and the ruled lines drawn on it, with their positions.

Positions are in points from the top left corner of the page as it is shown: rotation is undone, y grows downwards.
"""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

_HYPHEN = 0x02
"""What PDFium reports for a hyphen at the end of a line."""
_QUARTER = math.pi / 2
_SURROGATES = (0xD800, 0xDFFF)
_PRIVATE = (0xE000, 0xF8FF)
_LARGEST_ANGLE = 0.2
"""Radians by which text may lean; watermarks lean more."""
_THIN = 3.0
"""Points up to which a drawn shape counts as a line."""
_SHORTEST = 6.0
_SEGMENTS = 4000
"""Path segments of one object that are looked at: beyond it is a drawing or a map, not a table."""


class Glyph(msgspec.Struct, gc=False):
    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


class _Raw(msgspec.Struct, gc=False):
    """A character as PDFium has it; `angle` grows clockwise, in radians."""

    char: str
    box: tuple[float, float, float, float]
    size: float
    angle: float
    unknown: bool


class Rule(msgspec.Struct, gc=False):
    """A horizontal or vertical line from `start` to `end` at `at`."""

    horizontal: bool
    at: float
    start: float
    end: float


class Frame(msgspec.Struct, frozen=True):
    """How positions on the page become positions on the page as shown."""

    width: float
    height: float
    rotation: int
    origin: tuple[float, float]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a rectangle."""
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


def glyphs(page: Any) -> tuple[list[Glyph], int, Frame]:
    """The characters of a page in the order of its content, without white space; how many of them have no known
    meaning; and how the page is turned.

    A page is turned so that most of its text stands upright: scans and wide tables are often filed on their side.
    """
    text = page.get_textpage()
    raw = list(_raw(text))
    text.close()
    turned = Counter(round(char.angle / _QUARTER) % 4 for char in raw)
    upright = turned.most_common(1)[0][0] if turned else 0
    shape = _frame(page, (4 - upright) % 4 * 90)
    found: list[Glyph] = []
    unknown = 0
    for char in raw:
        lean = (char.angle - upright * _QUARTER) % (4 * _QUARTER)
        if _LARGEST_ANGLE < lean < 4 * _QUARTER - _LARGEST_ANGLE:
            continue
        unknown += char.unknown
        left, top, right, bottom = shape.box(*char.box)
        found.append(Glyph(char.char, left, top, right, bottom, char.size if char.size > 1 else bottom - top))
    return found, unknown, shape


def _frame(page: Any, rotation: int) -> Frame:
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    return Frame(*((height, width) if rotation in (90, 270) else (width, height)), rotation, (left, bottom))


def _raw(text: Any) -> Iterator[_Raw]:
    import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or (code <= 0x20 and code != _HYPHEN):
            continue
        char = "-" if code == _HYPHEN else chr(code)
        if char.isspace():
            continue
        if _SURROGATES[0] <= code <= _SURROGATES[1]:
            char = "\ufffd"
        private = _PRIVATE[0] <= code <= _PRIVATE[1]
        unknown = private or char == "\ufffd" or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        yield _Raw(
            char,
            (box.left, box.bottom, box.right, box.top),
            pdfium.FPDFText_GetFontSize(text, index),
            pdfium.FPDFText_GetCharAngle(text, index),
            unknown,
        )


def has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4))


def rules(page: Any, shape: Frame) -> list[Rule]:
    """The horizontal and vertical lines drawn on a page, thin rectangles included."""
    import pypdfium2.raw as pdfium

    found: list[Rule] = []
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=1):
        for x0, y0, x1, y1 in _strokes(pdfium, drawn.raw):
            found.extend(_rule(*shape.box(x0, y0, x1, y1)))
    return found


def _strokes(pdfium: Any, path: Any) -> Iterator[tuple[float, float, float, float]]:
    """Each straight stroke of a path, or its whole extent where that is thin."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    if min(right.value - left.value, top.value - bottom.value) <= _THIN:
        yield left.value, bottom.value, right.value, top.value
        return
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    last = begin = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield *last, *here
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield *here, *begin


def _rule(left: float, top: float, right: float, bottom: float) -> Iterator[Rule]:
    if bottom - top <= _THIN and right - left >= _SHORTEST:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= _THIN and bottom - top >= _SHORTEST:
        yield Rule(False, (left + right) / 2, top, bottom)
