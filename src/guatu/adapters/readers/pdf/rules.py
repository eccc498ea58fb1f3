"""The horizontal and vertical lines drawn on a page."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.pdf.frame import Box, Frame

_THIN = 0.25
"""Letters up to which a drawn shape counts as a line: a page may be drawn in any unit, and its letters tell which."""
_SHORTEST = 0.2
"""Letters that a line is long at least: a stroke through a single 1."""
_OF_A_TABLE = 0.5
"""The same of a line of a table."""
_SEGMENTS = 4000
"""Path segments of one object that are looked at: beyond it is a drawing or a map, not a table."""


class Rule(msgspec.Struct, gc=False):
    """A horizontal or vertical line from `start` to `end` at `at`."""

    horizontal: bool
    at: float
    start: float
    end: float


def rules(page: Any, shape: Frame) -> list[Rule]:
    """The horizontal and vertical lines drawn on a page, thin rectangles included."""
    import pypdfium2.raw as pdfium

    found: list[Rule] = []
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        for x0, y0, x1, y1 in _strokes(pdfium, drawn, _THIN * shape.letter):
            found.extend(_rule(shape.box(x0, y0, x1, y1), shape.letter))
    return found


def of_tables(found: Sequence[Rule], letter: float) -> list[Rule]:
    """Those of the lines of a page that may border a cell."""
    return [rule for rule in found if rule.end - rule.start >= _OF_A_TABLE * letter]


def _strokes(pdfium: Any, path: Any, thin: float) -> Iterator[Box]:
    """Each straight stroke of a path, or its whole extent where that is thin."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    if min(right.value - left.value, top.value - bottom.value) <= thin:
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


def _rule(box: Box, letter: float) -> Iterator[Rule]:
    left, top, right, bottom = box
    if bottom - top <= _THIN * letter and right - left >= _SHORTEST * letter:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= _THIN * letter and bottom - top >= _SHORTEST * letter:
        yield Rule(False, (left + right) / 2, top, bottom)
