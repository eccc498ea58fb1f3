"""The paragraphs of a document with the kind of section each stands in, and where phases say their time."""

import re

from guatu.core.plan.model import SectionKind
from guatu.core.plan.outline.model import Node, OutlineDocument

_TIME_BRACKET = re.compile(r"[(\[]([^()\[\]]*(?:\d ?[年月]|_月)[^()\[\]]*)[)\]]")
_TIME_COLON = re.compile(r"[:,。 ]((?:\d{4}年)?\d{1,2}月[^,。;:]{0,24})")

Paragraphs = list[tuple[int, int, SectionKind]]


def paragraphs(document: OutlineDocument) -> Paragraphs:
    """`(start, end, kind)` of every paragraph in reading order; what stands before the first item is `other`."""
    kinds = {block.start: node.kind for node in document.nodes() for block in node.blocks}
    skipped = {block.start for block in document.listed}
    found: Paragraphs = [
        (b.start, b.end, kinds.get(b.start, "other")) for b in document.blocks if b.start not in skipped
    ]
    for table in document.tables:
        found += [(row.cells[0][0], row.cells[-1][1], "task") for row in table.rows]
    return sorted(found)


def phase_times(document: OutlineDocument, norm: str) -> list[tuple[Node, int, int]]:
    """For each phase, where its heading says its time."""
    found = []
    for node in document.nodes():
        if node.kind != "phase" and not node.title.endswith("阶段"):
            continue
        block = node.blocks[0]
        limit = min(block.end, node.title_end + 60)
        bracket = _TIME_BRACKET.search(norm, max(node.marker.end, node.title_end - 40), limit)
        if bracket:
            found.append((node, *bracket.span(1)))
    return found
