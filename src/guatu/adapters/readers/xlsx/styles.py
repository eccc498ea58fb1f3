"""What the file format says beside the values: how numbers are shown, and how far the values reach."""

import posixpath
import re
from typing import Any

import msgspec

from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.limits import SHEET_CELLS
from guatu.adapters.readers.base.source import RawFile
from guatu.adapters.readers.base.xml import parse_xml

_BUILT_IN = {9: "0%", 10: "0.00%", 55: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"'}
"""Number formats without a code in the file (ECMA-376 part 1, 18.8.30; 55 and 57 as Chinese Excel shows them)."""
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*?)>\s*<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d{1,6})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{1,7})["']""")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class NumberFormats(msgspec.Struct, frozen=True):
    """The formats of a sheet's cells that change what a number says, by (row, column) from 1."""

    by_cell: dict[tuple[int, int], str]

    def percent(self, row: int, column: int) -> bool:
        return "%" in _LITERAL.sub("", self.by_cell.get((row, column), ""))

    def month_only(self, row: int, column: int) -> bool:
        code = _LITERAL.sub("", self.by_cell.get((row, column), "")).lower()
        return "y" in code and "m" in code and "d" not in code


class Parts:
    """The parts of an xlsx file that belong to its sheets, by sheet name."""

    def __init__(self, file: RawFile, archive: Archive) -> None:
        self._archive = archive
        self._formats = _formats(_root(file, archive, "xl/styles.xml"))
        self._sheets = _sheet_parts(
            _root(file, archive, "xl/workbook.xml"), _root(file, archive, "xl/_rels/workbook.xml.rels")
        )

    def number_formats(self, sheet: str) -> NumberFormats:
        telling = {
            index
            for index, code in self._formats.items()
            if "%" in code or ("y" in code.lower() and "m" in code.lower())
        }
        if not telling:
            return NumberFormats({})
        found: dict[tuple[int, int], str] = {}
        for match in _CELL.finditer(self.data(sheet)):
            style, reference = _STYLE.search(match[1]), _REFERENCE.search(match[1])
            if style and reference and int(style[1]) in telling:
                found[int(reference[2]), _column(reference[1])] = self._formats[int(style[1])]
        return NumberFormats(found)

    def is_too_wide(self, sheet: str) -> bool:
        """Whether the rectangle around the values is too large: one stray value in the last row makes it so."""
        rows, columns = {1}, {1}
        for match in _CELL.finditer(self.data(sheet)):
            reference = _REFERENCE.search(match[1])
            if reference and not match[2]:
                columns.add(_column(reference[1]))
                rows.add(int(reference[2]))
            elif not reference:
                return self._rows_without_references(sheet)
        return (max(rows) - min(rows) + 1) * max(columns) > SHEET_CELLS

    def formulas(self, sheet: str) -> set[tuple[int, int]]:
        """Cells of a sheet that hold a formula, by (row, column) from 1."""
        found = (_REFERENCE.search(match[1]) for match in _FORMULA.finditer(self.data(sheet)))
        return {(int(reference[2]), _column(reference[1])) for reference in found if reference}

    def _rows_without_references(self, sheet: str) -> bool:
        data = self.data(sheet)
        last = max((int(match[1]) for match in _ROW.finditer(data)), default=0)
        return last * 256 > SHEET_CELLS or len(data) > 4 * SHEET_CELLS

    def data(self, sheet: str) -> bytes:
        """The XML of a sheet."""
        return self._archive.part(self._sheets.get(sheet, "")) or b""


def _root(file: RawFile, archive: Archive, name: str) -> Any:
    data = archive.part(name)
    return None if data is None else parse_xml(file, data, name)


def _formats(styles: Any) -> dict[int, str]:
    """The code of each cell style whose number format has one."""
    if styles is None:
        return {}
    codes = dict(_BUILT_IN)
    for element in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = str(element.get("formatCode", ""))
    cells = styles.iterfind("{*}cellXfs/{*}xf")
    return {index: codes.get(int(cell.get("numFmtId", "0")), "") for index, cell in enumerate(cells)}


def _sheet_parts(workbook: Any, relations: Any) -> dict[str, str]:
    if workbook is None or relations is None:
        return {}
    targets = {str(relation.get("Id")): str(relation.get("Target", "")) for relation in relations}
    found: dict[str, str] = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        key = next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(key, "")
        found[str(sheet.get("name", ""))] = (
            target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        )
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
