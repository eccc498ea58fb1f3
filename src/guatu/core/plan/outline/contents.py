"""A table of contents names the sections that follow: its entries are no items, though each has a number."""

from collections.abc import Sequence
from typing import Final

from guatu.core.kernel.regex import regex

_HEAD: Final = regex(r"目 *录")
_PAGE: Final = regex(r"[ .…·\-]*\d{0,3}$")
"""What stands between an entry and the edge of the page: dots and the number of the page."""
_MOST_ENTRIES: Final = 200
_FEWEST_ENTRIES: Final = 2
_LONGEST_ENTRY: Final = 60


def contents(texts: Sequence[str]) -> set[int]:
    """Indexes of the lines of a table of contents: from 目录 up to where its first entry stands again."""
    found: set[int] = set()
    for i, text in enumerate(texts):
        if text and text[0] == "目" and _HEAD.fullmatch(text):
            end = _end(texts, i + 1)
            if end - i > _FEWEST_ENTRIES:
                found.update(range(i, end))
    return found


def _end(texts: Sequence[str], first: int) -> int:
    """The line that repeats the first entry; `first` where a longer text comes before it."""
    if first >= len(texts):
        return first
    entry = _entry(texts[first])
    for i in range(first + 1, min(len(texts), first + _MOST_ENTRIES)):
        if not 0 < len(texts[i]) <= _LONGEST_ENTRY:
            return first
        if _entry(texts[i]) == entry:
            return i
    return first


def _entry(text: str) -> str:
    return _PAGE.sub("", text).replace(" ", "")
