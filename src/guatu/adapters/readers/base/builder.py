"""Puts a text together piece by piece and remembers where each piece came from."""

from collections.abc import Sequence

from guatu.adapters.readers.base.places import Piece, Places

Fragment = tuple[str, Piece]
Cell = Sequence[Fragment]
"""A cell may come from several places, as on a page where its lines are set apart; an empty cell has one empty
fragment."""


class TextBuilder:
    """Paragraphs and tables in, a text with its places out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._blank = True
        """The text ends with an empty line, or has not begun."""

    def paragraph(self, fragments: Sequence[Fragment]) -> None:
        """One paragraph, made of fragments that stand at different places of the source; nothing if it is empty."""
        if not any(text.strip() for text, _ in fragments):
            return
        for text, piece in fragments:
            if text:
                self._add(text.replace("\t", " "), piece)
        self._end_line()
        self._blank = False

    def table(self, rows: Sequence[Sequence[Cell]]) -> None:
        """A table: one line a row, cells apart by tabs, an empty line before and after."""
        filled = [row for row in rows if any(text.strip() for cell in row for text, _ in cell)]
        if not filled:
            return
        self.gap()
        for row in filled:
            for number, cell in enumerate(row):
                if number:
                    self._append("\t")
                for text, piece in cell:
                    self._add(text, piece)
            self._end_line()
        self._blank = False
        self.gap()

    def gap(self) -> None:
        """An empty line, unless there is one."""
        if not self._blank:
            self._append("\n")
            self._blank = True

    def build(self) -> tuple[str, Places]:
        text = "".join(self._parts).rstrip("\n")
        text += "\n" if text else ""
        return text, Places(text, self._starts, self._pieces)

    def _add(self, text: str, piece: Piece) -> None:
        """A piece owns what follows it up to the next one, so an empty cell owns its tab."""
        self._starts.append(self._length)
        self._pieces.append(piece)
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _end_line(self) -> None:
        self._append("\n")
