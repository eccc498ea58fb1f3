"""The rows of a table of figures whose cells stand one behind the other, below their heads."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.figure_cells import FIGURE, YEAR, Cells, is_figure, spans, text_of
from guatu.core.plan.outline.model import Range, Row

_LONGEST_CELL: Final = 60
TOTAL: Final = regex(r"(?:全[国省市州县区镇乡])?(?:合|总|小|共)计|全[国省市州县区镇乡]")
"""The name of a row of totals, which has no number."""


class Shape(NamedTuple):
    """The columns of the table: so many of names, of figures, and behind those; and whether remarks may follow, which
    most rows lack."""

    names: int
    size: int
    tail: int
    remarks: bool = False

    @property
    def width(self) -> int:
        return self.names + self.size + self.tail


class Rows:
    """Reads rows from the first on, as long as they have the shape."""

    def __init__(self, cells: Cells, shape: Shape, norm: str) -> None:
        self.cells, self.shape, self.norm = cells, shape, norm

    def read(self, at: int) -> Iterator[tuple[Row, int]]:
        """The rows, and the first cell behind each. One that lacks a cell is kept whole: who knows which it lacks."""
        while at < len(self.cells):
            found = (
                self._without_its_tail(at) or self._full(at) or self._total(at) or self._group(at) or self._broken(at)
            )
            if found is None:
                return
            yield found
            at = found[1]

    def _full(self, at: int) -> tuple[Row, int] | None:
        row = spans(self.cells, at, self.shape.width)
        return self._made(row, at + self.shape.width) if self._is_row(row) else None

    def _made(self, row: Sequence[Range], behind: int) -> tuple[Row, int]:
        """A row, with its remark where one stands before the next row."""
        if not self.shape.remarks:
            return Row(tuple(row)), behind
        if not self._begins(behind) and self._begins(behind + 1):
            return Row((*row, *spans(self.cells, behind, 1))), behind + 1
        return Row((*row, (row[-1][1], row[-1][1]))), behind

    def _begins(self, at: int) -> bool:
        """Whether a row begins at a cell, with or without what stands behind its figures, or a total."""
        row = spans(self.cells, at, self.shape.names + self.shape.size)
        return self._has_figures(row, self.shape.names) or self._labels(at) > 0

    def _without_its_tail(self, at: int) -> tuple[Row, int] | None:
        """Names and figures and nothing behind them, where the next row begins or all ends."""
        names, size, tail, _ = self.shape
        behind = at + names + size
        row = spans(self.cells, at, names + size)
        if not tail or not self._has_figures(row, names) or not (behind == len(self.cells) or self._begins(behind)):
            return None
        return self._made([*row, *[(row[-1][1], row[-1][1])] * tail], behind)

    def _total(self, at: int) -> tuple[Row, int] | None:
        """A row of totals has fewer names than others: no number, no group; behind its figures stands nothing."""
        labels = self._labels(at)
        if not labels:
            return None
        names, size, tail, _ = self.shape
        row = spans(self.cells, at, labels + size)
        edge, end = (row[labels - 1][1],) * 2, (row[-1][1],) * 2
        return self._made([*row[:labels], *[edge] * (names - labels), *row[labels:], *[end] * tail], at + labels + size)

    def _labels(self, at: int) -> int:
        """The cells of names that a row of totals has, where it has fewer than others; else 0."""
        if at >= len(self.cells) or not TOTAL.fullmatch(text_of(self.cells[at], self.norm)):
            return 0
        fewer = range(1, self.shape.names + bool(self.shape.tail))
        return next((n for n in fewer if self._has_figures(spans(self.cells, at, n + self.shape.size), n)), 0)

    def _group(self, at: int) -> tuple[Row, int] | None:
        """A cell alone over the rows behind it."""
        following = spans(self.cells, at + 1, self.shape.width)
        if not following or is_figure(self.cells, at, self.norm) or not self._is_row(following):
            return None
        cell, width = spans(self.cells, at, 1)[0], self.shape.width + self.shape.remarks
        return Row((cell, *[(cell[1], cell[1])] * (width - 1)), (cell,) * width), at + 1

    def _broken(self, at: int) -> tuple[Row, int] | None:
        """A row that lacks a figure, where a whole one follows: all of its figures are one cell."""
        names, _, tail, _ = self.shape
        behind = next((i for i in range(at + 1, at + self.shape.width) if self._goes_on(at, i)), None)
        if behind is None:
            return None
        own = spans(self.cells, at, behind - at)
        edge = (own[-1][1], own[-1][1])
        told = [*own[:names], (own[names][0], own[-1 - tail][1])]
        rest = own[len(own) - tail :] if tail else []
        return self._made([*told, *[edge] * (self.shape.width - len(told) - len(rest)), *rest], behind)

    def _goes_on(self, at: int, behind: int) -> bool:
        """Whether the cells up to `behind` may be a row with empty cells: a name and figures, a whole row after it."""
        following = spans(self.cells, behind, self.shape.width)
        if behind - at <= self.shape.names or not following or not self._is_row(following):
            return False
        return is_figure(self.cells, behind - 1 - self.shape.tail, self.norm)

    def _is_row(self, row: Sequence[Range]) -> bool:
        names, size, _, _ = self.shape
        return self._has_figures(row[: names + size], names) and all(
            self._is_name(cell, number=False) for cell in row[names + size :]
        )

    def _has_figures(self, row: Sequence[Range], names: int) -> bool:
        """Whether a row has so many names and then nothing but figures."""
        return bool(row) and all(
            self._is_name(cell, number=j == 0 and names > 1)
            if j < names
            else FIGURE.fullmatch(text_of(cell, self.norm)) is not None
            for j, cell in enumerate(row)
        )

    def _is_name(self, cell: Range, *, number: bool) -> bool:
        text = text_of(cell, self.norm)
        if not text or len(text) > _LONGEST_CELL:
            return False
        return number or YEAR.fullmatch(text) is not None or not FIGURE.fullmatch(text)
