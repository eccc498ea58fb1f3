"""Page numbers and running heads: what a page carries that is not of the document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from guatu.adapters.readers.pdf.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·\s]*"
    r"|[-—–－·\s]+[ivxIVX]{1,5}[-—–－·\s]+"
)
_MARGIN = 0.15
"""Share of the page's height at top and bottom where page numbers stand."""
_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
_Key = tuple[str, int]
_SAME_HEIGHT = 0.005
"""Share of the page's height by which a running head may move from page to page."""


def furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The page numbers, running heads and feet of each page, from top to bottom."""
    keyed = [
        [(line, _key(line, height)) for line in _edges(found, height)]
        for found, height in zip(pages, heights, strict=True)
    ]
    running = _running([{key for _, key in edge} for edge in keyed], sum(1 for found in pages if found))
    return [
        [line for line, key in edge if key in running or _PAGE_NUMBER.fullmatch(line.text.strip())] for edge in keyed
    ]


def _edges(found: Sequence[Line], height: float) -> Iterable[Line]:
    """The first lines of a page in its upper margin, and the last ones in its lower margin."""
    upper = [line for line in found[:_EDGE_LINES] if line.middle < _MARGIN * height]
    lower = [line for line in found[-_EDGE_LINES:] if line.middle > (1 - _MARGIN) * height]
    return (*upper, *lower)


def _running(edges: Sequence[set[_Key]], pages: int) -> set[_Key]:
    """Lines at the edge of more than half of the pages, at one height and alike but for their digits."""
    counted = Counter(key for edge in edges for key in edge)
    return {key for key, count in counted.items() if count >= 2 and 2 * count > pages}


def _key(line: Line, height: float) -> _Key:
    return _DIGITS.sub("#", line.text), round(line.middle / (_SAME_HEIGHT * height or 1.0))
