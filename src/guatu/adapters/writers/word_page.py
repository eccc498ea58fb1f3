"""A Word document of plain tables. Rows are put together as XML text: cell by cell, python-docx slows down with
length."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from guatu.adapters.writers.clean import printable

BODY = "仿宋_GB2312"
HEAD = "黑体"
TITLE = "方正小标宋简体"
_SUBSTITUTES = {BODY: "仿宋", HEAD: "SimHei", TITLE: "宋体"}
"""What Word takes where a font is not installed."""
_LATIN = "Times New Roman"
_TWIPS_A_CM = 567
_HALF_POINTS = 2
_CELL_POINTS, _BODY_POINTS, _HEAD_POINTS, _TITLE_POINTS = 10, 12, 14, 20
_BODY_PART = "word/document.xml"
# A paragraph that no other code makes: it keeps the place of a table until the file is saved.
_TABLE_MARK = "<w:p %s><w:r><w:t>\ue000{}\ue000</w:t></w:r></w:p>"
_TABLE_FOUND = re.compile("<w:p><w:r><w:t>\ue000(\\d+)\ue000</w:t></w:r></w:p>")
_LONGEST_CELL = 4000
_LONGEST_PROPERTY = 255


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The head of a column and its width in cm."""

    head: str
    width: float


class Page:
    """An A4 landscape document; `numbering` is the footer, with {page} and {pages} where the numbers go."""

    def __init__(self, title: str, numbering: str) -> None:
        self._document = Document()
        self._tables: list[Table] = []
        self._document.core_properties.title = printable(title, _LONGEST_PROPERTY)
        self._document.core_properties.author = ""
        self._document.core_properties.comments = "guatu"
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.6)
        section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.6)
        self._styles()
        self._footer(section, numbering)

    def title(self, text: str) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(8)
        self._run(paragraph, text, TITLE, _TITLE_POINTS)

    def heading(self, text: str) -> None:
        paragraph = self._document.add_paragraph(style="Heading 1")
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(12), Pt(4)
        self._run(paragraph, text, HEAD, _HEAD_POINTS)

    def line(self, text: str) -> None:
        self._run(self._document.add_paragraph(), text, BODY, _BODY_POINTS)

    def table(self, columns: Sequence[TableColumn]) -> "Table":
        """A table that stands here; it is complete when the page is saved."""
        mark = _TABLE_MARK.format(len(self._tables))
        self._document.element.body.insert(len(self._document.element.body) - 1, parse_xml(mark % nsdecls("w")))
        self._tables.append(Table(columns))
        return self._tables[-1]

    def save(self, out: BinaryIO) -> None:
        """Write the file. The tables go in as text: as a tree they would take ten times the memory."""
        whole = io.BytesIO()
        self._document.save(whole)
        with zipfile.ZipFile(whole) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in made.infolist():
                data = made.read(info)
                if info.filename != _BODY_PART:
                    archive.writestr(info, data, zipfile.ZIP_DEFLATED)
                    continue
                with archive.open(_BODY_PART, "w") as body:
                    for piece in self._with_tables(data.decode("utf-8")):
                        body.write(piece.encode("utf-8"))

    def _with_tables(self, body: str) -> Iterator[str]:
        for n, piece in enumerate(_TABLE_FOUND.split(body)):
            if n % 2:
                yield from self._tables[int(piece)].pieces()
            else:
                yield piece

    def _styles(self) -> None:
        for name in ("Normal", "Heading 1"):
            style: Any = self._document.styles[name]
            style.font.name = _LATIN
            style.font.color.rgb = None
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), BODY if name == "Normal" else HEAD)
        self._document.styles["Normal"].paragraph_format.space_after = Pt(0)
        for part in self._document.part.package.iter_parts():
            if part.partname == "/word/fontTable.xml":
                fonts_xml = "".join(
                    f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
                    for name, other in _SUBSTITUTES.items()
                )
                part._blob = part.blob.replace(b"</w:fonts>", fonts_xml.encode() + b"</w:fonts>")

    def _footer(self, section: Any, numbering: str) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for piece in re.split(r"(\{page\}|\{pages\})", numbering):
            field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
            if field is None:
                self._run(paragraph, piece, BODY, _CELL_POINTS)
                continue
            xml = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            paragraph._p.append(parse_xml(xml))

    @staticmethod
    def _run(paragraph: Any, text: str, font: str, points: int) -> None:
        run = paragraph.add_run(printable(text, _LONGEST_CELL))
        run.font.name, run.font.size = _LATIN, Pt(points)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


class Table:
    """A table that is written row by row."""

    def __init__(self, columns: Sequence[TableColumn]) -> None:
        self._columns = columns
        cells = "".join(_cell(c.head, c.width, HEAD, fill="D9E2F3", centre=True) for c in columns)
        self._rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"]

    def row(self, cells: Sequence[str]) -> None:
        made = "".join(_cell(text, c.width, BODY) for text, c in zip(cells, self._columns, strict=True))
        self._rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>")

    def band(self, text: str) -> None:
        """A row across all columns that names what follows; it stays with the row below."""
        width = sum(c.width for c in self._columns)
        cell = _cell(text, width, HEAD, fill="F2F2F2", across=len(self._columns))
        self._rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>")

    def pieces(self) -> Iterator[str]:
        """The table as XML."""
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
            for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        grid = "".join(f'<w:gridCol w:w="{_twips(c.width)}"/>' for c in self._columns)
        width = _twips(sum(c.width for c in self._columns))
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        )
        yield from self._rows
        yield "</w:tbl>"


def _cell(text: str, width: float, font: str, *, fill: str = "", centre: bool = False, across: int = 1) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    align = '<w:jc w:val="center"/>' if centre else ""
    keep = "<w:keepNext/>" if across > 1 or centre else ""
    size = _CELL_POINTS * _HALF_POINTS
    paragraphs = "".join(
        f"<w:p><w:pPr>{keep}{align}</w:pPr><w:r><w:rPr>"
        f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in printable(text, _LONGEST_CELL).split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs}</w:tc>'


def _twips(cm: float) -> int:
    return round(cm * _TWIPS_A_CM)
