"""Page numbers and running heads: what a page carries that is not of the document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from guatu.adapters.readers.pdf.lines import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/,，、]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·\s]*|[-—–－·\s]+[ivxIVX]{1,5}[-—–－·\s]+"
)
_MARGIN = 0.15
"""Share of the page's height at top and bottom where page numbers stand."""
_EDGE_LINES = 2
_DIGITS = re.compile(r"\d+")
_SAME_HEIGHT = 4.0


def without_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """The lines of each page without page numbers, running heads and feet."""
    edges = [list(_edges(found, height)) for found, height in zip(pages, heights, strict=True)]
    running = _running(edges, sum(1 for found in pages if found))
    kept: list[list[Line]] = []
    for found, edge in zip(pages, edges, strict=True):
        dropped = {id(line) for line in edge if _PAGE_NUMBER.fullmatch(line.text.strip()) or _key(line) in running}
        kept.append([line for line in found if id(line) not in dropped])
    return kept


def _edges(found: Sequence[Line], height: float) -> Iterable[Line]:
    """The first lines of a page in its upper margin, and the last ones in its lower margin."""
    upper = [line for line in found[:_EDGE_LINES] if line.middle < _MARGIN * height]
    lower = [line for line in found[-_EDGE_LINES:] if line.middle > (1 - _MARGIN) * height]
    return (*upper, *lower)


def _running(edges: Sequence[Sequence[Line]], pages: int) -> set[tuple[str, int]]:
    """Lines at the edge of more than half of the pages, at one height and alike but for their digits."""
    counted: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        counted.update({_key(line) for line in edge})
    return {key for key, count in counted.items() if count >= 2 and 2 * count > pages}


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.middle / _SAME_HEIGHT)
