"""How large a thing may be before reading it would harm the machine rather than help the clerk.

These are sizes. What reading costs in time and memory is bounded by the child process that it is done in
(`adapters/bounded`).
"""

MEGABYTE = 1024 * 1024
FILE_BYTES = 64 * MEGABYTE
LINE_CHARACTERS = 1_000_000
SHEET_CELLS = 5_000_000
"""Cells of the rectangle that a sheet's values span."""
TABLE_CELLS = 1_000_000
"""Cells of the tables of a document, those that merged cells cover among them."""
PDF_PAGES = 3_000


def megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"
