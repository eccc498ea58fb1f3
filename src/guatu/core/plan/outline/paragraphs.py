"""Lines become paragraphs; a heading glued to the paragraph before it becomes one of its own."""

import re
from collections.abc import Iterator

from guatu.core.plan.outline.markers import LEAD, marker_at
from guatu.core.plan.outline.model import Block, Marker, Row, Table

_LINE = re.compile(r"[^\n]+")
_INDENT = re.compile(LEAD)
# Places inside a paragraph where a heading may begin: behind the end of a sentence, or behind the blank that is left
# where a line break was lost. Items after ":" or ";" are an enumeration inside the sentence.
_INSIDE = re.compile(
    r"(?<=[。!?”》)\] ])(?=[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.][^\d\s]|\(\d{1,2}\)|第[一二三四五六七八九十]{1,"
    r"3}[章条])"
)
_SPLIT_KINDS = frozenset({"章", "条", "一、", "(一)", "1.", "(1)"})
_TITLE_BEFORE = re.compile(r"[。!?;:]$")
_LONGEST_TITLE = 30
_LOOK_AHEAD = 20_000


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
    latest = Sequence(norm)
    for start, end in lines(norm):
        cells = _cells(norm, start, end)
        if cells:
            rows.append(Row(cells))
            continue
        _close(rows, blocks, tables, norm)
        at = _skip_lead(norm, start, end)
        blocks.extend(_with_headings_split(norm, at, end, latest))
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


def _with_headings_split(norm: str, start: int, end: int, latest: "Sequence") -> Iterator[Block]:
    first = marker_at(norm, start, end)
    if first:
        latest.values[first.kind] = first.value
    at, marker, glued = start, first, False
    for inside in _inside(norm, start, end):
        if not (_is_heading(inside, latest, norm, end, start) or _under_title(inside, marker, norm)):
            continue
        latest.values[inside.kind] = inside.value
        stop = len(norm[at : inside.start].rstrip()) + at
        yield Block(at, stop, marker, glued)
        at, marker, glued = inside.start, inside, True
    yield Block(at, end, marker, glued)


def _inside(norm: str, start: int, end: int) -> Iterator[Marker]:
    for match in _INSIDE.finditer(norm, start + 2, end):
        marker = marker_at(norm, match.start(), end)
        if marker and marker.kind in _SPLIT_KINDS:
            yield marker


class Sequence:
    """The last number of each kind, and where a second number follows a first."""

    def __init__(self, norm: str) -> None:
        self.norm = norm
        self.values: dict[str, int] = {}
        self._found: dict[str, int] = {}

    def goes_on(self, label: str, behind: int) -> bool:
        """Whether `label` stands behind as an item, not inside a sentence; each stretch is searched once."""
        at = self._found.get(label, -1)
        if at < behind:
            at = self.norm.find(label, behind)
            at = len(self.norm) if at < 0 else at
            self._found[label] = at
        if at >= min(len(self.norm), behind + _LOOK_AHEAD):
            return False
        return self.norm[at - 1] not in ";,、:"


def _is_heading(marker: Marker, latest: Sequence, norm: str, end: int, start: int) -> bool:
    """A number inside a paragraph begins an item when it goes on from the last one, or begins a list that goes on."""
    if marker.value == latest.values.get(marker.kind, -1) + 1:
        return _free(norm, marker.start, start)
    if marker.value != 1 or not _free(norm, marker.start, start):
        return False
    second = marker.label.replace("一", "二").replace("1", "2")
    ending = "、" if marker.kind == "一、" else "" if marker.kind != "1." else norm[marker.start + len(marker.label)]
    return latest.goes_on(second + ending, marker.end)


def _under_title(inside: Marker, above: Marker | None, norm: str) -> bool:
    """The first item of a list right behind the title of its section, in a text without line breaks."""
    if above is None or inside.value != 1 or inside.kind == above.kind:
        return False
    title = norm[above.end : inside.start]
    return len(title) <= _LONGEST_TITLE and title.endswith(" ") and not re.search(r"[。;,:]", title)


def _free(norm: str, at: int, start: int) -> bool:
    """The words before are a whole sentence, or a title that stands apart by a blank."""
    before = norm[max(start, at - 12) : at]
    return (
        bool(_TITLE_BEFORE.search(before.rstrip(" ”》)]")))
        or before.endswith(" ")
        or before.rstrip().endswith((")", "]"))
    )
