"""One file may hold a notice and its annexes, or a collection of plans: where each begins."""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from guatu.core.fields.day import read_day
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import Block

_ANNEX = re.compile(r"附 ?件 ?(?P<no>[一二三四五六七八九十\d]{0,3})(?: ?[:.、] ?| |$)(?P<title>.*)$")
_LIST_HEAD = re.compile(r"附 ?件? ?[:.]")
_COLLECTED = re.compile(
    r"[^。;,]{0,30}[(\[ 选文]?篇 ?(?P<no>[一二三四五六七八九十]{1,3}|\d{1,2})[)\]]?[: ]{0,2}(?P<title>[^。]{0,40})$"
)
TITLE_WORDS = "方案|计划|规划|通知|意见|办法|要点|细则|规定|纲要|清单|分工|措施|决定|制度|标准|表|预案|公告|通告|批复|函|指南|条例|安排|任务书|责任书|行动|章程|总结|报告|汇报"
_TITLE_END = re.compile(rf"(?:{TITLE_WORDS})(?:\([^()]{{1,20}}\)|》|\[[^\]]{{1,12}}\])?$")
_ISSUED = re.compile(r"关于印发?[《<]?(?P<name>.{4,80}?)[》>]?的通知")
_DATE = re.compile(r"\(?(?P<day>[^()年]{4} ?年[^()]{2,9}日)(?:印发)?\)?$")
_LETTER_FOR_ZERO = str.maketrans("OＯ", "〇〇")
_LONGEST_TITLE = 80


class Piece(msgspec.Struct):
    """The paragraphs of one document, before its head is read."""

    first: int
    """Index of its first block."""
    annex: str | None = None
    title: tuple[int, int] | None = None
    """Title where the boundary itself gave it."""
    skip: int = 0
    """Blocks of the boundary that are no text: the line 附件1."""


def is_title(text: str) -> bool:
    """Whether a line could be the title of a document, or its last line."""
    return len(text) <= _LONGEST_TITLE and bool(_TITLE_END.search(text)) and "。" not in text and ";" not in text


def date_line(text: str) -> str | None:
    """ISO date of a line that is nothing but a date."""
    match = _DATE.fullmatch(text)
    day = read_day(match["day"].translate(_LETTER_FOR_ZERO)) if match else None
    return day.isoformat() if isinstance(day, date) else None


def split(norm: str, blocks: Sequence[Block]) -> list[Piece]:
    """Where each document of the file begins; the first begins at the first paragraph."""
    texts = [norm[b.start : b.end] if b.end - b.start <= 120 else "" for b in blocks]
    listed = _attachment_lists(texts, blocks)
    pieces = _collection(texts) or [Piece(0)]
    pieces += [p for i, text in enumerate(texts) if i not in listed and (p := _annex(i, text, texts))]
    pieces += _plan_behind_notice(texts, blocks, listed, {p.first for p in pieces})
    return sorted(pieces, key=lambda p: p.first)


def attachment_lists(norm: str, blocks: Sequence[Block]) -> set[int]:
    """Indexes of the blocks that list the annexes of a document (附件:1. ... 2. ...)."""
    texts = [norm[b.start : b.end] if b.end - b.start <= 120 else "" for b in blocks]
    return _attachment_lists(texts, blocks)


def _attachment_lists(texts: list[str], blocks: Sequence[Block]) -> set[int]:
    found: set[int] = set()
    for i, text in enumerate(texts):
        if i in found or not text.startswith("附"):
            continue
        run = _list_from(i, texts, blocks)
        if run:
            found.update(run)
    return found


def _list_from(i: int, texts: list[str], blocks: Sequence[Block]) -> list[int]:
    """The attachment list that begins at block `i`, if one does."""
    head = _LIST_HEAD.match(texts[i])
    annex = _ANNEX.match(texts[i])
    run = [i]
    for j in range(i + 1, len(texts)):
        marker = blocks[j].marker
        same = (
            marker is not None and marker.kind == "1." and 0 < len(texts[j]) <= _LONGEST_TITLE and "。" not in texts[j]
        )
        again = _ANNEX.match(texts[j])
        if not same and not (again and again["title"]):
            break
        run.append(j)
    if head and (len(run) > 1 or len(texts[i]) > head.end()) and not (annex and annex["no"]):
        return run if _is_list(run, texts) else []
    if annex and annex["no"] and annex["title"] and len(run) > 1:
        return run
    return []


def _is_list(run: list[int], texts: list[str]) -> bool:
    """`附件:` over one title alone may be the list or the head of the annex itself: a body behind it decides."""
    if len(run) > 1:
        return True
    return run[0] + 1 >= len(texts) or len(texts[run[0]]) > 5


def _annex(i: int, text: str, texts: list[str]) -> Piece | None:
    match = _ANNEX.match(text) if text.startswith("附") else None
    if match is None or len(text) > _LONGEST_TITLE:
        return None
    label = "附件" + match["no"]
    if not match["title"]:
        return Piece(i, label, skip=1)
    if match["no"] and is_title(match["title"]) and i + 1 < len(texts):
        return Piece(i, label)
    return None


def _collection(texts: list[str]) -> list[Piece]:
    """Plans of a collection: lines that end in 篇1, 篇2, ... counting up."""
    found: list[Piece] = []
    for i, text in enumerate(texts):
        match = _COLLECTED.fullmatch(text) if "篇" in text else None
        if match and len(text) <= 60 and numeral(match["no"]) == len(found) + 1:
            found.append(Piece(i, "篇" + match["no"]))
    if len(found) < 2:
        return []
    return found if found[0].first == 0 else [Piece(0), *found]


def _plan_behind_notice(texts: list[str], blocks: Sequence[Block], listed: set[int], taken: set[int]) -> list[Piece]:
    """The plan that a notice issues, where it follows in the same file without the word annex."""
    issued = next((m["name"] for t in texts[:12] if (m := _ISSUED.search(t))), None)
    signed = False
    for i, text in enumerate(texts):
        if i in taken and i > 0:
            return []
        if i in listed or not text:
            continue
        signed = signed or date_line(text) is not None
        if i < 2 or blocks[i].marker or not is_title(text) or _ISSUED.search(text):
            continue
        if (issued and _same(text, issued)) or (signed and _opens_plan(i, texts, blocks)):
            return [Piece(i)]
    return []


def _same(left: str, right: str) -> bool:
    return left.replace(" ", "").strip("《》") == right.replace(" ", "").strip("《》")


def _opens_plan(i: int, texts: list[str], blocks: Sequence[Block]) -> bool:
    """A title with a long paragraph or a numbered item close behind it, and nothing signed in between."""
    for j in range(i + 1, min(i + 6, len(texts))):
        if blocks[j].marker or not texts[j]:
            return True
        if date_line(texts[j]):
            return False
    return False
