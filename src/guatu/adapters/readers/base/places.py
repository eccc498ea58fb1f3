"""Where in the source each character of a text came from."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.base.errors import Language


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place in a source, all numbers from 1.

    `line` and `column` count on the page where there is a `page`, and in the text as it was read everywhere else.
    `row` and `cell` ("C7") are those of the sheet, or of the table that begins at `paragraph`.
    """

    line: int
    column: int
    page: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None

    def label(self, language: Language = "zh") -> str:
        """The place as a clerk would say it: 第3页第12行, 工作表“任务”C7."""
        zh = language == "zh"
        if self.sheet is not None:
            cell = self.cell or (f"第{self.row}行" if zh else f"row {self.row}") if self.row else ""
            return f"工作表“{self.sheet}”{cell}" if zh else f"sheet '{self.sheet}' {cell}".rstrip()
        if self.page is not None:
            return f"第{self.page}页第{self.line}行" if zh else f"page {self.page} line {self.line}"
        if self.paragraph is not None:
            cell = "" if self.cell is None else f"表格{self.cell}" if zh else f", table cell {self.cell}"
            return f"第{self.paragraph}段{cell}" if zh else f"paragraph {self.paragraph}{cell}"
        return f"第{self.line}行第{self.column}字" if zh else f"line {self.line} column {self.column}"


class Piece(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What the characters of one piece of text have in common.

    `line` and `column` are those of its first character on the page; None where they are counted in the text.
    """

    page: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    line: int | None = None
    column: int = 1


class Places:
    """The places of all characters of a text, kept as the starts of its pieces: one search per question."""

    __slots__ = ("_length", "_lines", "_pieces", "_starts")

    def __init__(self, text: str, starts: Sequence[int] = (), pieces: Sequence[Piece] = ()) -> None:
        self._length = len(text)
        self._lines = _line_starts(text)
        self._starts = array("q", starts)
        self._pieces = tuple(pieces)

    def parts(self) -> tuple[list[int], tuple[Piece, ...]]:
        """What they are made of besides the text."""
        return self._starts.tolist(), self._pieces

    def at(self, position: int) -> Place:
        """The place of the character at `position`; the end of the text counts as a place.

        Raises:
            IndexError: `position` is outside `[0, len(text)]`.
        """
        if not 0 <= position <= self._length:
            raise IndexError(f"position {position} is outside the text of {self._length} characters")
        index = bisect_right(self._starts, position) - 1
        piece = self._pieces[index] if index >= 0 else Piece()
        if piece.line is not None:
            line, column = piece.line, piece.column + position - self._starts[index]
        else:
            line = bisect_right(self._lines, position)
            column = position - self._lines[line - 1] + 1
        return Place(line, column, piece.page, piece.paragraph, piece.sheet, piece.row, piece.cell)

    def start(self, place: Place) -> int:
        """Where in the text the line of a page begins, or a cell, or a paragraph; else their page, row, sheet, or the
        text, where these are not in the text."""
        pairs = list(zip(self._starts, self._pieces, strict=True))
        found = 0
        for name in ("page", "line", "paragraph", "sheet", "row", "cell"):
            if getattr(place, name) is None or (name == "line" and place.page is None):
                continue
            pairs = [(start, piece) for start, piece in pairs if getattr(piece, name) == getattr(place, name)]
            if not pairs:
                break
            found = min(start for start, _ in pairs)
        return found


def _line_starts(text: str) -> "array[int]":
    starts = array("q", [0])
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def cell_name(column: int, row: int) -> str:
    """The spreadsheet's name of a cell, both numbers from 1: `(3, 7)` is `C7`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
