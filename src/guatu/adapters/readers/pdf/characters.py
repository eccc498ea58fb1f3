"""The text layer of a page as PDFium has it, with nothing dropped on the way.

PDFium takes a piece of text that stands on one of the five before it for a second print of that one and leaves it out.
It judges by the size in the font operator, which says nothing where a matrix scales the letters, and it does not tell.
So each piece is first moved to a place of its own, far from the seven before it, and read back from there; what is
printed twice is found, and counted, by `overprint`. It also leaves out a piece without ink, as one letter of the unseen
text of a scan is: such a piece is given an outline first.
"""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import msgspec

from guatu.adapters.readers.pdf.frame import Box

_HYPHEN = 0x02
"""What PDFium reports for a hyphen at the end of a line."""
_WHITE = frozenset((*range(9, 14), 0x20))
_UNKNOWN = "\ufffd"
_PRIVATE = (("\ue000", "\uf8ff"), ("\U000f0000", "\U0010ffff"))
_FULL_TURN = 2 * math.pi
_PLACES = 8
"""PDFium looks back five pieces of text, and seven characters."""
_NARROW = 0.02
"""PDFium leaves out a piece whose ink is narrower than 0.01, in the unit of the page."""
_DEPTH = 16
"""Forms within forms that are gone into."""
_Matrix = tuple[float, float, float, float]


class Character(msgspec.Struct, gc=False):
    """What one glyph stands for: a character, or several in a ligature.

    `box` is left, bottom, right, top on the page: the advance of the glyph by the height of its font. `size` is the
    size at which it is seen, 0 where its matrix is no use. `angle` is that of its baseline, clockwise, in radians.
    `unknown` counts its characters that the font gives no meaning.
    """

    text: str
    box: Box
    size: float
    angle: float
    unknown: int


class _Piece(msgspec.Struct, gc=False):
    """What the characters of one piece of text (a text object of PDFium) have in common."""

    address: int
    shift: tuple[float, float]
    size: float
    angle: float


def characters(page: Any) -> Iterator[Character]:
    """The characters of a page in the order of its content, without white space."""
    shifts = _spread(page)
    text = page.get_textpage()
    try:
        yield from _Reader(text, shifts).characters()
    finally:
        text.close()


class _Reader:
    def __init__(self, text: Any, shifts: dict[int, tuple[float, float]]) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text = text.raw  # the helper around it is asked for this at each call: a fifth of the time
        self._count = text.count_chars()
        self._shifts = shifts
        self._piece = _Piece(0, (0.0, 0.0), 0.0, 0.0)
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._to_box, self._to_matrix = ctypes.byref(self._box), ctypes.byref(self._matrix)

    def characters(self) -> Iterator[Character]:
        last, before = None, self._piece
        for index, char in self._visible():
            piece = self._piece_at(index)
            box = self._box_at(index, piece)
            unknown = self._is_unknown(char, index)
            if last is not None and piece is before and box == last.box:  # one glyph, of several characters
                last.text, last.unknown = last.text + char, last.unknown + unknown
                continue
            if last is not None:
                yield _whole(last)
            last, before = Character(char, box, piece.size, piece.angle, unknown), piece
        if last is not None:
            yield _whole(last)

    def _visible(self) -> Iterator[tuple[int, str]]:
        """The characters by their index, without white space and what PDFium puts in of its own."""
        text, unicode_at = self._text, self._pdfium.FPDFText_GetUnicode
        for index in range(self._count):
            code = unicode_at(text, index)
            if code > 0x20:
                if not (char := chr(code)).isspace():
                    yield index, char
            elif code not in _WHITE and (char := self._control(code, index)):
                yield index, char

    def _control(self, code: int, index: int) -> str:
        """What stands for a control character: a hyphen, an unknown character that can be seen, nothing."""
        if code == _HYPHEN and self._pdfium.FPDFText_IsHyphen(self._text, index) == 1:
            return "-"
        return _UNKNOWN if self._is_drawn(index) else ""

    def _is_drawn(self, index: int) -> bool:
        """Whether what the font calls a control character, or nothing, can be seen."""
        if self._pdfium.FPDFText_IsGenerated(self._text, index) == 1:
            return False
        sides = [ctypes.c_double() for _ in range(4)]
        self._pdfium.FPDFText_GetCharBox(self._text, index, *(ctypes.byref(side) for side in sides))
        left, right, bottom, top = (side.value for side in sides)
        smallest = (
            0.05 * self._piece_at(index).size
        )  # PDFium gives a glyph without ink a box all the same, but a flat one
        return right - left > smallest and top - bottom > smallest

    def _piece_at(self, index: int) -> _Piece:
        found = self._pdfium.FPDFText_GetTextObject(self._text, index)
        address = ctypes.addressof(found.contents) if found else 0
        if not address or address != self._piece.address:
            size, angle = self._size_and_angle(index)
            self._piece = _Piece(address, self._shifts.get(address, (0.0, 0.0)), size, angle)
        return self._piece

    def _size_and_angle(self, index: int) -> tuple[float, float]:
        """The size by the matrix that the letters are set with, and the direction in which they follow each other.

        A negative size turns the letters round, as a matrix does. One of a slanting face leaves the baseline as it is.
        """
        font = self._pdfium.FPDFText_GetFontSize(self._text, index)
        matrix = self._matrix
        self._pdfium.FPDFText_GetMatrix(self._text, index, self._to_matrix)
        along = math.hypot(matrix.a, matrix.b)
        if not along or not math.isfinite(along * font):
            return 0.0, 0.0
        height = abs(matrix.a * matrix.d - matrix.b * matrix.c) / along
        turn = math.copysign(1.0, font)
        return abs(font) * height, -math.atan2(matrix.b * turn, matrix.a * turn) % _FULL_TURN

    def _box_at(self, index: int, piece: _Piece) -> Box:
        box = self._box
        self._pdfium.FPDFText_GetLooseCharBox(self._text, index, self._to_box)
        x, y = piece.shift
        return box.left - x, box.bottom - y, box.right - x, box.top - y

    def _is_unknown(self, char: str, index: int) -> bool:
        if char >= _PRIVATE[0][0] and (char == _UNKNOWN or any(first <= char <= last for first, last in _PRIVATE)):
            return True
        return bool(self._pdfium.FPDFText_HasUnicodeMapError(self._text, index) == 1)


def _is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def _whole(character: Character) -> Character:
    """The character with the halves of its letters joined; a lone half is unknown."""
    if any(map(_is_surrogate, character.text)):
        character.text = character.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        character.unknown += character.text.count(_UNKNOWN)
    return character


def _spread(page: Any) -> dict[int, tuple[float, float]]:
    """Move each piece of text of a page to a place of its own; by how much, by the address of the piece."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    step = abs(width) + abs(height)
    bounds = [ctypes.c_float() for _ in range(4)]
    to_bounds = [ctypes.byref(side) for side in bounds]
    shifts: dict[int, tuple[float, float]] = {}
    for holder, matrix in _holders(pdfium, page.raw, (1.0, 0.0, 0.0, 1.0), 0):
        c, d = matrix[2:]
        unit = step / stretch if (stretch := math.hypot(c, d)) else 0.0
        for piece in holder:
            pdfium.FPDFPageObj_GetBounds(piece, *to_bounds)
            if bounds[2].value - bounds[0].value < _NARROW:
                pdfium.FPDFTextObj_SetTextRenderMode(piece, pdfium.FPDF_TEXTRENDERMODE_STROKE)
                pdfium.FPDFPageObj_SetStrokeWidth(piece, 1)
            up = unit * (len(shifts) % _PLACES - _PLACES // 2)
            pdfium.FPDFPageObj_Transform(piece, 1, 0, 0, 1, 0, up)
            shifts[ctypes.addressof(piece.contents)] = (c * up, d * up)
    return shifts


def _holders(pdfium: Any, holder: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[list[Any], _Matrix]]:
    """The text objects of a page or a form and the matrix that they are drawn with, and those of each form in it."""
    count, get = (
        (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
        if depth
        else (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
    )
    found = [get(holder, index) for index in range(count(holder))]
    kinds = [pdfium.FPDFPageObj_GetType(one) for one in found]
    yield [one for one, kind in zip(found, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT], matrix
    for one, kind in zip(found, kinds, strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            yield from _holders(pdfium, one, _within(pdfium, one, matrix), depth + 1)


def _within(pdfium: Any, form: Any, outer: _Matrix) -> _Matrix:
    """The matrix of what stands in a form, without its displacement."""
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(form, ctypes.byref(own))
    a, b, c, d = outer
    return own.a * a + own.b * c, own.a * b + own.b * d, own.c * a + own.d * c, own.c * b + own.d * d
