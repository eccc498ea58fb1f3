"""The glyphs of a page, with their positions as it is shown: what stands on it upright, each glyph once."""

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from guatu.adapters.readers.pdf.characters import Character, characters
from guatu.adapters.readers.pdf.frame import USUAL_LETTER, Frame, Glyph, frame
from guatu.adapters.readers.pdf.overprint import once

_QUARTER = math.pi / 2
_LARGEST_ANGLE = 0.2
"""Radians by which text may lean; watermarks lean more."""
_FLAT = 0.1
"""Share of its size below which the height of a glyph says nothing: its font has none."""
_ODD_SIZE = 3.0
"""How many times its height, or its part, the size of a glyph may be before the height is believed instead."""


class PageGlyphs(msgspec.Struct):
    """The glyphs of a page and what of its text is not among them.

    `unknown` counts the characters among the glyphs that the page's fonts give no meaning; `first_unknown` is one.
    """

    glyphs: list[Glyph]
    copies: list[Glyph]
    slanting: str
    unknown: int
    first_unknown: Glyph | None
    frame: Frame


def glyphs(page: Any) -> PageGlyphs:
    """The glyphs of a page in the order of its content.

    A page is turned so that most of its text stands upright: scans and wide tables are often filed on their side.
    """
    found = list(characters(page))
    angles = Counter(char.angle for char in found)
    upright = _upright(angles)
    shape = frame(page, (4 - upright) % 4 * 90)
    aslant = {angle for angle in angles if _slants(angle, upright)}
    straight = [char for char in found if char.angle not in aslant] if aslant else found
    slanting = "".join(char.text for char in found if char.angle in aslant) if aslant else ""
    placed = [_glyph(char, shape) for char in straight]
    first = next((glyph for char, glyph in zip(straight, placed, strict=True) if char.unknown), None)
    kept, copies = once(placed)
    shape = msgspec.structs.replace(shape, letter=_letter(kept))
    return PageGlyphs(kept, copies, slanting, sum(char.unknown for char in straight), first, shape)


def _upright(angles: Counter[float]) -> int:
    """The quarter turn at which most characters stand."""
    turned: Counter[int] = Counter()
    for angle, count in angles.items():
        turned[round(angle / _QUARTER) % 4] += count
    return turned.most_common(1)[0][0] if turned else 0


def _slants(angle: float, upright: int) -> bool:
    lean = (angle - upright * _QUARTER) % (4 * _QUARTER)
    return _LARGEST_ANGLE < lean < 4 * _QUARTER - _LARGEST_ANGLE


def _glyph(char: Character, shape: Frame) -> Glyph:
    left, top, right, bottom = shape.box(*char.box)
    if bottom - top < _FLAT * char.size:
        top = bottom - char.size
    height = bottom - top
    believed = height <= _ODD_SIZE * char.size and char.size <= _ODD_SIZE * height
    return Glyph(char.text, left, top, right, bottom, char.size if believed else height)


def _letter(found: Sequence[Glyph]) -> float:
    return statistics.median(glyph.size for glyph in found) or USUAL_LETTER if found else USUAL_LETTER


def has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=4))
