"""The text with its marks.

Marks nest and overlap, elements cannot overlap: so the text is cut wherever a mark begins or ends, and each piece names
all marks that cover it, the innermost first.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from guatu.adapters.writers.formats.html.marks import Mark

_FINDINGS = ("error", "warning")


def text_pane(text: str, marks: Sequence[Mark]) -> Iterator[str]:
    """The lines of `text` as HTML: paragraphs, and tables where lines hold tabs."""
    pieces = _Pieces(marks, len(text))
    in_table, at = False, 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = at + len(line)
        table = "\t" in line
        if table != in_table:
            yield '<div class="tw"><table class="tt">' if table else "</table></div>"
            in_table = table
        yield _table_line(text, pieces, at, end, number) if table else _line(text, pieces, at, end, number)
        at = end + 1
    if in_table:
        yield "</table></div>"


def _line(text: str, pieces: "_Pieces", start: int, end: int, number: int) -> str:
    if start == end or text[start:end].isspace():
        return f'<p class="l e" id="L{number}" data-n="{number}">{"".join(_points(pieces, start, end + 1))}</p>\n'
    inside, body = _marked(text, pieces, start, end)
    body += "".join(_points(pieces, end, end + 1))
    return f'<p class="l{" t" if inside else ""}" id="L{number}" data-n="{number}">{body}</p>\n'


def _table_line(text: str, pieces: "_Pieces", start: int, end: int, number: int) -> str:
    cells, at, inside = [], start, False
    for cell in text[start:end].split("\t"):
        covered, body = _marked(text, pieces, at, at + len(cell))
        inside |= covered
        end_of_cell = at + len(cell)
        cells.append(f"<td>{body}{''.join(_points(pieces, end_of_cell, end_of_cell + 1))}</td>")
        at = end_of_cell + 1
    return f'<tr class="l{" t" if inside else ""}" id="L{number}" data-n="{number}">{"".join(cells)}</tr>\n'


def _marked(text: str, pieces: "_Pieces", start: int, end: int) -> tuple[bool, str]:
    """Whether a task covers part of the range, and the range as HTML."""
    found: list[str] = []
    inside = False
    for left, right, covering in pieces.between(start, end):
        found.extend(_points(pieces, left, left + 1))
        words = escape(text[left:right])
        if not covering:
            found.append(words)
            continue
        kinds = [mark.kind for mark in covering]
        inside |= "task" in kinds
        numbers = " ".join(str(mark.number) for mark in covering)
        found.append(f'<span class="m {_classes(kinds)}" data-m="{numbers}">{words}</span>')
    return inside, "".join(found)


def _classes(kinds: Sequence[str]) -> str:
    """The kind of the innermost item, and the worst finding, which is drawn over it."""
    own = next((kind for kind in kinds if kind not in _FINDINGS), "")
    found = [f"f-{kind}" for kind in _FINDINGS if kind in kinds][:1]
    return " ".join([f"k-{own}"] * bool(own) + found)


def _points(pieces: "_Pieces", start: int, end: int) -> Iterator[str]:
    """Marks that cover no character: something that is missing at a place."""
    for mark in pieces.points(start, end):
        kind = f"f-{mark.kind}" if mark.kind in _FINDINGS else f"k-{mark.kind}"
        yield f'<span class="m point {kind}" data-m="{mark.number}"></span>'


class _Pieces:
    """The text cut at the ends of all marks, each piece with the marks that cover it."""

    def __init__(self, marks: Sequence[Mark], length: int) -> None:
        wide = [mark for mark in marks if mark.length]
        self._points = sorted((mark for mark in marks if not mark.length), key=lambda mark: mark.start)
        self._point_starts = [mark.start for mark in self._points]
        self._cuts = sorted({0, length, *(m.start for m in marks), *(m.end for m in wide)})
        self._covering = self._sweep(wide)

    def _sweep(self, wide: Sequence[Mark]) -> list[tuple[Mark, ...]]:
        waiting = sorted(wide, key=lambda mark: mark.start, reverse=True)
        active: list[Mark] = []
        covering = []
        for cut in self._cuts[:-1]:
            active = [mark for mark in active if mark.end > cut]
            while waiting and waiting[-1].start <= cut:
                active.append(waiting.pop())
            covering.append(tuple(sorted(active, key=lambda mark: (mark.length, -mark.number))))
        return covering

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
        """Pieces of `[start, end)` with the marks that cover them, the shortest mark first."""
        first = max(0, bisect_left(self._cuts, start + 1) - 1)
        last = bisect_left(self._cuts, end)
        ends = [start, *self._cuts[first + 1 : last], end]
        for offset, (left, right) in enumerate(pairwise(ends)):
            if left < right:
                yield left, right, self._covering[first + offset]

    def points(self, start: int, end: int) -> Sequence[Mark]:
        first, last = bisect_left(self._point_starts, start), bisect_left(self._point_starts, end)
        return self._points[first:last]
