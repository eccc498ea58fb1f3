"""Writes the example plan `plans/qinghe-rivers-2025-2027.docx` from `qinghe-rivers.lines`.

Run it with `python examples/make_docx.py`. The county, its units and all figures are invented; README.md lists the
faults that were put in on purpose. The file is the same, byte for byte, however often it is made.

A line of the source is a mark and its words: `1`, `2`, `3` an item of that level, numbered by Word itself; `#list` a
list that begins anew; `|` a row of a table; `@...` and `p` paragraphs.
"""

import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

OUT = Path(__file__).with_name("plans") / "qinghe-rivers-2025-2027.docx"
BODY, HEAD, TITLE, KAI = "仿宋_GB2312", "黑体", "方正小标宋简体", "楷体_GB2312"
TEXT = Path(__file__).with_name("qinghe-rivers.lines")
MADE = datetime(2025, 1, 20, 9, 0, tzinfo=UTC)
NUMBERING = 90
WIDTHS = (1.4, 3.6, 3.4, 2.8, 3.0, 2.2)
"""Of the columns of a table, in centimetres; together the width of the type area."""

LEVELS = (("chineseCounting", "%1、", HEAD), ("chineseCounting", "（%2）", KAI), ("decimal", "%3.", BODY))


def main() -> None:
    document = Document()
    _page(document)
    _numbering(document)
    list_id = 0
    table: list[list[str]] = []
    for line in [*TEXT.read_text(encoding="utf-8").splitlines(), ""]:
        mark, _, words = line.partition(" ")
        if mark == "|":
            table.append([cell.strip() for cell in words.strip("|").split("|")])
            continue
        if table:
            _table(document, table)
            table = []
        if mark == "#list":
            list_id = _new_list(document)
        elif mark in ("1", "2", "3"):
            _item(document, words, int(mark) - 1, list_id)
        elif mark:
            _paragraph(document, mark, words)
    document.core_properties.title = "青禾县河湖水环境综合治理三年行动方案（2025—2027年）"
    document.core_properties.author = "青禾县人民政府（虚构）"
    document.core_properties.created = document.core_properties.modified = MADE
    document.core_properties.last_modified_by = ""
    document.save(str(OUT))
    _same_bytes(OUT)


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(16)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    style.paragraph_format.line_spacing = Pt(28)
    style.paragraph_format.space_after = Pt(0)
    header = section.header.paragraphs[0]
    _run(header, "青禾县人民政府文件（示例，内容为虚构）", BODY, 10.5)
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(footer, "— ", BODY, 14)
    _field(footer, "PAGE")
    _run(footer, " —", BODY, 14)


def _numbering(document: DocumentType) -> None:
    """One abstract list of three levels: 一、 （一） 1."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr>'
        f'<w:rPr><w:rFonts w:eastAsia="{font}" w:hint="eastAsia"/><w:b w:val="0"/><w:color w:val="000000"/></w:rPr></w:lvl>'
        for n, (form, text, font) in enumerate(LEVELS)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    root = document.part.numbering_part.element
    root.insert(0, abstract)


def _new_list(document: DocumentType) -> int:
    """A list that begins with 一、 again."""
    root = document.part.numbering_part.element
    number = root.add_num(NUMBERING)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _item(document: DocumentType, words: str, level: int, list_id: int) -> None:
    """A numbered heading or item: 'heading。text' has its heading in the heading's font."""
    alone = level < 2 and "。" not in words
    paragraph = document.add_paragraph(style=f"Heading {level + 1}" if alone else None)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(28)
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_id
    head, stop, rest = words.partition("。")
    _run(paragraph, head + (stop if rest else ""), LEVELS[level][2], 16, bold=level == 2)
    _run(paragraph, rest or stop, BODY, 16)


def _paragraph(document: DocumentType, mark: str, words: str) -> None:
    paragraph = document.add_paragraph()
    if mark == "@red":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, words, TITLE, 40, color=RGBColor(0xC0, 0, 0))
        paragraph.paragraph_format.line_spacing = Pt(56)
    elif mark == "@title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(14)
        paragraph.paragraph_format.line_spacing = Pt(32)
        _run(paragraph, words, TITLE, 22)
    elif mark in ("@center", "@right", "@left"):
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, mark[1:].upper())
        _run(paragraph, words, BODY, 16)
    elif mark == "@annex":
        paragraph.add_run().add_break(WD_BREAK.PAGE)
        _run(paragraph, words, HEAD, 16)
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)
        _run(paragraph, words, BODY, 16)


def _table(document: DocumentType, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    for n, row in enumerate(rows):
        table.rows[n]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, words, width in zip(table.rows[n].cells, row, WIDTHS, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = Pt(16)
            _run(paragraph, words, HEAD if n == 0 else BODY, 10.5)
            if n == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)


def _run(
    paragraph: Paragraph, words: str, font: str, size: float, *, bold: bool = False, color: RGBColor | None = None
) -> None:
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.font.bold = "Times New Roman", Pt(size), bold
    run.font.color.rgb = color or RGBColor(0, 0, 0)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _field(paragraph: Paragraph, name: str) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(14)
    for kind in ("begin", None, "end"):
        if kind is None:
            element = OxmlElement("w:instrText")
            element.text = name
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _same_bytes(path: Path) -> None:
    """The archive again, with one date on all its parts."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


if __name__ == "__main__":
    sys.exit(main())
