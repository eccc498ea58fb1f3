"""One file may hold a notice and its annexes, or several documents: where each begins."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.annexes import AnnexHeads
from guatu.core.plan.outline.contents import contents
from guatu.core.plan.outline.forms import DOC_NO, ISSUER, date_line, is_title
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import Block, Table

_COLLECTED: Final = regex(
    r"[^。;,]{0,30}[(\[ 选文]?篇 ?(?P<no>[一二三四五六七八九十]{1,3}|\d{1,2})[)\]]?[: ]{0,2}(?P<title>[^。]{0,40})$"
)
_ISSUED: Final = regex(r"关于印发?[《<]?(?P<name>.{4,80}?)[》>]?的通知")
_ISSUING: Final = regex(r"关于.{2,}的(?:通知|意见|决定|批复|通告|公告|函)$")
_FORWARDED: Final = regex(r"(?:转发|批转)[^。:;]{2,80}的通知")
_NOTICE: Final = regex(r"的(?:通知|函|批复|通告|公告)$")
_PLAN: Final = regex(r"(?:方案|计划|规划|意见|要点|措施)(?:\([^()]{1,20}\))?$")
"""Titles of what is carried out for itself; 细则, 办法 and 标准 behind a plan belong to it."""
_TOP: Final = ("章", "一、")
_SHORTEST_TITLE: Final = 8
_ADDRESSEE: Final = regex(r"[^。;]{3,120}:$")
# 任务分工表, 责任清单: the caption of a table that stands alone behind the text.
_CAPTION: Final = regex(r"(?:表|清单|台账|分工|分解)(?:\([^()]{1,20}\))?$")
_SHORTEST_CAPTION: Final = 6
_LONGEST_LINE: Final = 120
_TITLE_LINES: Final = 4
# A line over which a title runs: words, without the marks that end a sentence or lead to a list.
_TITLE_LINE: Final = regex(r"[\u4e00-\u9fff“《][\u4e00-\u9fff\d“”《》()、 -]{3,39}")


class Piece(msgspec.Struct):
    """The paragraphs of one document, before its head is read."""

    first: int
    """Index of its first block."""
    annex: str | None = None
    title: tuple[int, int] | None = None
    """Title where the boundary itself gave it."""
    skip: int = 0
    """Blocks of the boundary that are no text: the line 附件1."""
    independent: bool = False
    """A document of its own issuer, not one that the document before it hands on."""


class Frame:
    """The lines of a file as its documents are looked for in them."""

    def __init__(self, norm: str, blocks: Sequence[Block], tables: Sequence[Table]) -> None:
        self.blocks = blocks
        self.texts = [norm[b.start : b.end] if b.end - b.start <= _LONGEST_LINE else "" for b in blocks]
        starts = [table.start for table in tables]
        stops = [bisect_left(starts, block.start) for block in blocks[1:]] + [len(starts)]
        self.tabled = [bisect_left(starts, block.end) < stop for block, stop in zip(blocks, stops, strict=False)]
        """Whether a table stands right behind each block."""
        self.heads = AnnexHeads(self.texts, blocks, self.tabled)
        self.listed = self.heads.listed | contents(self.texts)
        """Indexes of the blocks that only name what follows: annexes, or sections in a table of contents."""


def split(frame: Frame) -> list[Piece]:
    """Where each document of the file begins; the first begins at the first paragraph."""
    pieces = _collection(frame.texts) or [Piece(0)]
    pieces += [Piece(at, head.label, head.title, head.skip) for at, head in frame.heads.found()]
    if any(piece.first == 0 for piece in pieces[1:]):
        del pieces[0]  # the file begins with the head of an annex
    pieces += _later(frame, {p.first for p in pieces})
    pieces += _captions(frame, sorted(p.first for p in pieces))
    return sorted(pieces, key=lambda p: p.first)


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


def _later(frame: Frame, taken: set[int]) -> list[Piece]:
    """The plan that a notice issues, where it follows without the word annex, and documents copied behind others."""
    found: list[Piece] = []
    search = _Search(frame, taken)
    for i, text in enumerate(frame.texts):
        piece = search.at(i, text)
        if piece:
            found.append(piece)
    return found


class _Search:
    """Goes down the lines of a file and says where a document begins that no annex head announces."""

    def __init__(self, frame: Frame, taken: set[int]) -> None:
        self.frame, self.texts, self.taken = frame, frame.texts, taken
        self._open(0)

    def _open(self, at: int) -> None:
        """A document begins at block `at`."""
        self.began, self.signed, self.items, self.handed_on = at, False, 0, False
        head = self.texts[at : at + 12]
        self.issued = next((m["name"] for t in head if "印" in t and (m := _ISSUED.search(t))), None)
        self.signed_at = at
        self.forwards = any(_FORWARDED.search("".join(head[k : k + _TITLE_LINES])) for k in range(len(head)))
        self.notice = any(_NOTICE.search(text) for text in head)
        self.last: dict[str, int] = {}

    def at(self, i: int, text: str) -> Piece | None:
        if i in self.taken and i > 0:
            self.handed_on = True
        marker = self.frame.blocks[i].marker
        if marker:
            self.items += 1
            self.last[marker.kind] = marker.value
        if i in self.frame.listed or not text:
            return None
        if date_line(text) is not None:
            self.signed, self.signed_at = True, i
        if i < 2 or marker or not is_title(text):
            return None
        if (self.signed or self.items) and _ISSUING.search(text) and self._has_head(i):
            return self._document(i)
        if self.handed_on or _ISSUED.search(text):
            return None
        if self.items and not self.notice and len(text) >= _SHORTEST_TITLE and self._another(i, text):
            alone, first = self.signed and bool(_PLAN.search(text)), self._top_of_title(i)
            self._open(first)
            return Piece(first, independent=alone)
        if (self.issued and _same(text, self.issued)) or (self.signed and _opens_plan(i, self.frame)):
            self.handed_on = True
            return Piece(self._top_of_title(i))
        return None

    def _top_of_title(self, i: int) -> int:
        """The line on which a title that ends at `i` begins: it may run over lines behind the signature."""
        first = i
        while first - 1 > self.signed_at > self.began and i - first < _TITLE_LINES - 1 and self._runs_on(first - 1):
            first -= 1
        return first

    def _runs_on(self, i: int) -> bool:
        """Words alone: no item, number, date or entry of a list, and no title of its own."""
        text = self.texts[i]
        alone = self.frame.blocks[i].marker is None and i not in self.frame.listed and not self.frame.tabled[i]
        return alone and bool(_TITLE_LINE.fullmatch(text)) and not is_title(text) and not ISSUER.fullmatch(text)

    def _another(self, i: int, text: str) -> bool:
        """A title behind a signed plan, or below which its sections begin anew; no caption of a table."""
        if _CAPTION.search(text):
            return False
        if self.signed:
            return _opens_plan(i, self.frame)
        for block in self.frame.blocks[i + 1 : i + 4]:
            if block.marker:
                return block.marker.kind in _TOP and block.marker.value == 1 < self.last.get(block.marker.kind, 0)
        return False

    def _document(self, i: int) -> Piece:
        """The document that the one before forwards, or another one."""
        first = self._first_line(i)
        forwarded = self.forwards and not self.handed_on
        if forwarded:
            self.handed_on = True
        else:
            self._open(first)
        return Piece(first, independent=not forwarded)

    def _has_head(self, i: int) -> bool:
        """A number close by or those addressed below: what only cites a notice has neither."""
        near = self.texts[max(self.began, i - 2) : i + 3]
        return any(DOC_NO.search(text) for text in near) or any(
            _ADDRESSEE.match(text) for text in self.texts[i + 1 : i + 4]
        )

    def _first_line(self, i: int) -> int:
        """The number, and the office whose name the title goes on, stand above the title."""
        first = i
        while first - 1 > self.began and self._belongs_above(self.texts[first - 1], self.texts[first]):
            first -= 1
        return first

    def _belongs_above(self, above: str, below: str) -> bool:
        return bool(DOC_NO.fullmatch(above)) or (below.startswith("关于") and above.endswith(("府", "室", "局", "会")))


def _same(left: str, right: str) -> bool:
    return left.replace(" ", "").strip("《》") == right.replace(" ", "").strip("《》")


def _opens_plan(i: int, frame: Frame) -> bool:
    """A title with a table, a long paragraph or a numbered item close behind it, and nothing signed in between."""
    for j in range(i + 1, min(i + 6, len(frame.texts))):
        if frame.tabled[j - 1] or frame.blocks[j].marker or not frame.texts[j]:
            return True
        if date_line(frame.texts[j]):
            return False
    return frame.tabled[i]


def _captions(frame: Frame, firsts: Sequence[int]) -> list[Piece]:
    """The caption of a table behind the last item of a document: its rows are no part of that item."""
    found: list[Piece] = []
    items = [i for i, block in enumerate(frame.blocks) if block.marker]
    opening = set(firsts)
    for i, text in enumerate(frame.texts):
        if not frame.tabled[i] or frame.blocks[i].marker or i in opening or not _CAPTION.search(text):
            continue
        at = bisect_left(firsts, i)
        first, end = firsts[at - 1], firsts[at] if at < len(firsts) else len(frame.blocks)
        before, behind = bisect_left(items, first), bisect_left(items, i)
        alone = behind == len(items) or items[behind] >= end
        if before < behind and alone and len(text) >= _SHORTEST_CAPTION and is_title(text):
            found.append(Piece(i))
    return found
