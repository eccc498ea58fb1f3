"""Tables as the source has them: cells with their place in the text and how far each reaches.

The text of a document has its tables too, one line a row with tabs between the cells, so that whoever looks at lines
alone still reads them. But a line of tabs cannot say that a cell is merged, that an empty one at the end of a row is
there, or which rows are the head. What a format says of that stands here.
"""

import msgspec

from guatu.core.kernel.span import Span


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A cell: `text` is the range `span` of the source's text, an empty one where it is empty.

    `row` and `column` count from 0 in the grid of its table; the cell covers `rows` times `columns` fields of it, and
    stands once, at the first of them.
    """

    text: str
    span: Span
    rows: int = 1
    columns: int = 1
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        if self.rows < 1 or self.columns < 1 or self.row < 0 or self.column < 0:
            raise ValueError(f"a cell of {self.rows} x {self.columns} at {self.row}, {self.column} is none")


class TableBlock(msgspec.Struct, frozen=True):
    """A table: `span` holds all its lines in the source's text, without the caption.

    `rows` has one entry a row of the grid, in order: the cells that begin in it. A row of which every field is covered
    from above, or empty, is left out, in the text as here. `head_rows` is 0 where the format does not say.
    """

    span: Span
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    head_rows: int = 0

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return max((cell.column + cell.columns for row in self.rows for cell in row), default=0)
