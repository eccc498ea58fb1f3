"""The head of the document and what opens its body: red name, number, red line, title, recipients (7.2, 7.3.1,
7.3.2)."""

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt, Twips

from guatu.adapters.writers.official import measures as m
from guatu.adapters.writers.official.breaking import ems, title_lines
from guatu.adapters.writers.official.model import OfficialDocument
from guatu.adapters.writers.official.paper import BOTH, CENTRE, LEFT, Paper, border, run

_LINES_ABOVE = 3
"""Lines at most for 份号, 密级 and 紧急程度; they take 31 of the 35 mm above the red name."""
_INSIDE = 0.15
"""Share of a character's size that its line leaves free above it."""


def write_head(paper: Paper, document: OfficialDocument) -> None:
    _marks(paper, document)
    _agency(paper, document.agency)
    paper.blank(2)
    _number(paper, document)
    paper.blank(2)
    for line in title_lines(document.title, m.TEXT_WIDTH / 20 / m.TITLE_POINTS):
        paper.line(line, font=m.SONG, points=m.TITLE_POINTS, align=CENTRE, keep=True)
    paper.blank()
    if document.recipients:
        paper.line(f"{document.recipients.rstrip('：:')}：", align=BOTH)


def _marks(paper: Paper, document: OfficialDocument) -> None:
    """份号 in digits, 密级 and 紧急程度 in 黑体, one below the other at the upper left (7.2.1 to 7.2.3)."""
    marks = [
        (text, font)
        for text, font in (
            (document.copy_number, m.FANGSONG),
            (document.secrecy, m.HEI),
            (document.urgency, m.HEI),
        )
        if text
    ]
    for text, font in marks:
        paper.line(text, font=font)
    paper.blank(_LINES_ABOVE - len(marks))


def _agency(paper: Paper, agency: str) -> None:
    """The name in red, as large as one line takes."""
    points = min(m.LARGEST_AGENCY_POINTS, int(m.TEXT_WIDTH / 20 / max(ems(agency), 1)))
    paragraph = paper.line(font=m.SONG, align=CENTRE, height=round(points * 1.1 * 20))
    above = m.AGENCY_FROM_TOP_MM * m.MM - _LINES_ABOVE * m.LINE - points * _INSIDE * 20
    paragraph.paragraph_format.space_before = Pt(max(above, 0) / 20)
    run(paragraph, agency, m.SONG, points, red=True)


def _number(paper: Paper, document: OfficialDocument) -> None:
    """The number in the middle, or beside a signer at the left, one character in; below it the red line (7.2.5 to
    7.2.7).

    The place comes from tabs: a line under an indented paragraph would be indented too.
    """
    if not document.signer:
        paragraph = paper.line(document.number, align=CENTRE)
    else:
        paragraph = paper.line(f"\t{document.number}\t签发人：", align=LEFT)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Twips(m.EM))
        stops.add_tab_stop(Twips(m.TEXT_WIDTH - m.EM), WD_TAB_ALIGNMENT.RIGHT)
        run(paragraph, document.signer, m.KAI, m.BODY_POINTS)
    # The line of text leaves about 4 pt below its characters.
    border(paragraph, "bottom", m.RED_LINE, m.RED, round(m.RED_LINE_MM * m.MM / 20) - 4)
