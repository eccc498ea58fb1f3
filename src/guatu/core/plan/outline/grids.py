"""Tables in a text, whatever drew them: tabs between cells, or cells that a reader hands over.

Each becomes rows of one width. A row that stretches over the whole table at its top is its caption, one at its bottom
that says so is a remark: both are paragraphs, so that an annex may begin in a table's first row.
"""

from collections.abc import Iterator, Sequence

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.column_words import REMARK
from guatu.core.plan.outline.markers import LEAD, marker_at
from guatu.core.plan.outline.model import Range, Row, Table
from guatu.core.plan.source.reading import Reading
from guatu.core.plan.source.tables import TableBlock

_LINE = regex(r"[^\n]+")
_INDENT = regex(LEAD)
_PADDING = " \t*"
_FEWEST_ROWS = 2
_ALONE = 4
"""A single line with so many cells is a table of one row; with fewer it is a line with tabs in it."""


_LONGEST_ROW = 1500
_MOST_CELLS = 20


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line of the text: where its words stand, and its cells where it has some."""

    start: int
    end: int
    cells: tuple[Range, ...] = ()
    lone: bool = False
    """Its words stand in one of its cells: a row only beside rows of its width, else an indented line."""
    apart: bool = False
    """An empty line stands before it."""


def pieces(norm: str, given: Sequence[Table]) -> Iterator[Range | Table]:
    """The paragraphs and the tables of a text in reading order; `given` are those of the reader, in order."""
    waiting = list(reversed(given))
    run: list[Line] = []
    for line in _lines(norm):
        while waiting and waiting[-1].end <= line.start:
            yield from _closed(run, norm)
            yield from parted(waiting.pop(), norm)
        if waiting and waiting[-1].start <= line.start:
            continue
        if run and not _goes_on(line, run):
            yield from _closed(run, norm)
        if line.cells:
            run.append(line)
        else:
            yield line.start, line.end
    yield from _closed(run, norm)
    for table in reversed(waiting):
        yield from parted(table, norm)


def _lines(norm: str) -> Iterator[Line]:
    behind = 0
    for match in _LINE.finditer(norm):
        body = match[0].strip(_PADDING)
        if body:
            start = match.start() + match[0].index(body[0])
            apart = norm.count("\n", behind, start) > 1
            yield _line(norm, start, start + len(body), match.span(), apart=apart)
            behind = match.end()


def _line(norm: str, start: int, end: int, whole: Range, *, apart: bool) -> Line:
    cuts = [at for at in range(*whole) if norm[at] == "\t"] if norm.find("\t", *whole) >= 0 else []
    if not cuts or _is_text(norm, *whole):
        return Line(start, end)
    return Line(start, end, tuple(_ranges(norm, *whole, cuts)), norm.find("\t", start, end) < 0, apart)


def _is_text(norm: str, start: int, end: int) -> bool:
    """Whether a line is a whole text whose line breaks were lost: its tabs part cells of many rows."""
    return end - start > _LONGEST_ROW and norm.count("\t", start, end) > _MOST_CELLS


def _ranges(norm: str, start: int, end: int, cuts: Sequence[int]) -> Iterator[Range]:
    """The words between the cuts, without what pads them."""
    for at, stop in zip((start, *(cut + 1 for cut in cuts)), (*cuts, end), strict=True):
        yield _trimmed(norm, at, stop)


def _trimmed(norm: str, start: int, end: int) -> Range:
    while start < end and norm[start] in _PADDING:
        start += 1
    while end > start and norm[end - 1] in _PADDING:
        end -= 1
    return start, end


def _goes_on(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line is a row of the table above: an empty line ends one whose other rows stand close together."""
    above = run[-1]
    if not line.cells or (line.apart and len(run) > 1 and not above.apart):
        return False
    return not (line.lone or above.lone) or len(line.cells) == len(above.cells)


def _closed(run: list[Line], norm: str) -> Iterator[Range | Table]:
    """What a run of lines with cells is: two or more, or one of several cells, are a table."""
    lines = list(run)
    run.clear()
    while lines and lines[0].lone:
        yield lines[0].start, lines[0].end
        del lines[0]
    behind: list[Line] = []
    while lines and lines[-1].lone and REMARK.match(norm, lines[-1].start, lines[-1].end):
        behind.insert(0, lines.pop())
    if len(lines) >= _FEWEST_ROWS or (lines and len(lines[0].cells) >= _ALONE):
        rows = tuple(Row(line.cells) for line in lines)
        yield from parted(Table(rows[0].start, rows[-1].end, rows), norm)
    else:
        behind = [*lines, *behind]
    for line in behind:
        yield line.start, line.end


def parted(table: Table, norm: str) -> Iterator[Range | Table]:
    """A table without its caption and its remarks, which are paragraphs; a frame of one column is paragraphs alone."""
    rows = list(table.rows)
    if table.width == 1:
        yield from (cell for row in rows for cell in row.cells if cell[0] < cell[1])
        return
    first = 0
    while first < len(rows) - 1 and (cell := across(rows[first])) and not _numbered(norm, cell):
        yield cell
        first += 1
    last = len(rows)
    while last > first + 1 and (cell := across(rows[last - 1])) and REMARK.match(norm, *cell):
        last -= 1
    kept = tuple(rows[first:last])
    if kept:
        yield Table(kept[0].start, kept[-1].end, kept, max(0, table.head_rows - first))
    yield from (cell for row in rows[last:] if (cell := across(row)))


def across(row: Row) -> Range | None:
    """The words of a row whose only cell stretches over all columns; None for any other row."""
    filled = {cell for cell in (row.covering or row.cells) if cell[0] < cell[1]}
    if len(filled) != 1:
        return None
    only = filled.pop()
    if row.covering:
        return only if len(row.covering) > 1 and all(cell == only for cell in row.covering) else None
    return only if len(row.cells) > _FEWEST_ROWS and row.cells[0] == only else None


def _numbered(norm: str, cell: Range) -> bool:
    """`一、产业发展` over all columns heads a group of rows; it is no caption."""
    return marker_at(norm, *cell) is not None


def handed_over(reading: Reading, blocks: Sequence[TableBlock]) -> list[Table]:
    """The tables of a reader in working positions: each row with all its columns, and what covers each of them."""
    return [_handed(reading, block) for block in blocks if block.rows]


def _handed(reading: Reading, block: TableBlock) -> Table:
    width = block.width
    reaching: dict[int, tuple[int, Range]] = {}
    """By column the last row of the grid that a merged cell from above covers, and that cell."""
    rows: list[Row] = []
    for cells in block.rows:
        at = min((cell.row for cell in cells), default=0)
        edge = max((reading.working(cell.span.end) for cell in cells), default=0)
        own = [(edge, edge)] * width
        seen = [found[1] if (found := reaching.get(j)) and found[0] >= at else (edge, edge) for j in range(width)]
        for cell in cells:
            place = _trimmed(reading.norm, reading.working(cell.span.start), reading.working(cell.span.end))
            own[cell.column] = place
            for j in range(cell.column, min(width, cell.column + cell.columns)):
                seen[j] = place
                reaching[j] = (cell.row + cell.rows - 1, place)
        rows.append(Row(tuple(own), tuple(seen)))
    start, end = reading.working(block.span.start), reading.working(block.span.end)
    return Table(start, end, tuple(rows), block.head_rows)


def body_start(norm: str, start: int, end: int) -> int:
    """Where the words of a line begin behind its indent and its marks of lists and headings."""
    match = _INDENT.match(norm, start, end)
    return match.end() if match and match.end() < end else start
