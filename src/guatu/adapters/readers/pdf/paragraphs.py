"""Lines joined back into paragraphs.

A line goes on from the one before where that one reaches the right margin and this one begins at the left margin, in
type of the same size and at the usual distance. Chinese paragraphs begin two characters in, which ends the one before.
"""

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from guatu.adapters.readers.pdf.lines import Line

_FULL = 0.88
"""Share of the widest line from which on a line counts as full."""
_WIDE = 0.5
"""Share of the page's width that the widest line of a document must have; without one, every line stands alone."""
_ENOUGH = 3
_RAGGED = 1.9
"""Characters by which a full line may stay short of the margin: a word or a bracket that did not fit."""
_RAGGED_OPEN = 5.0
"""The same where the line ends within a sentence: a number or a Latin word of that length may not have fitted."""
_INDENT = 0.9
_SAME_LEFT = 0.08
"""Characters within which two lines begin at one place."""
_SAME_SIZE = 0.12
_LONGEST_STEP = 1.3
"""How much further down than usual, as a factor, the next line of a paragraph may stand."""
_ITEM = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]{1,4}[章节条篇部]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d)|[①-⑳]|附件)"
)
_CHINESE_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）](?![项款目条]))")
_OPEN = "，、,第条款和及与或至到按照的“《（("
"""Ends of a line that cannot be that of a paragraph."""
_ENDED = "。；：！？;:!?"
_CLOSED = "）)】」』”"
"""An item also ends with the brackets that name its units. What hangs on the document (附件) is often named behind one.
"""


class Margins(msgspec.Struct, frozen=True):
    """Where full lines begin and end on a page, and the distance from one line to the next."""

    left: float
    right: float
    step: float


def margins(pages: Sequence[Sequence[Line]], widths: Sequence[float]) -> list[Margins | None]:
    """The margins of each page. Pages with few full lines have those of the document; None where there are none."""
    found = [line for page in pages for line in page]
    widest = max((line.right - line.left for line in found), default=0.0)
    if not found or widest < _WIDE * min(widths, default=0.0):
        return [None for _ in pages]
    whole = _margins(found, widest)
    return [_margins(page, widest) if _full(page, widest) >= _ENOUGH else whole for page in pages]


def _full(lines: Sequence[Line], widest: float) -> int:
    return sum(1 for line in lines if line.right - line.left >= _FULL * widest)


def _margins(lines: Sequence[Line], widest: float) -> Margins:
    full = [line for line in lines if line.right - line.left >= _FULL * widest]
    steps = [after.top - before.top for before, after in pairwise(lines) if after.top > before.top]
    lefts = sorted(line.left for line in lines)
    near = _SAME_LEFT * statistics.median(line.size for line in lines) if lines else 0.0
    shared = [left for left, following in pairwise(lefts) if following - left < near]
    rights = sorted(line.right for line in full)
    return Margins(
        left=min([*shared[:1], *(line.left for line in full)]),
        right=rights[len(rights) * 3 // 4],
        step=statistics.median(steps) if steps else 0.0,
    )


def runs_on(before: Line, after: Line, of_before: Margins | None, of_after: Margins | None) -> bool:
    """Whether `after` continues the paragraph that `before` ends with."""
    size = before.size
    if of_before is None or of_after is None or abs(after.size - size) > _SAME_SIZE * size:
        return False
    short = _RAGGED if before.text[-1:] in _ENDED else _RAGGED_OPEN
    if before.right < of_before.right - short * size or after.left > of_after.left + _INDENT * size:
        return False
    if before.page == after.page and of_after.step and after.top - before.top > _LONGEST_STEP * of_after.step:
        return False
    return not _begins_item(before.text, after.text)


def _begins_item(before: str, after: str) -> bool:
    """Whether a line begins an item, after one that a sentence ends with."""
    if not _ITEM.match(after):
        return False
    if before[-1:] in _ENDED or (before[-1:] in _CLOSED and not after.startswith("附件")):
        return True
    # （二） after a line that lacks its full stop is still an item; 第三条第（二）项 and 镇、（二）村 go on.
    return bool(_CHINESE_ITEM.match(after)) and before[-1:] not in _OPEN


def glue(before: str, after: str) -> str:
    """What stands between two lines that are joined: a space between Latin words, else nothing."""
    if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalnum():
        return " "
    return ""
