"""From the working text to the outline of its documents."""

from bisect import bisect_left
from collections.abc import Sequence

from guatu.core.plan.outline.documents import Piece, attachment_lists, split
from guatu.core.plan.outline.headings import read_heading
from guatu.core.plan.outline.heads import read_head
from guatu.core.plan.outline.model import Block, Outline, OutlineDocument, Table
from guatu.core.plan.outline.paragraphs import paragraphs
from guatu.core.plan.outline.sections import classify
from guatu.core.plan.outline.tree import nest


def build_outline(norm: str, given: Sequence[Table] = ()) -> Outline:
    """The documents of a working text, each with its head, its numbered items and their kinds.

    `given` are the tables that the file's reader found; others are found by their tabs and bars.
    """
    blocks, tables = paragraphs(norm, given)
    pieces = split(norm, blocks) if blocks else [Piece(0)]
    listed = attachment_lists(norm, blocks)
    documents: list[OutlineDocument] = []
    lasts = [piece.first for piece in pieces[1:]] + [len(blocks)]
    for piece, last in zip(pieces, lasts, strict=True):
        end = blocks[last].start if last < len(blocks) else len(norm)
        documents.append(_document(norm, piece, blocks, range(piece.first, last), end, listed, tables))
    if documents:
        documents[0].start = 0
    _hand_down(documents)
    outline = Outline(documents, collection=any(d.annex and d.annex.startswith("篇") for d in documents))
    for document in documents:
        classify(document, norm, covering=_covers(document, outline))
    return outline


def _document(
    norm: str,
    piece: Piece,
    blocks: Sequence[Block],
    own: range,
    end: int,
    listed: set[int],
    tables: Sequence[Table],
) -> OutlineDocument:
    start = blocks[own.start].start if own else 0
    document = OutlineDocument(start, end, [blocks[i] for i in own], annex=piece.annex)
    read_head(document, piece, norm)
    if document.annex and document.annex.startswith("附件") and not piece.skip:
        _title_on_boundary(document, norm)
    document.listed = [blocks[i] for i in own if i in listed]
    document.roots = nest([blocks[i] for i in own if i not in listed])
    for node in document.nodes():
        read_heading(node, norm)
    starts = [t.start for t in tables]
    document.tables = list(tables[bisect_left(starts, start if piece.first else 0) : bisect_left(starts, end)])
    return document


def _title_on_boundary(document: OutlineDocument, norm: str) -> None:
    """附件1:X方案 on one line: the title is what follows the label."""
    block = document.blocks[0]
    text = norm[block.start : block.end]
    at = next((i for i, c in enumerate(text) if i >= 2 and c not in "附件一二三四五六七八九十0123456789:.、 "), 0)
    document.title_start, document.title_end = block.start + at, block.end
    document.title = text[at:]


def _hand_down(documents: list[OutlineDocument]) -> None:
    """Annexes without a year of their own are of the year of what they are annexed to."""
    year: int | None = None
    for document in documents:
        if document.annex and document.annex.startswith("篇"):
            continue
        if document.year is None and document.kind != "notice":
            document.year = year
        year = year or document.year
    if (
        documents
        and documents[0].kind == "notice"
        and documents[0].date
        and len(documents) > 1
        and documents[1].annex is None
    ):
        documents[1].date = documents[1].date or documents[0].date


def _covers(document: OutlineDocument, outline: Outline) -> bool:
    """A notice that only hands on the plans behind it."""
    return document.kind == "notice" and len(outline.documents) > 1
