"""Proof that every numbered item of the file is in the ledger."""

from collections.abc import Sequence

from guatu.core.plan.model import Coverage, Document
from guatu.core.plan.outline.model import OutlineDocument


def count_items(outlines: Sequence[OutlineDocument], documents: Sequence[Document]) -> Coverage:
    """Items by number, counted in the paragraphs; tasks and sections, counted in the ledger; what is missing is unread.

    Items of the list of annexes are counted as other.
    """
    numbered = as_other = 0
    for outline in outlines:
        numbered += sum(1 for block in outline.blocks if block.marker)
        as_other += sum(1 for block in outline.listed if block.marker)
    as_task = sum(1 for document in documents for task in document.tasks)
    tables = sum(len(document.tasks) for document in documents) - as_task
    as_other += sum(len(document.sections) for document in documents)
    return Coverage(numbered + tables, as_task, as_other, numbered - as_task - as_other)
