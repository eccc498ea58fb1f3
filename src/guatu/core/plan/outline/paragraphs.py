"""Lines become paragraphs; a heading glued to the paragraph before it becomes one of its own."""

from collections.abc import Sequence

from guatu.core.plan.outline.glued import Numbers, parted
from guatu.core.plan.outline.grids import body_start, pieces
from guatu.core.plan.outline.model import Block, Table
from guatu.core.plan.outline.stacked import restacked


def paragraphs(norm: str, given: Sequence[Table] = ()) -> tuple[list[Block], list[Table]]:
    """All paragraphs and tables of a text in reading order; the rows of a table are no paragraphs.

    `given` are the tables that the reader of the file found, in working positions.
    """
    blocks: list[Block] = []
    tables: list[Table] = []
    numbers = Numbers(norm)
    for piece in restacked(pieces(norm, given), norm):
        if isinstance(piece, Table):
            tables.append(piece)
        else:
            blocks.extend(parted(norm, body_start(norm, *piece), piece[1], numbers))
    return blocks, tables
