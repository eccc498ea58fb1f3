"""The pages of a document as one flow: paragraphs and tables, those that a page break cuts joined again."""

from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.base.builder import Fragment, TextBuilder
from guatu.adapters.readers.base.cells import one_line
from guatu.adapters.readers.base.places import Piece, Place, cell_name
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.pdf.furniture import furniture
from guatu.adapters.readers.pdf.lines import Line
from guatu.adapters.readers.pdf.paragraphs import Margins, glue, margins, runs_on
from guatu.adapters.readers.pdf.tables import Table

_TERMINAL = "。；;！!？?）)"


class PageContent(msgspec.Struct):
    """What stands on a page: lines outside tables, from top to bottom, and tables."""

    lines: list[Line]
    tables: list[Table]
    width: float
    height: float


def write(pages: Sequence[PageContent], builder: TextBuilder, remarks: Remarks) -> None:
    """Put the pages into the builder, and what of them is left out into the remarks."""
    kept: list[list[Line]] = []
    for page, carried in zip(
        pages, furniture([page.lines for page in pages], [page.height for page in pages]), strict=True
    ):
        for line in carried:
            remarks.add("read.page-furniture", line.text, _place(line))
        left_out = {id(line) for line in carried}
        kept.append([line for line in page.lines if id(line) not in left_out])
    sides = margins(kept, [page.width for page in pages])
    writer = _Writer(builder, remarks)
    for page, own, side in zip(pages, kept, sides, strict=True):
        items: list[Line | Table] = [*own, *page.tables]
        for item in sorted(items, key=lambda item: item.top):
            if isinstance(item, Table):
                writer.table(item)
            else:
                writer.line(item, side)
    writer.end()


class _Writer:
    """Holds back the last paragraph or table until it is known to be complete."""

    def __init__(self, builder: TextBuilder, remarks: Remarks) -> None:
        self._builder = builder
        self._remarks = remarks
        self._lines: list[Line] = []
        self._margins: Margins | None = None
        self._rows: list[list[list[Line]]] = []

    def line(self, line: Line, side: Margins | None) -> None:
        self._end_table()
        if self._lines and not runs_on(self._lines[-1], line, self._margins, side):
            self._end_paragraph()
        self._lines.append(line)
        self._margins = side

    def table(self, table: Table) -> None:
        self._end_paragraph()
        rows = table.rows
        if self._rows and len(self._rows[0]) != len(rows[0]):
            self._end_table()
        if self._rows and _texts(rows[0]) == _texts(self._rows[0]):  # the head, repeated on the new page
            first = next(line for cell in rows[0] for line in cell)
            self._remarks.add("read.repeated-head", "".join(_texts(rows[0])), _place(first))
            rows = rows[1:]
        if self._rows and rows and _is_cut_off(self._rows[-1], rows[0]):
            self._rows[-1] = [above + below for above, below in zip(self._rows[-1], rows[0], strict=True)]
            rows = rows[1:]
        self._rows.extend(rows)

    def end(self) -> None:
        self._end_paragraph()
        self._end_table()

    def _end_paragraph(self) -> None:
        parts: list[Fragment] = []
        for index, line in enumerate(self._lines):
            if index:
                between = glue(self._lines[index - 1].text, line.text)
                parts[-1] = (parts[-1][0] + between, parts[-1][1])
            parts.append((line.text, Piece(page=line.page, line=line.number)))
        self._builder.paragraph(parts)
        self._lines = []

    def _end_table(self) -> None:
        rows = [
            [_cell(cell, cell_name(column, number), row) for column, cell in enumerate(row, 1)]
            for number, row in enumerate(self._rows, 1)
        ]
        self._builder.table(rows)
        self._rows = []


def _cell(lines: Sequence[Line], name: str, row: Sequence[Sequence[Line]]) -> list[Fragment]:
    """The lines of a cell, each with its place; an empty cell stands where its row stands."""
    number = int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    if not lines:
        first = next(line for cell in row for line in cell)
        return [("", Piece(page=first.page, line=first.number, row=number, cell=name))]
    parts: list[Fragment] = []
    joined = ""
    for line in lines:
        longer = one_line((joined, line.text)) if joined else one_line((line.text,))
        between = longer[len(joined) : len(longer) - len(one_line((line.text,)))]
        if parts and between:
            parts[-1] = (parts[-1][0] + between, parts[-1][1])
        parts.append(
            (longer[len(joined) + len(between) :], Piece(page=line.page, line=line.number, row=number, cell=name))
        )
        joined = longer
    return parts


def _place(line: Line) -> Place:
    return Place(line.number, 1, line.page)


def _texts(row: Sequence[Sequence[Line]]) -> list[str]:
    return ["".join(line.text for line in cell) for cell in row]


def _is_cut_off(above: Sequence[Sequence[Line]], below: Sequence[Sequence[Line]]) -> bool:
    """Whether a row at the top of a page is the rest of the row that the page break cut.

    It has no number of its own, adds only to cells that have text, and its longest cell goes on from an unfinished one.
    """
    if below[0] or not above[0] or any(rest and not begun for begun, rest in zip(above, below, strict=True)):
        return False
    longest = max(range(len(below)), key=lambda column: sum(len(line.text) for line in below[column]))
    begun = above[longest]
    return len(begun) > 1 and begun[-1].text[-1:] not in _TERMINAL
