"""The head of a document: its title, number, issuer, date, and the unit that leads all of it."""

import re
from collections.abc import Sequence

from guatu.core.plan.model import DocumentKind
from guatu.core.plan.outline.documents import Piece, date_line, is_title
from guatu.core.plan.outline.model import Block, OutlineDocument

DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,12}\[ ?(?:19|20)\d\d ?\] ?第?\d{1,4} ?号")
_LEAD_LINE = re.compile(
    r"[(\[] ?(?:(?:牵头|责任|主管)(?:单位|部门):)?[^()\[\]。;]{2,40}(?:牵头|负责)?(?:负责)? ?[)\]]$"
)
_NOTICE = re.compile(r"的(?:通知|函|批复|通告|公告)$")
_REPORT = re.compile(r"(?:总结|汇报|报告|情况)$|现将.{0,20}(?:情况|做法).{0,8}(?:汇报|报告|总结)如下")
_ISSUER = re.compile(r"[\u4e00-\u9fff()、 ]{3,60}(?:府|室|局|委|会|部|厅|院|办|处|中心|公司|组|党委|处)$")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|-|至)")
_HEAD_BLOCKS = 12


def read_head(document: OutlineDocument, piece: Piece, norm: str) -> None:
    """Fills title, number, issuer, date, lead line and kind of `document` from its first and last paragraphs."""
    head = document.blocks[piece.skip : piece.skip + _HEAD_BLOCKS]
    _title(document, head, norm)
    _lead_line(document, head, norm)
    _number(document, head, norm)
    _signature(document, norm)
    document.kind = _kind(document, norm)
    document.year = _year(document)


def _title(document: OutlineDocument, head: Sequence[Block], norm: str) -> None:
    """The first line that ends as titles do, with the short lines right before it."""
    lines: list[Block] = []
    for block in head:
        text = norm[block.start : block.end]
        if block.marker or len(text) > 100 or text.endswith(("。", ":", ";")):
            break
        lines.append(block)
        if is_title(text):
            break
    else:
        lines = lines[:2]
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


def _title_start(lines: list[Block], norm: str) -> int:
    """Start of a title that may stand in several lines: the office above it belongs to it where it ends openly."""
    start = lines[-1].start
    for block in reversed(lines[:-1]):
        text = norm[block.start : block.end]
        if DOC_NO.search(text) or len(text) < 5 or is_title(text) or date_line(text) or text.startswith("附"):
            break
        if norm[start : lines[-1].end].startswith(("关于", "的")) or text.endswith(
            ("关于", "关于印发", "印发", "年", "性", "和", "与", "、", "的")
        ):
            start = block.start
            continue
        break
    return start


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
            if before and _ISSUER.fullmatch(norm, before.start, before.end):
                document.issuer = norm[before.start : before.end].replace(" ", "")
            return


def _kind(document: OutlineDocument, norm: str) -> DocumentKind:
    if document.annex and document.annex.startswith("附件"):
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
