"""Lists as files, written row by row: a workbook or text of any length in a few megabytes of memory.

The workbook's sheet is written here, as the XML of ECMA-376 (SpreadsheetML) with inline strings; only its frame has a
style table. XlsxWriter in its constant-memory mode took twelve times as long over the same cells.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

ROWS = 1_048_576
"""Rows of a sheet (ECMA-376 by way of Excel's limits); what is longer goes on in another sheet."""
CELL = 32_767
"""Characters of a cell."""
BLOCK = 500
EPOCH = datetime.date(1899, 12, 30)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("[&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """Head of a column and its width in characters."""

    title: str
    width: int = 14


def csv_parts(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Text with a byte order mark, so that spreadsheets read it as UTF-8; nothing in it is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow([column.title for column in columns])
    for at, row in enumerate(rows):
        writer.writerow([_text(value) for value in row])
        if at % BLOCK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if not isinstance(value, str):
        return str(value)
    return f"'{value}" if value.startswith(_FORMULA) else value


class _Sink(io.RawIOBase):
    """What the archive writes, until it is handed on. It cannot be sought in, so the archive streams."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def xlsx_parts(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The bytes of a workbook: frozen head, filters, dates as dates, numbers as numbers, everything else as text."""
    sink = _Sink()
    rest = iter(rows)
    sheets: list[int] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
        more = True
        while more:
            with archive.open(f"xl/worksheets/sheet{len(sheets) + 1}.xml", "w", force_zip64=True) as sheet:
                writer = _Sheet(sheet, columns)
                for _ in writer.write(rest):
                    yield sink.taken()
                more = writer.full
            sheets.append(writer.rows)
            yield sink.taken()
        for path, content in _frame(name, sheets, _letters(len(columns))):
            archive.writestr(path, content)
    yield sink.taken()


class _Sheet:
    def __init__(self, out: IO[bytes], columns: Sequence[Column]) -> None:
        self.out, self.columns = out, columns
        self.full = False
        self.rows = 0

    def write(self, rows: Iterator[Sequence[Any]]) -> Iterator[None]:
        """Writes rows until they end or the sheet is full; yields after each block."""
        self.out.write(self._head().encode())
        lines: list[str] = [_row([column.title for column in self.columns], ' s="1"')]
        count = 1
        for row in rows:
            lines.append(_row(row))
            count += 1
            if len(lines) >= BLOCK:
                self.out.write("".join(lines).encode("utf-8", "replace"))
                lines.clear()
                yield
            if count == ROWS:
                self.full = True
                break
        self.out.write("".join(lines).encode("utf-8", "replace"))
        self.rows = count
        last = f"{_letters(len(self.columns))}{count}"
        self.out.write(f'</sheetData><autoFilter ref="A1:{last}"/>{_PAPER}</worksheet>'.encode())

    def _head(self) -> str:
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{column.width}" customWidth="1"/>'
            for at, column in enumerate(self.columns, 1)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
            '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{widths}</cols><sheetData>"
        )


def _row(values: Sequence[Any], style: str = "") -> str:
    return f"<row>{''.join([_cell(value, style) for value in values])}</row>"


def _cell(value: Any, style: str) -> str:
    kind = type(value)
    if kind is str:
        return _string(value, style)
    writer = _WRITERS.get(kind)
    if value is None:
        return f"<c{style}/>"
    return writer(value, style) if writer else _string(str(value), style)


def _string(value: str, style: str) -> str:
    if not value:
        return f"<c{style}/>"
    if not (value.isascii() and value.isalnum()):
        value = _UNWRITABLE.sub("", value if len(value) <= CELL else f"{value[: CELL - 1]}…")
        if _ESCAPED.search(value):
            value = _ESCAPED.sub(lambda found: _ENTITIES[found[0]], value)
    return f'<c t="inlineStr"{style or _WRAPPED}><is><t xml:space="preserve">{value}</t></is></c>'


_WRAPPED = ' s="3"'


def _float(value: float, style: str) -> str:
    return f"<c{style}><v>{value!r}</v></c>" if value - value == 0 else f"<c{style}/>"


def _decimal(value: Decimal, style: str) -> str:
    return f"<c{style}><v>{value.normalize():f}</v></c>" if value.is_finite() else f"<c{style}/>"


def _date(value: datetime.date, style: str) -> str:
    return f'<c s="2"><v>{(value - EPOCH).days}</v></c>'


def _moment(value: datetime.datetime, style: str) -> str:
    return _string(value.strftime("%Y-%m-%d %H:%M:%S"), style)


_WRITERS: dict[type, Callable[[Any, str], str]] = {
    int: lambda value, style: f"<c{style}><v>{value}</v></c>",
    bool: lambda value, style: f'<c t="b"{style}><v>{value:d}</v></c>',
    float: _float,
    Decimal: _decimal,
    datetime.date: _date,
    datetime.datetime: _moment,
}


def _letters(number: int) -> str:
    """Name of a column: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _frame(name: str, rows: Sequence[int], last: str) -> Iterator[tuple[str, str]]:
    """The parts of a workbook that do not grow with its rows: `rows` of each sheet, and the name of the `last` column.
    Printed are the cells that are written, each page with the heads."""
    sheets = len(rows)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    title = re.sub(r"[\[\]:*?/\\'&<>]", "", name)[:25] or "Sheet"
    numbers = range(1, sheets + 1)
    names = [title if at == 1 else f"{title} {at}" for at in numbers]
    listed = "".join(f'<sheet name="{n}" sheetId="{at}" r:id="rId{at}"/>' for at, n in zip(numbers, names, strict=True))
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{office}/worksheet" Target="worksheets/sheet{at}.xml"/>' for at in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kind}.worksheet+xml"/>' for at in numbers
    )
    yield (
        "[Content_Types].xml",
        f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>',
    )
    yield (
        "_rels/.rels",
        f'{head}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    yield (
        "xl/workbook.xml",
        f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets>'
        f"<definedNames>{_printed(names, rows, last)}</definedNames></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        f'{head}<Relationships xmlns="{package}/relationships">{links}'
        f'<Relationship Id="rId{sheets + 1}" Type="{office}/styles" Target="styles.xml"/></Relationships>',
    )
    yield "xl/styles.xml", head + _STYLES.format(main=main)


def _printed(names: Sequence[str], rows: Sequence[int], last: str) -> str:
    return "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{at}">\'{name}\'!$A$1:${last}${count}</definedName>'
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">\'{name}\'!$1:$1</definedName>'
        for at, (name, count) in enumerate(zip(names, rows, strict=True))
    )


_PAPER = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
)
"""A4 across, as wide as one page and as long as it takes, with page numbers."""
_STYLES = (
    '<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font>'
    "</fonts>"
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF5"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">'
    '<xf fontId="0"/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
