"""Spreadsheets that people fill in: one description of the columns for template, export and import."""

from guatu.web.base.sheets.columns import Choice, Column, Day, Text, Whole
from guatu.web.base.sheets.read import CellError, Sheet, SheetRow, read_sheet
from guatu.web.base.sheets.write import as_download, write_errors, write_sheet

__all__ = [
    "CellError",
    "Choice",
    "Column",
    "Day",
    "Sheet",
    "SheetRow",
    "Text",
    "Whole",
    "as_download",
    "read_sheet",
    "write_errors",
    "write_sheet",
]
