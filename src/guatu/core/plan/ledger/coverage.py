"""Proof that every numbered item of the file is in the ledger."""

from collections.abc import Sequence

from guatu.core.plan.model import Coverage, Document
from guatu.core.plan.outline.model import OutlineDocument


def count_items(outlines: Sequence[OutlineDocument], documents: Sequence[Document]) -> Coverage:
    """Numbered paragraphs and rows of task tables, against what became of them; what is missing is unread.

    Items of the list of annexes are counted as other.
    """
    as_task = sum(len(document.tasks) for document in documents)
    sections = sum(len(document.sections) for document in documents)
    nodes = sum(len(outline.nodes()) for outline in outlines)
    rows = as_task - (nodes - sections)
    numbered = rows + sum(1 for outline in outlines for block in outline.blocks if block.marker)
    as_other = sections + sum(1 for outline in outlines for block in outline.listed if block.marker)
    return Coverage(numbered, as_task, as_other, numbered - as_task - as_other)
