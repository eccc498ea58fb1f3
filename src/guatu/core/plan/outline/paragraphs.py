"""Lines become paragraphs; a heading glued to the paragraph before it becomes one of its own."""

import re
from collections.abc import Iterator, Sequence

from guatu.core.plan.outline.grids import body_start, pieces
from guatu.core.plan.outline.markers import marker_at
from guatu.core.plan.outline.model import Block, Marker, Table
from guatu.core.plan.outline.stacked import restacked

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


def paragraphs(norm: str, given: Sequence[Table] = ()) -> tuple[list[Block], list[Table]]:
    """All paragraphs and tables of a text in reading order; the rows of a table are no paragraphs.

    `given` are the tables that the reader of the file found, in working positions.
    """
    blocks: list[Block] = []
    tables: list[Table] = []
    latest = Numbers(norm)
    for piece in restacked(pieces(norm, given), norm):
        if isinstance(piece, Table):
            tables.append(piece)
        else:
            at = body_start(norm, *piece)
            blocks.extend(_with_headings_split(norm, at, piece[1], latest))
    return blocks, tables


def _with_headings_split(norm: str, start: int, end: int, latest: "Numbers") -> Iterator[Block]:
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


class Numbers:
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


def _is_heading(marker: Marker, latest: Numbers, norm: str, end: int, start: int) -> bool:
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
