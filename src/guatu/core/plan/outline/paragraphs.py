"""Lines become paragraphs; a heading glued to the paragraph before it becomes one of its own."""

import re
from collections.abc import Iterator

from guatu.core.plan.outline.glued import Numbers, parted
from guatu.core.plan.outline.markers import LEAD, marker_at
from guatu.core.plan.outline.model import Block, Row, Table

_LINE = re.compile(r"[^\n]+")
_INDENT = re.compile(LEAD)


def lines(norm: str) -> Iterator[tuple[int, int]]:
    """Non-empty lines without the blanks around them."""
    for match in _LINE.finditer(norm):
        start, _end = match.span()
        body = match[0].strip(" \t*")
        if body:
            start += match[0].index(body[0])
            yield start, start + len(body)


def paragraphs(norm: str) -> tuple[list[Block], list[Table]]:
    """All paragraphs and tables of a text in reading order; the lines of a table are no paragraphs."""
    blocks: list[Block] = []
    tables: list[Table] = []
    rows: list[Row] = []
    numbers = Numbers(norm)
    for start, end in lines(norm):
        cells = _cells(norm, start, end)
        if cells:
            rows.append(Row(cells))
            continue
        _close(rows, blocks, tables, norm)
        at = _skip_lead(norm, start, end)
        blocks.extend(parted(norm, at, end, numbers))
    _close(rows, blocks, tables, norm)
    return blocks, tables


def _skip_lead(norm: str, start: int, end: int) -> int:
    match = _INDENT.match(norm, start, end)
    return match.end() if match and match.end() < end else start


def _cells(norm: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    if norm.find("\t", start, end) < 0:
        return ()
    cells, at = [], start
    for piece in norm[start:end].split("\t"):
        cells.append((at, at + len(piece)))
        at += len(piece) + 1
    return tuple(cells)


def _close(rows: list[Row], blocks: list[Block], tables: list[Table], norm: str) -> None:
    """Ends a run of lines with tabs: two and more, or one with several cells, are a table."""
    if len(rows) >= 2 or (rows and len(rows[0].cells) >= 4):
        tables.append(Table(rows[0].cells[0][0], rows[-1].cells[-1][1], tuple(rows)))
    elif rows:
        start, end = rows[0].cells[0][0], rows[0].cells[-1][1]
        blocks.append(Block(start, end, marker_at(norm, start, end)))
    rows.clear()
