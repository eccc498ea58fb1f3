"""Letters that a line strikes through, drawn on the page or put there as an annotation; and what is noted beside them.

A line strikes letters through where it runs at half their height and no further than they do. One below is an
underline, one that goes on a border.
"""

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.pdf.frame import Box, Frame, Glyph
from guatu.adapters.readers.pdf.rules import Rule

_UPPER, _LOWER = 0.3, 0.72
"""Shares of the height of a letter between which a line through it runs."""
_COVERED = 0.6
"""Share of its width that a struck letter has under the line."""
_BEYOND = 0.6
"""Letters by which a line may go on beyond those that it strikes through."""


def unstruck(
    glyphs: Sequence[Glyph], rules: Sequence[Rule], marked: Sequence[Box]
) -> tuple[list[Glyph], list[Glyph], list[Rule]]:
    """The glyphs, those without text that are struck through; these as they were; and the lines that strike none."""
    struck: set[int] = set()
    others: list[Rule] = []
    # Of thousands of glyphs a line meets those that end a little below it.
    by_height = sorted(range(len(glyphs)), key=lambda index: glyphs[index].bottom)
    bottoms = [glyphs[index].bottom for index in by_height]
    highest = max((glyph.bottom - glyph.top for glyph in glyphs), default=0.0)
    for rule in rules:
        near = by_height[bisect_left(bottoms, rule.at) : bisect_right(bottoms, rule.at + highest)]
        crossed = [index for index in near if _crosses(rule, glyphs[index])] if rule.horizontal else []
        if crossed and _ends_with(rule, [glyphs[index] for index in crossed]):
            struck.update(crossed)
        else:
            others.append(rule)
    for index, glyph in enumerate(glyphs):
        x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        if any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in marked):
            struck.add(index)
    if not struck:
        return list(glyphs), [], others
    # What is struck keeps its place: without it its neighbours would stand apart like words.
    standing = [
        msgspec.structs.replace(glyph, text="") if index in struck else glyph for index, glyph in enumerate(glyphs)
    ]
    return standing, [glyphs[index] for index in sorted(struck)], others


def _crosses(rule: Rule, glyph: Glyph) -> bool:
    height = glyph.bottom - glyph.top
    if not glyph.top + _UPPER * height <= rule.at <= glyph.top + _LOWER * height:
        return False
    under = min(glyph.right, rule.end) - max(glyph.left, rule.start)
    return under >= _COVERED * (glyph.right - glyph.left)


def _ends_with(rule: Rule, crossed: Sequence[Glyph]) -> bool:
    beyond = _BEYOND * max(glyph.size for glyph in crossed)
    first, last = min(glyph.left for glyph in crossed), max(glyph.right for glyph in crossed)
    return first - rule.start <= beyond and rule.end - last <= beyond


def annotations(page: Any, shape: Frame) -> Iterator[tuple[list[Box], str]]:
    """The boxes that each stroke of an annotation covers, and the words of one that says something beside the text."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        found = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kind = pdfium.FPDFAnnot_GetSubtype(found)
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            yield list(_boxes(pdfium, found, shape)), ""
        elif kind in (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT):
            yield [], _contents(pdfium, found)
        pdfium.FPDFPage_CloseAnnot(found)


def _boxes(pdfium: Any, annotation: Any, shape: Frame) -> Iterator[Box]:
    corners = pdfium.FS_QUADPOINTSF()
    for index in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, index, ctypes.byref(corners)):
            across = corners.x1, corners.x2, corners.x3, corners.x4
            up = corners.y1, corners.y2, corners.y3, corners.y4
            yield shape.box(min(across), min(up), max(across), max(up))


def _contents(pdfium: Any, annotation: Any) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(
        annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
