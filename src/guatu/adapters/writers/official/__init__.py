"""Official documents: the layout of GB/T 9704-2012 as docx, and the same tables as a workbook.

    official_document(document) -> bytes        an OfficialDocument as .docx
    table_book(title, tables) -> bytes          its tables as .xlsx, with the very figures that the document shows

Both are pure in that the same input gives the same pages; no date, number or name is made up here.
"""

from guatu.adapters.writers.official.blocks import blocks_of
from guatu.adapters.writers.official.document import official_document
from guatu.adapters.writers.official.model import (
    Annex,
    Block,
    CellValue,
    Column,
    DataTable,
    Heading,
    OfficialDocument,
    Paragraph,
)
from guatu.adapters.writers.official.shown import shown
from guatu.adapters.writers.official.workbook import table_book

__all__ = [
    "Annex",
    "Block",
    "CellValue",
    "Column",
    "DataTable",
    "Heading",
    "OfficialDocument",
    "Paragraph",
    "blocks_of",
    "official_document",
    "shown",
    "table_book",
]
