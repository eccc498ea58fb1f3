"""The head of a document: its title, number, issuer, date, and the unit that leads all of it."""

from collections.abc import Sequence

from guatu.core.kernel.regex import regex
from guatu.core.plan.model import DocumentKind
from guatu.core.plan.outline.cards import Card
from guatu.core.plan.outline.documents import Piece
from guatu.core.plan.outline.forms import (
    DOC_NO,
    ISSUER,
    OPEN_ENDS,
    STRONG_TITLE_WORDS,
    annex_line,
    date_line,
    is_title,
)
from guatu.core.plan.outline.model import Block, OutlineDocument

_LEAD_LINE = regex(r"[(\[] ?(?:(?:牵头|责任|主管)(?:单位|部门):)?[^()\[\]。;]{2,40}(?:牵头|负责)?(?:负责)? ?[)\]]$")
_NOTICE = regex(r"的(?:通知|函|批复|通告|公告)$")
_REPORT = regex(r"(?:总结|汇报|(?<!意见的)报告|情况)$|现将.{0,20}(?:情况|做法).{0,8}(?:汇报|报告|总结)如下")
_YEAR = regex(r"(?<!\d)(20\d\d)(?=年|-|至)")
_HEAD_BLOCKS = 12
# A line of a title: words and the signs that titles have.
_TITLE_LINE = regex(r"[\u4e00-\u9fff\d“”《》()、 -]+$")
_LONGEST_LINE = 40
_TITLE_LINES = 4
_ISSUING = regex(r"关于(?:印发|转发|下发)")
_ISSUED = regex(r"通知|函|批复|通告|公告|意见|决定")
_ONLY_KIND = 8
"""实施方案 alone on its line is the end of a title that began above."""
_STRONG = regex(rf"(?:{STRONG_TITLE_WORDS})(?:\([^()]{{1,20}}\))?$")
_KIND_ALONE = regex(rf"[\u4e00-\u9fff]{{0,6}}(?:{STRONG_TITLE_WORDS})(?:\([^()]{{1,20}}\))?")
# 单位:万亩 under the title of a table.
_MEASURED = regex(r"\(?(?:计量)?单位 ?:")
_LETTERHEAD = regex(r"文件$|〔|\[")


_OFFICES = regex(r"[\u4e00-\u9fff、 ]{2,30}(?:委|府|室|局|会|厅)[ \n]*关于")


def title_words(text: str) -> str:
    """A title on one line. Two offices that issue it together stand apart by a blank, as custom has it."""
    lines = [line.strip() for line in text.split("\n")]
    joined = lines[0]
    for i, line in enumerate(lines[1:], start=1):
        apart = ISSUER.fullmatch(joined) and _OFFICES.match("".join(lines[i:]))
        joined += " " + line if apart else line
    return joined


def read_head(document: OutlineDocument, piece: Piece, norm: str, card: Card | None = None) -> None:
    """Fills title, number, issuer, date, lead line and kind of `document` from its first and last paragraphs.

    What they do not say is taken from the card of the page that the document was copied from.
    """
    head = document.blocks[piece.skip : piece.skip + _HEAD_BLOCKS]
    _title(document, head, norm)
    _lead_line(document, head, norm)
    _number(document, head, norm)
    _signature(document, norm)
    if card:
        _from_card(document, card, norm)
    document.kind = _kind(document, norm)
    document.year = _year(document)


def _from_card(document: OutlineDocument, card: Card, norm: str) -> None:
    if not is_title(document.title) and "title" in card.values:
        document.title_start, document.title_end = card.values["title"]
        document.title = card.text("title", norm)
    document.doc_no = document.doc_no or card.number(norm)
    document.issuer = document.issuer or card.text("issuer", norm) or None
    document.date = document.date or card.day(norm)


def _title(document: OutlineDocument, head: Sequence[Block], norm: str) -> None:
    """The first line that ends as titles do, with the lines before and behind it over which the title runs."""
    lines = _title_lines(document, head, norm)
    if not lines:
        return
    start, end = lines[-1].start, lines[-1].end
    if is_title(norm[start:end]):
        start = _title_start(lines, norm)
    number = DOC_NO.match(norm, start, end)
    if number and number.end() < end:
        start = number.end() + len(norm[number.end() : end]) - len(norm[number.end() : end].lstrip())
    document.title_start, document.title_end = start, end
    document.title = norm[start:end]


def _title_lines(document: OutlineDocument, head: Sequence[Block], norm: str) -> list[Block]:
    """The lines down to the first that ends as titles do; where none does, the first two, and of an annex the first."""
    lines: list[Block] = []
    for i, block in enumerate(head):
        text = norm[block.start : block.end]
        if block.marker or len(text) > 100 or text.endswith(("。", ":", ";")):
            break
        lines.append(block)
        if is_title(text):
            return lines + _runs_on(text, head[i + 1 : i + _TITLE_LINES], norm)
    else:
        lines = lines[:2]
    if document.annex:
        lines = [block for block in lines if not _MEASURED.match(norm, block.start, block.end)][:1]
    return lines


def _runs_on(text: str, behind: Sequence[Block], norm: str) -> list[Block]:
    """关于印发青禾县河道整治行动 / 实施方案的通知: what is issued is named to the end, then follows 的通知.

    So is a plan that is called after its action: 青禾县城乡绿化三年行动 / 实施方案.
    """
    if behind and not _STRONG.search(text) and _KIND_ALONE.fullmatch(norm, behind[0].start, behind[0].end):
        return [behind[0]]
    if not _ISSUING.search(text) or _ISSUED.search(text.split("印发")[-1]):
        return []
    found: list[Block] = []
    for block in behind:
        line = norm[block.start : block.end]
        if block.marker or len(line) > _LONGEST_LINE or not _TITLE_LINE.match(line):
            return []
        found.append(block)
        if _NOTICE.search(line):
            return found
    return []


def _title_start(lines: list[Block], norm: str) -> int:
    """Start of a title that may stand in several lines."""
    start, end = lines[-1].start, lines[-1].end
    for block in reversed(lines[max(0, len(lines) - 1 - _TITLE_LINES) : -1]):
        if not _goes_on(norm[block.start : block.end], norm[start:end]):
            break
        start = block.start
    return start


def _goes_on(above: str, title: str) -> bool:
    """Whether the line above begins the title: the office before 关于, a line that ends openly, or one that has 关于."""
    if DOC_NO.search(above) or len(above) < 5 or date_line(above) or annex_line(above):
        return False
    if _ISSUING.search(above) and not _ISSUED.search(above.split("印发")[-1]):
        return True
    if is_title(above):
        return not _STRONG.search(above) and bool(_KIND_ALONE.fullmatch(title))
    if title.startswith(("关于", "的")) or above.endswith(tuple(OPEN_ENDS)):
        return True
    if _OFFICES.match(title) and ISSUER.fullmatch(above):
        return True
    if len(above) > _LONGEST_LINE or not _TITLE_LINE.match(above) or _LETTERHEAD.search(above):
        return False
    return "关于" in above or len(title) <= _ONLY_KIND or not ISSUER.fullmatch(above)


def _lead_line(document: OutlineDocument, head: Sequence[Block], norm: str) -> None:
    for block in head:
        if block.start < document.title_end or block.end - block.start > 60:
            continue
        if _LEAD_LINE.match(norm, block.start, block.end) and ("牵头" in norm[block.start : block.end]):
            document.lead_span = (block.start, block.end)
        return


def _number(document: OutlineDocument, head: Sequence[Block], norm: str) -> None:
    for block in head:
        if block.end - block.start > 80:
            return
        match = DOC_NO.search(norm, block.start, block.end)
        if match and not norm[: match.start()].endswith("("):
            document.doc_no = match[0].replace(" ", "")
            return


def _signature(document: OutlineDocument, norm: str) -> None:
    """Date and issuer: a line that is a date, with the office above it."""
    for i in range(len(document.blocks) - 1, -1, -1):
        block = document.blocks[i]
        if block.end - block.start > 24:
            continue
        date = date_line(norm[block.start : block.end])
        if date:
            document.date = date
            before = document.blocks[i - 1] if i else None
            if before and ISSUER.fullmatch(norm, before.start, before.end):
                document.issuer = norm[before.start : before.end].replace(" ", "")
            return


def _kind(document: OutlineDocument, norm: str) -> DocumentKind:
    if document.annex and document.annex.startswith("附"):
        return "annex"
    if _NOTICE.search(document.title):
        return "notice"
    opening = norm[document.start : min(document.end, document.start + 300)]
    if _REPORT.search(document.title) or _REPORT.search(opening):
        return "report"
    return "plan"


def _year(document: OutlineDocument) -> int | None:
    """The year that a month without a year belongs to."""
    years = _YEAR.findall(document.title)
    if len(years) == 1:
        return int(years[0])
    if document.date:
        return int(document.date[:4])
    return int(years[0]) if years else None
