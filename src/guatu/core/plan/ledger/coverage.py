"""Proof that every numbered item and every row of a table of the file is in the ledger."""

from collections.abc import Sequence

from guatu.core.plan.commitments.tables import TableReading
from guatu.core.plan.model import Coverage, Document
from guatu.core.plan.outline.model import OutlineDocument


def count_items(
    outlines: Sequence[OutlineDocument], documents: Sequence[Document], tables: Sequence[Sequence[TableReading]]
) -> Coverage:
    """Numbered paragraphs and rows below the heads of tables, against what became of them; what is missing is unread.

    Items of the list of annexes are counted as other, and so are rows that head a group, add up, or go on a row above.
    """
    rows = [row.kind for one in tables for table in one for row in table.rows if row.kind != "head"]
    numbered = len(rows) + sum(1 for outline in outlines for block in outline.blocks if block.marker)
    as_task = sum(len(document.tasks) for document in documents)
    as_other = sum(kind not in ("task", "unread") for kind in rows)
    as_other += sum(len(document.sections) for document in documents)
    as_other += sum(1 for outline in outlines for block in outline.listed if block.marker)
    return Coverage(numbered, as_task, as_other, numbered - as_task - as_other)
