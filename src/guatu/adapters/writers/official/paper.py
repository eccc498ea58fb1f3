"""The paper of an official document: page, grid, fonts and page numbers, and the small parts that all else is
made of."""

from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.official import measures as m

CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
_LONGEST_TEXT = 20_000
_LONGEST_PROPERTY = 255


class Paper:
    """A document that is written from its first line to its last."""

    def __init__(self, title: str) -> None:
        self.document: Any = Document()
        properties = self.document.core_properties
        properties.title, properties.author = printable(title, _LONGEST_PROPERTY), ""
        properties.comments = ""
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(m.PAGE_WIDTH_MM), Mm(m.PAGE_HEIGHT_MM)
        section.top_margin, section.bottom_margin = Mm(m.TOP_MM), Mm(m.BOTTOM_MM)
        section.left_margin, section.right_margin = Mm(m.LEFT_MM), Mm(m.RIGHT_MM)
        section.header_distance = Mm(15)
        self._grid(section)
        self._normal()
        self._page_numbers(section)
        _name_substitutes(self.document)

    def line(
        self,
        text: str = "",
        *,
        font: str = m.FANGSONG,
        points: float = m.BODY_POINTS,
        align: Any = LEFT,
        height: int = m.LINE,
        keep: bool = False,
    ) -> Any:
        """A paragraph with one run; an empty one keeps its height."""
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.alignment = align
        form.keep_with_next = keep or None
        _spacing(paragraph, height)
        run(paragraph, text, font, points)
        return paragraph

    def blank(self, count: int = 1, keep: bool = False) -> None:
        for _ in range(count):
            self.line(keep=keep)

    def _grid(self, section: Any) -> None:
        """22 lines. Paragraphs have the height as their own too, for programs that know no grid."""
        old = section._sectPr.find(qn("w:docGrid"))
        if old is not None:
            section._sectPr.remove(old)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(m.LINE))
        section._sectPr.append(grid)

    def _normal(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = m.LATIN, Pt(m.BODY_POINTS)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), m.FANGSONG)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        # A line more or less at the foot of a page would break the 22 lines; blanks between 汉字 and digits the 28.
        form.widow_control = False
        for name in ("autoSpaceDE", "autoSpaceDN"):
            switch = OxmlElement(f"w:{name}")
            switch.set(qn("w:val"), "0")
            style.element.get_or_add_pPr().insert_element_before(switch, "w:snapToGrid", "w:spacing", "w:ind", "w:jc")

    def _page_numbers(self, section: Any) -> None:
        """7.5: 四号半角宋体 between dashes, odd pages right and even pages left, one character in from the edge."""
        self.document.settings.odd_and_even_pages_header_footer = True
        half = m.SMALL_POINTS * 20 / 2
        below = m.BOTTOM_MM * m.MM - m.PAGE_NUMBER_MM * m.MM
        # The dash stands in the middle of its line.
        section.footer_distance = Pt((below - half) / 20)
        for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.style = self.document.styles["Normal"]
            paragraph.alignment = align
            _spacing(paragraph, m.SMALL_POINTS * 20)
            indent(paragraph, **{"right" if align is RIGHT else "left": m.SMALL_POINTS * 20})
            run(paragraph, "— ", m.PLAIN_SONG, m.SMALL_POINTS, latin=m.PLAIN_SONG)
            paragraph._p.append(_field("PAGE"))
            run(paragraph, " —", m.PLAIN_SONG, m.SMALL_POINTS, latin=m.PLAIN_SONG)


def run(
    paragraph: Any, text: str, font: str, points: float, *, latin: str = m.LATIN, red: bool = False, bold: bool = False
) -> Any:
    """Text in a font; digits and Latin letters in `latin`."""
    made = paragraph.add_run(printable(text, _LONGEST_TEXT))
    made.font.name, made.font.size = latin, Pt(points)
    made.font.bold = bold or None
    fonts = made._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    # Without the hint quotation marks and dashes, which both scripts have, would be set as Latin ones.
    fonts.set(qn("w:hint"), "eastAsia")
    if points == m.BODY_POINTS:
        _space(made)
    if red:
        made.font.color.rgb = RGBColor.from_string(m.RED)
    return made


def _space(made: Any) -> None:
    """28 characters of the body fill a line."""
    space = OxmlElement("w:spacing")
    space.set(qn("w:val"), str(m.CHARACTER_SPACE))
    made._r.rPr.insert_element_before(space, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def indent(paragraph: Any, *, left: float = 0, right: float = 0, first: float = 0) -> None:
    """Indents in twentieths of a point; a negative `first` hangs."""
    made = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in (("left", left), ("right", right)):
        made.set(qn(f"w:{name}"), str(round(value)))
    if first:
        made.set(qn("w:hanging" if first < 0 else "w:firstLine"), str(round(abs(first))))


def border(paragraph: Any, side: str, eighths: int, colour: str, space: int) -> None:
    """A line beside a paragraph, as wide as the text."""
    line = f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'
    xml = f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(xml), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _spacing(paragraph: Any, height: int) -> None:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(height / 20)


def _field(code: str) -> Any:
    fonts = f'w:ascii="{m.PLAIN_SONG}" w:hAnsi="{m.PLAIN_SONG}" w:eastAsia="{m.PLAIN_SONG}"'
    look = f'<w:rPr><w:rFonts {fonts}/><w:sz w:val="{m.SMALL_POINTS * 2}"/></w:rPr>'
    return parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>')


def _name_substitutes(document: Any) -> None:
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in m.SUBSTITUTES.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", listed.encode() + b"</w:fonts>")
