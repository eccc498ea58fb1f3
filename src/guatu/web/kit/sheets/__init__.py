"""Spreadsheets that people fill in: one description of the columns for template, export and import."""

from guatu.web.kit.sheets.read import CellError, Sheet, SheetRow, read_sheet
from guatu.web.kit.sheets.write import as_download, write_errors, write_sheet

__all__ = [
    "CellError",
    "Sheet",
    "SheetRow",
    "as_download",
    "read_sheet",
    "write_errors",
    "write_sheet",
]
