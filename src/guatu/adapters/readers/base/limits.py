"""How large a thing may be before reading it would harm the machine rather than help the clerk."""

MEGABYTE = 1024 * 1024
FILE_BYTES = 64 * MEGABYTE
EXPANDED_BYTES = 200 * MEGABYTE
"""All parts of a docx or xlsx together, unpacked."""
PART_BYTES = 64 * MEGABYTE
"""One XML part of a docx or xlsx: parsed, it takes up to ten times as much memory."""
LINE_CHARACTERS = 1_000_000
SHEET_CELLS = 5_000_000
"""Cells of the rectangle that a sheet's values span."""
CONVERSION_SECONDS = 120


def megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"
