"""What the file format says beside the values: how numbers are shown, and how far the values reach."""

import datetime
import posixpath
import re
from typing import Any

from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.limits import SHEET_CELLS
from guatu.adapters.readers.base.source import RawFile
from guatu.adapters.readers.base.xml import parse_xml
from guatu.adapters.readers.xlsx.around import beside
from guatu.adapters.readers.xlsx.cells import Facts, Styles, column_number, facts
from guatu.adapters.readers.xlsx.formats import tells
from guatu.adapters.readers.xlsx.strings import Aside, is_struck, may_be_rich, rich_strings

_MONEY = dict.fromkeys((5, 6, 7, 8, 42, 44), '"¥"#,##0.00')
_BUILT_IN = {**_MONEY, 9: "0%", 10: "0.00%", 55: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"'}
"""Number formats without a code in the file (ECMA-376 part 1, 18.8.30; as Chinese Excel shows them)."""
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*?)>\s*<(?:\w+:)?f[\s>/]")
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d{1,7})["']""")


class Parts:
    """The parts of an xlsx file that belong to its sheets, by sheet name."""

    def __init__(self, file: RawFile, archive: Archive) -> None:
        self._file, self._archive = file, archive
        self._styles = _styles(_root(file, archive, "xl/styles.xml"))
        workbook = _root(file, archive, "xl/workbook.xml")
        properties = None if workbook is None else workbook.find("{*}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._sheets = _sheet_parts(workbook, _root(file, archive, "xl/_rels/workbook.xml.rels"))
        strings = archive.part("xl/sharedStrings.xml") or b""
        self._strings = rich_strings(_root(file, archive, "xl/sharedStrings.xml")) if may_be_rich(strings) else {}

    def facts(self, sheet: str) -> Facts:
        """What its XML says of the cells of a sheet beside their values."""
        return facts(self.data(sheet), self._styles, self._strings)

    def beside(self, sheet: str) -> list[Aside]:
        """Words that hang on a sheet: comments, text boxes; and what of it holds no words."""
        return beside(self._file, self._archive, self._sheets.get(sheet, ""))

    @property
    def first_day(self) -> datetime.date:
        """The day 0 of the workbook. Excel has a 29 February 1900 that never was; so its count begins a day early."""
        return datetime.date(1904, 1, 1) if self._from_1904 else datetime.date(1899, 12, 30)

    def is_too_wide(self, sheet: str) -> bool:
        """Whether the rectangle around the values is too large: one stray value in the last row makes it so."""
        rows, columns = {1}, {1}
        for match in _CELL.finditer(self.data(sheet)):
            reference = _REFERENCE.search(match[1])
            if reference and not match[2]:
                columns.add(column_number(reference[1]))
                rows.add(int(reference[2]))
            elif not reference:
                return self._rows_without_references(sheet)
        return (max(rows) - min(rows) + 1) * max(columns) > SHEET_CELLS

    def formulas(self, sheet: str) -> set[tuple[int, int]]:
        """Cells of a sheet that hold a formula, by (row, column) from 1."""
        found = (_REFERENCE.search(match[1]) for match in _FORMULA.finditer(self.data(sheet)))
        return {(int(reference[2]), column_number(reference[1])) for reference in found if reference}

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


def _styles(styles: Any) -> Styles:
    """The cell styles by what they add to a value."""
    if styles is None:
        return Styles({}, set())
    codes = dict(_BUILT_IN)
    for element in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[int(element.get("numFmtId", "0"))] = str(element.get("formatCode", ""))
    struck = {index for index, font in enumerate(styles.iterfind("{*}fonts/{*}font")) if is_struck(font)}
    found = Styles({}, set())
    for index, cell in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        if tells(code := codes.get(int(cell.get("numFmtId", "0")), "")):
            found.formats[index] = code
        if int(cell.get("fontId", "0")) in struck:
            found.struck.add(index)
    return found


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
