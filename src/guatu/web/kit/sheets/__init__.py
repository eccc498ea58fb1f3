"""Spreadsheets that people fill in: one description of the columns for template, export and import."""

from guatu.web.kit.sheets.book import Book, SheetKind, read_workbook, write_workbook
from guatu.web.kit.sheets.read import CellError, Sheet, SheetRow, read_sheet, sheet_of_rows
from guatu.web.kit.sheets.write import as_download, write_errors, write_sheet

__all__ = [
    "Book",
    "CellError",
    "Sheet",
    "SheetKind",
    "SheetRow",
    "as_download",
    "read_sheet",
    "read_workbook",
    "sheet_of_rows",
    "write_errors",
    "write_sheet",
    "write_workbook",
]
