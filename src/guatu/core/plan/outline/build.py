"""From the working text to the outline of its documents."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.bare import with_bare_numbers
from guatu.core.plan.outline.cards import Card, read_card
from guatu.core.plan.outline.documents import Frame, Piece, split
from guatu.core.plan.outline.headings import read_heading
from guatu.core.plan.outline.heads import read_head
from guatu.core.plan.outline.informs import news_words
from guatu.core.plan.outline.lost import part_from_lost
from guatu.core.plan.outline.model import Outline, OutlineDocument, Table
from guatu.core.plan.outline.named import name_whole
from guatu.core.plan.outline.one_line import apart
from guatu.core.plan.outline.paragraphs import paragraphs
from guatu.core.plan.outline.rejoined import with_breaks
from guatu.core.plan.outline.sections import classify
from guatu.core.plan.outline.tree import nest
from guatu.core.plan.source.readable import is_readable


def build_outline(norm: str, given: Sequence[Table] = ()) -> Outline:
    """The documents of a working text, each with its head, its numbered items and their kinds.

    `given` are the tables that the file's reader found; others are found by their tabs.
    """
    blocks, tables = paragraphs(norm, given)
    blocks = with_bare_numbers(norm, list(with_breaks(norm, apart(norm, blocks))))
    card = read_card(norm, blocks, tables)
    blocks = [block for i, block in enumerate(blocks) if i not in card.blocks]
    tables = [table for i, table in enumerate(tables) if i not in card.tables]
    frame = Frame(norm, blocks, tables)
    pieces = split(frame) if blocks else [Piece(0)]
    documents: list[OutlineDocument] = []
    lasts = [piece.first for piece in pieces[1:]] + [len(blocks)]
    for piece, last in zip(pieces, lasts, strict=True):
        end = blocks[last].start if last < len(blocks) else len(norm)
        own = card if not documents else None
        documents.append(_document(norm, piece, frame, range(piece.first, last), end, tables, own))
    if documents:
        documents[0].start = 0
    _hand_down(documents)
    name_whole(documents, norm)
    outline = Outline(
        documents, collection=any(d.independent or (d.annex and d.annex.startswith("篇")) for d in documents)
    )
    outline.readable = is_readable(norm)
    for document, behind in zip_longest(documents, documents[1:]):
        document.kind = document.kind if outline.readable else "other"
        classify(document, norm, covering=_covers(document, behind, norm))
    return outline


def _document(
    norm: str, piece: Piece, frame: Frame, own: range, end: int, tables: Sequence[Table], card: Card | None
) -> OutlineDocument:
    blocks = frame.blocks
    start = blocks[own.start].start if own else 0
    document = OutlineDocument(start, end, [blocks[i] for i in own], annex=piece.annex, independent=piece.independent)
    read_head(document, piece, norm, card)
    if piece.title:
        document.title_start, document.title_end = piece.title
        document.title = norm[slice(*piece.title)]
    document.listed = [blocks[i] for i in own if i in frame.listed]
    document.roots = nest([blocks[i] for i in own if i not in frame.listed])
    part_from_lost(document.roots, norm)
    for node in document.nodes():
        read_heading(node, norm)
    first, last = (bisect_left(tables, at, key=_start) for at in (start if piece.first else 0, end))
    document.tables = list(tables[first:last])
    if document.kind == "plan" and not (document.roots or document.tables) and news_words(norm, start, end):
        document.kind = "report"
    return document


# 转发省厅通知,并提出如下意见: who forwards a notice and adds items of its own orders them.
_FORWARDING = regex("转发|批转")
_HANDING_ON = regex("印发|转发|批转|下发|下达|公布|发布")


def _start(table: Table) -> int:
    return table.start


def _hand_down(documents: list[OutlineDocument]) -> None:
    """Annexes without a year of their own are of the year of what they are annexed to."""
    year: int | None = None
    for document in documents:
        if document.annex and document.annex.startswith("篇"):
            continue
        if document.independent:
            year = document.year
        if document.year is None and document.kind != "notice":
            document.year = year
        year = year or document.year
    for notice, plan in pairwise(documents):
        if notice.kind == "notice" and plan.annex is None and not plan.independent:
            plan.date = plan.date or notice.date
            plan.doc_no = plan.doc_no or notice.doc_no
            plan.issuer = plan.issuer or notice.issuer


def _covers(document: OutlineDocument, behind: OutlineDocument | None, norm: str) -> bool:
    """A notice that only hands on the plans behind it; one that orders things itself may have annexes as well."""
    if document.kind != "notice" or behind is None or behind.independent:
        return False
    if len(document.roots) > 1 and _FORWARDING.search(norm, document.start, document.roots[0].start):
        return False
    return behind.annex is None or bool(_HANDING_ON.search(document.title))
