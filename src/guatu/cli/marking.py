"""Source lines with the characters of a span marked, in columns that count Chinese right."""

from collections.abc import Iterator
from dataclasses import dataclass

from guatu.adapters.writers.width import width
from guatu.core.kernel.span import Span

_MARK = "^"


@dataclass(frozen=True, slots=True)
class _Cell:
    char: str
    marked: bool


def marked_lines(text: str, span: Span, first: int, room: int, most: int) -> Iterator[str]:
    """The lines that a span touches, with one line before it, each marked line followed by a line of marks.

    `first` is the number of the line where the span begins, `room` the width of the terminal, `most` the number of
    lines after which it stops.
    """
    begin = text.rfind("\n", 0, span.start) + 1
    gutter = len(str(first + most))
    if begin:
        before = text.rfind("\n", 0, begin - 1) + 1
        yield from _line(text, before, begin - 1, Span(0, 0), first - 1, gutter, room)
    at, number = begin, first
    while at <= span.end and number < first + most:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield from _line(text, at, end, span, number, gutter, room)
        at, number = end + 1, number + 1
        if at >= max(span.end, span.start + 1):
            break


def lines_left(text: str, span: Span, most: int) -> int:
    """How many lines of a span do not fit into `most`."""
    return max(0, text.count("\n", span.start, max(span.start, span.end - 1)) + 1 - most)


def _line(text: str, start: int, end: int, span: Span, number: int, gutter: int, room: int) -> Iterator[str]:
    head, blank = f"{number:>{gutter}} | ", " " * gutter + " | "
    for row in _rows(text, start, end, span, room - len(head)):
        words = "".join(cell.char for cell in row)
        yield (head + words).rstrip()
        head = blank
        marks = "".join((_MARK if cell.marked else " ") * width(cell.char) for cell in row)
        if marks.strip():
            yield blank + marks.rstrip()


def _rows(text: str, start: int, end: int, span: Span, room: int) -> Iterator[list[_Cell]]:
    """The characters of a line, folded; a span without characters is marked at its place."""
    row: list[_Cell] = []
    used = 0
    for position in range(start, end):
        char = " " if text[position] == "\t" else text[position]
        size = width(char)
        if used + size > room:
            yield row
            row, used = [], 0
        row.append(_Cell(char, position in span or (span.start == span.end == position and bool(span.end))))
        used += size
    if span.start == span.end == end and span.end:
        row.append(_Cell(" ", True))
    yield row
