"""The pages of a document as one flow: paragraphs and tables, those that a page break cuts joined again."""

from collections.abc import Sequence

import msgspec

from guatu.adapters.readers.base.builder import Field, Fragment, TextBuilder
from guatu.adapters.readers.base.cells import one_line
from guatu.adapters.readers.base.places import Piece, Place, cell_name
from guatu.adapters.readers.base.remarks import Remarks
from guatu.adapters.readers.pdf.columns import Part
from guatu.adapters.readers.pdf.furniture import furniture
from guatu.adapters.readers.pdf.lines import Line
from guatu.adapters.readers.pdf.paragraphs import Margins, glue, margins, runs_on
from guatu.adapters.readers.pdf.tables import Row, Table

_TERMINAL = "。；;！!？?）)"


class PageContent(msgspec.Struct):
    """What stands on a page: the parts of its text in the order in which they are read, and tables."""

    parts: list[Part]
    tables: list[Table]
    width: float
    height: float

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    def place(self, table: Table) -> int:
        """The part in which a table stands: that of the line next above it that lies over it, else below."""
        over = [
            (line.bottom <= table.bottom, -abs(line.middle - table.top), number)
            for number, part in enumerate(self.parts)
            for line in part.lines
            if line.left < table.right and line.right > table.left
        ]
        return max(over)[2] if over else 0


def write(pages: Sequence[PageContent], builder: TextBuilder, remarks: Remarks) -> None:
    """Put the pages into the builder, and what of them is left out into the remarks."""
    carried = furniture([page.lines for page in pages], [page.height for page in pages])
    for line in (line for found in carried for line in found):
        remarks.add("read.page-furniture", line.text, _place(line))
    left_out = {id(line) for found in carried for line in found}
    for page in pages:
        for part in page.parts:
            part.lines = [line for line in part.lines if id(line) not in left_out]
    sides = _sides(pages)
    writer = _Writer(builder, remarks)
    for page in pages:
        places = [page.place(table) for table in page.tables]
        for number, part in enumerate(page.parts or [Part([])]):
            ruled = [table for table, place in zip(page.tables, places, strict=True) if place == number]
            tables = [*part.tables, *ruled]
            items: list[Line | Table] = [*part.lines, *tables]
            for item in sorted(items, key=lambda item: item.top):
                if isinstance(item, Table):
                    writer.table(item)
                else:
                    writer.line(item, sides.get(id(part)))
    writer.end()


def _sides(pages: Sequence[PageContent]) -> dict[int, Margins | None]:
    """The margins of each part: a column has its own, all other text has those of its page or of the document."""
    across = [(page, [part for part in page.parts if not part.column]) for page in pages]
    found = margins(
        [[line for part in inner for line in part.lines] for _, inner in across], [page.width for page, _ in across]
    )
    sides = {id(part): side for side, (_, inner) in zip(found, across, strict=True) for part in inner}
    for part in (part for page in pages for part in page.parts if part.column):
        sides[id(part)] = margins([part.lines], [part.width])[0]
    return sides


class _Writer:
    """Holds back the last paragraph or table until it is known to be complete."""

    def __init__(self, builder: TextBuilder, remarks: Remarks) -> None:
        self._builder = builder
        self._remarks = remarks
        self._lines: list[Line] = []
        self._margins: Margins | None = None
        self._rows: list[Row] = []

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
        if head := _repeated_head(self._rows, rows):
            words = [text for row in rows[:head] for text in _texts(row)]
            self._remarks.add("read.repeated-head", "".join(words), _place(_first(rows[0])))
            rows = rows[head:]
        if self._rows and rows and _is_cut_off(self._rows[-1], rows[0]):
            for above, below in zip(self._rows[-1], rows[0], strict=True):
                above.lines.extend(below.lines)
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
        self._builder.table([_fields(row, number) for number, row in enumerate(self._rows, 1)])
        self._rows = []


def _fields(row: Row, number: int) -> list[Field]:
    """A row as it goes into the text; an empty cell stands where its row stands."""
    first = _first(row)
    fields = []
    for column, box in enumerate(row, 1):
        name = cell_name(column, number)
        empty = [("", Piece(page=first.page, line=first.number, row=number, cell=name))]
        fields.append(Field(_cell(box.lines, name, number) if box.lines else empty, box.rows, box.columns))
    return fields


def _cell(lines: Sequence[Line], name: str, number: int) -> list[Fragment]:
    """The lines of a cell, each with its place."""
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


def _first(row: Row) -> Line:
    """The first line of a row; each row has one."""
    return next(line for box in row for line in box.lines)


def _texts(row: Row) -> list[str]:
    return ["".join(line.text for line in box.lines) for box in row]


def _repeated_head(above: Sequence[Row], rows: Sequence[Row]) -> int:
    """How many rows at the top of a page say again what the table above began with.

    A head is as high as the highest cell of its first row; all of it is repeated, or none.
    """
    if not above:
        return 0
    height = max(box.rows for box in above[0])
    same = len(rows) >= height and [_texts(row) for row in rows[:height]] == [_texts(row) for row in above[:height]]
    return height if same else 0


def _is_cut_off(above: Row, below: Row) -> bool:
    """Whether a row at the top of a page is the rest of the row that the page break cut.

    It has no number of its own, adds only to cells that have text, and its longest cell goes on from an unfinished one.
    """
    pairs = list(zip(above, below, strict=True))
    if below[0].lines or not above[0].lines or any(rest.lines and not begun.lines for begun, rest in pairs):
        return False
    begun, _ = max(pairs, key=lambda pair: sum(len(line.text) for line in pair[1].lines))
    return len(begun.lines) > 1 and begun.lines[-1].text[-1:] not in _TERMINAL
