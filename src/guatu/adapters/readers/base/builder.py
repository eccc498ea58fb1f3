"""Puts a text together piece by piece and remembers where each piece came from."""

from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.base.places import Piece, Places
from guatu.core.kernel.span import Span
from guatu.core.plan.source.tables import Cell, TableBlock

Fragment = tuple[str, Piece]


class Field(msgspec.Struct):
    """A field of the grid of a table: what stands in it, and how far its cell reaches down and to the right.

    A cell may come from several places, as on a page where its lines are set apart; an empty one has one empty
    fragment. `rows` is 0 where the cell of another field reaches: there nothing stands.
    """

    fragments: Sequence[Fragment]
    rows: int = 1
    columns: int = 1


class TextBuilder:
    """Paragraphs and tables in, a text with its places and its tables out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._pieces: list[Piece] = []
        self._tables: list[TableBlock] = []
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

    def table(self, grid: Sequence[Sequence[Field]], caption: str = "", head_rows: int = 0) -> None:
        """A table: one line a row, fields apart by tabs, an empty line before and after. Rows without a word go."""
        kept = _with_words(grid)
        if not any(kept):
            return
        self.gap()
        left = _left(kept)
        start = end = self._length
        rows: list[tuple[Cell, ...]] = []
        for number, fields in enumerate(grid):
            if kept[number]:
                rows.append(self._row(len(rows), fields, number, left))
                end = self._length - 1
        head_rows = len(rows) if head_rows > len(kept) else left[0] - left[head_rows]
        self._tables.append(TableBlock(Span(start, end), tuple(rows), caption, head_rows))
        self._blank = False
        self.gap()

    def _row(self, row: int, fields: Sequence[Field], number: int, left: Sequence[int]) -> tuple[Cell, ...]:
        """One line, of row `number` of the grid; `left` counts from each row of it on those that are kept."""
        cells: list[Cell] = []
        for column, field in enumerate(fields):
            if column:
                self._append("\t")
            start = self._length
            for text, piece in field.fragments:
                self._add(text, piece)
            if field.rows:
                text = "".join(text for text, _ in field.fragments)
                reach = left[number] - left[min(number + field.rows, len(left) - 1)]
                columns = min(field.columns, len(fields) - column)
                cells.append(Cell(text, Span(start, self._length), reach, columns, row, column))
        self._end_line()
        return tuple(cells)

    def gap(self) -> None:
        """An empty line, unless there is one."""
        if not self._blank:
            self._append("\n")
            self._blank = True

    def build(self) -> tuple[str, Places]:
        text = "".join(self._parts).rstrip("\n")
        text += "\n" if text else ""
        return text, Places(text, self._starts, self._pieces)

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        return tuple(self._tables)

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


def _with_words(grid: Sequence[Sequence[Field]]) -> list[bool]:
    """Which rows have a word. A merged cell that begins in one without goes to the first row with one that it
    reaches."""
    kept: list[bool] = []
    # From top to bottom: a cell that loses its first row may lose the next one as well.
    for number, fields in enumerate(grid):
        kept.append(any(text.strip() for field in fields for text, _ in field.fragments))
        if kept[-1] or number + 1 == len(grid):
            continue
        for field, below in zip(fields, grid[number + 1], strict=False):
            if field.rows > 1 and not below.rows:
                below.rows, below.columns = field.rows - 1, field.columns
    return kept


def _left(kept: Sequence[bool]) -> list[int]:
    """How many rows are kept from each row on; one more entry, for behind the last."""
    counts = [0]
    for keep in reversed(kept):
        counts.append(counts[-1] + keep)
    return counts[::-1]
