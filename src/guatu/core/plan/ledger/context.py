"""The paragraphs of a document with the kind of section each stands in, and where phases say their time."""

from collections.abc import Sequence

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.tables import TableReading
from guatu.core.plan.model import SectionKind
from guatu.core.plan.outline.model import Node, OutlineDocument

_TIME_BRACKET = regex(r"[(\[]([^()\[\]]*(?:\d ?[年月]|_月|[日天月年周期]之?内)[^()\[\]]*)[)\]]")
_TIME_COLON = regex(r"[:,。 ]((?:\d{4}年)?\d{1,2}月[^,。;:]{0,24})")

Paragraphs = list[tuple[int, int, SectionKind]]


def paragraphs(document: OutlineDocument, tables: Sequence[TableReading], norm: str) -> Paragraphs:
    """`(start, end, kind)` of every paragraph in reading order; what stands before the first item is `other`.

    The head of a table is none: a year in it is no deadline. Where nothing but blanks part its cells each is one.
    """
    kinds = {block.start: node.kind for node in document.nodes() for block in node.blocks}
    skipped = {block.start for block in document.listed}
    found: Paragraphs = [
        (b.start, b.end, kinds.get(b.start, "other")) for b in document.blocks if b.start not in skipped
    ]
    for table in tables:
        for read in table.rows:
            if read.kind != "head":
                row = (read.row.start, read.row.end)
                own = [row] if norm.find("\t", *row) >= 0 else [cell for cell in read.row.cells if cell[0] < cell[1]]
                found += [(start, end, "task") for start, end in own]
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
