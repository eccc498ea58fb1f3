"""What ends the document: list of annexes, author and day, note, annexes, record (7.3.4 to 7.3.7, 7.4)."""

from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from guatu.adapters.writers.clean import printable
from guatu.adapters.writers.official import measures as m
from guatu.adapters.writers.official.body import write_blocks
from guatu.adapters.writers.official.breaking import day, ems, title_lines
from guatu.adapters.writers.official.model import Annex, OfficialDocument
from guatu.adapters.writers.official.paper import CENTRE, LEFT, RIGHT, Paper, indent

_LONGEST_RECORD = 2000
_RECORD_LINE = round(m.SMALL_POINTS * 1.8 * 20)


def write_close(paper: Paper, document: OfficialDocument) -> None:
    _annex_list(paper, document.annexes)
    _signature(paper, document)
    if document.note:
        indent(paper.line(f"（{document.note}）"), first=2 * m.EM)
    for n, annex in enumerate(document.annexes, start=1):
        _annex(paper, annex, n if len(document.annexes) > 1 else 0)
    _record(paper, document)


def _annex_list(paper: Paper, annexes: tuple[Annex, ...]) -> None:
    """7.3.4: 附件 two characters in, a line below the text; a long name goes on under its first character."""
    if not annexes:
        return
    paper.blank(keep=True)
    several = len(annexes) > 1
    for n, annex in enumerate(annexes, start=1):
        lead = "附件：" if n == 1 else ""
        number = f"{n}." if several else ""
        start = 2 if n == 1 else 5
        hang = 5 + ems(number)
        paragraph = paper.line(f"{lead}{number}{annex.title}")
        indent(paragraph, left=hang * m.EM, first=(start - hang) * m.EM)


def _signature(paper: Paper, document: OfficialDocument) -> None:
    """Author and day, held together with the line above them."""
    on = day(document.on)
    wide, high = ems(document.author), ems(on)
    if document.sealed:
        paper.blank(2, keep=True)
        # 7.3.5.1: the day four characters in; the author above it, both on one middle.
        right_of_day = max(4.0, (wide - high) / 2)
        right_of_author = right_of_day + (high - wide) / 2
    else:
        paper.blank(1, keep=True)
        # 7.3.5.2: the author two characters in, the day beginning two characters after it; a longer day is the one two
        # in.
        right_of_author = max(2.0, 4.0 + high - wide)
        right_of_day = right_of_author + wide - 2 - high
    indent(paper.line(document.author, align=RIGHT, keep=True), right=right_of_author * m.EM)
    indent(paper.line(on, align=RIGHT), right=right_of_day * m.EM)


def _annex(paper: Paper, annex: Annex, number: int) -> None:
    """7.3.7: a page of its own, 附件 at its upper left in 黑体, the title on the third line."""
    paragraph = paper.line(f"附件{number or ''}", font=m.HEI)
    paragraph.paragraph_format.page_break_before = True
    paper.blank()
    for line in title_lines(annex.title, m.TEXT_WIDTH / 20 / m.TITLE_POINTS):
        paper.line(line, font=m.SONG, points=m.TITLE_POINTS, align=CENTRE, keep=True)
    paper.blank()
    write_blocks(paper, annex.blocks)


def _record(paper: Paper, document: OfficialDocument) -> None:
    """7.4: copies and printing between lines, in a table that stands on the lower edge of the last page's text.

    LibreOffice before 7.6 leaves a table as wide as the text where it is in the text; Word and WPS put it in its place.
    """
    rows = []
    if document.copies_to:
        rows.append(_copies(f"{document.copies_to.rstrip('。.')}。"))
    if document.printed_by or document.printed_on:
        printed = f"{day(document.printed_on)}印发" if document.printed_on else ""
        rows.append(_printed(document.printed_by, printed))
    if not rows:
        return
    body = paper.document.element.body
    body.insert(len(body) - 1, parse_xml(_RECORD.format(names=nsdecls("w"), rows="".join(rows))))
    # A document ends with a paragraph, and the table hangs on it.
    paper.line(points=1, height=20, align=LEFT)


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'


_RECORD = (
    "<w:tbl {names}><w:tblPr>"
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="0" w:bottomFromText="0"'
    ' w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="left" w:tblpYSpec="bottom"/>'
    f'<w:tblW w:w="{m.TEXT_WIDTH}" w:type="dxa"/>'
    f"<w:tblBorders>{_rule('top', m.THICK)}{_rule('bottom', m.THICK)}{_rule('insideH', m.THIN)}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblGrid><w:gridCol w:w="{m.TEXT_WIDTH}"/></w:tblGrid>{{rows}}</w:tbl>'
)


def _copies(text: str) -> str:
    """One character free at each side; further lines begin under the first character after the colon."""
    em = m.SMALL_POINTS * 20
    return _row(f'<w:ind w:left="{4 * em}" w:right="{em}" w:hanging="{3 * em}"/>', _text(f"抄送：{text}"))


def _printed(by: str, on: str) -> str:
    em = m.SMALL_POINTS * 20
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{m.TEXT_WIDTH - em}"/></w:tabs>'
    return _row(f'<w:ind w:left="{em}" w:right="{em}"/>', f"{_text(by)}<w:r><w:tab/></w:r>{_text(on)}", tab)


def _row(form: str, runs: str, tabs: str = "") -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{m.TEXT_WIDTH}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr>{tabs}<w:snapToGrid w:val="0"/>{_height(_RECORD_LINE)}{form}</w:pPr>{runs}</w:p></w:tc></w:tr>'
    )


def _height(twentieths: int) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{twentieths}" w:lineRule="exact"/>'


def _text(text: str) -> str:
    fonts = f'w:ascii="{m.LATIN}" w:hAnsi="{m.LATIN}" w:eastAsia="{m.FANGSONG}" w:hint="eastAsia"'
    look = f'<w:rPr><w:rFonts {fonts}/><w:sz w:val="{m.SMALL_POINTS * 2}"/></w:rPr>'
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(printable(text, _LONGEST_RECORD))}</w:t></w:r>'
