"""Heads of annexes, and the list of annexes at the end of a document: both begin with 附件.

A head has a body behind it: a table, items, paragraphs. An entry of a list has the next entry, the issuer or the date
behind it. So the line `附件:任务分工表` is the one or the other by what follows.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.forms import AnnexLine, annex_line, date_line, is_annex_title, is_phrase
from guatu.core.plan.outline.markers import numeral
from guatu.core.plan.outline.model import Block

_LONGEST_HEAD: Final = 80
_LONGEST_LIST: Final = 100
"""Entries; bounds the search, so that many heads in a row are read in linear time."""
_LONGEST_OFFICE: Final = 40
_IN_SENTENCE: Final = regex(r"[。,;:]")
_CLOSING: Final = {
    "(此件": "(此件公开发布)",
    "抄送": "抄送:县委办公室",
    "主送": "主送:各乡镇人民政府",
    "联系人": "联系人:李明",
    "(联系": "(联系电话:12345)",
}
"""Lines that close a document as its signature does."""


class AnnexHead(msgspec.Struct, frozen=True):
    label: str
    title: tuple[int, int] | None
    """Where the title stands on the line of the label."""
    skip: int
    """1 where the line is nothing but the label."""


class AnnexHeads:
    """The lines of a file that begin with the label of an annex, as heads and as entries of lists."""

    def __init__(self, texts: Sequence[str], blocks: Sequence[Block], tabled: Sequence[bool]) -> None:
        self.texts, self.blocks, self.tabled = texts, blocks, tabled
        self.lines: dict[int, AnnexLine] = {}
        for i, text in enumerate(texts):
            line = annex_line(text) if text[:2].find("附") >= 0 else None
            if line:
                self.lines[i] = line
        self.listed: set[int] = set()
        """Indexes of the blocks that list the annexes of a document (附件:1. ... 2. ...)."""
        for i in self.lines:
            if i not in self.listed:
                self.listed.update(self._list_from(i))

    def found(self) -> Iterator[tuple[int, AnnexHead]]:
        for i, line in self.lines.items():
            if i in self.listed or len(self.texts[i]) > _LONGEST_HEAD:
                continue
            if not line.title:
                yield i, AnnexHead(line.label, None, 1)
            elif self._is_head(i, line):
                start = self.blocks[i].start + line.title_at
                yield i, AnnexHead(line.label, (start, self.blocks[i].end), 0)

    def _is_head(self, i: int, line: AnnexLine) -> bool:
        if i + 1 >= len(self.texts) and not self.tabled[i]:
            return False
        if not line.sign:
            return is_annex_title(line.title)
        if line.number or line.label != "附":
            return is_annex_title(line.title) or (is_phrase(line.title) and self._has_body(i))
        return is_phrase(line.title)

    def _has_body(self, i: int) -> bool:
        """A table, an item or a title behind a line; not the middle of a text."""
        return self.tabled[i] or (i + 1 < len(self.texts) and self.blocks[i + 1].marker is not None)

    def _list_from(self, i: int) -> list[int]:
        """The list of annexes that begins at block `i`, if one does."""
        line = self.lines[i]
        if line.number and line.sign not in (".", "、"):
            return self._labelled(i)
        first = self._first_number(line)
        run = self._numbered(i, first or bool(line.title))
        if len(run) > 1 and (line.sign == ":" or line.number or self._closes(run[-1] + 1, at_end=False)):
            return run
        if not line.title or self.tabled[i]:
            return []
        return run if first or self._closes(i + 1) or self._title_follows(i) else []

    def _first_number(self, line: AnnexLine) -> int:
        """The number of the entry on the line of the label itself; 0 where there is none."""
        if line.number:
            return numeral(line.number)
        figure = line.title[: len(line.title) - len(line.title.lstrip("0123456789"))]
        return int(figure) if figure and line.title[len(figure) :][:1] in (".", "、", " ") else 0

    def _labelled(self, i: int) -> list[int]:
        """附件1:... 附件2:... one below the other: entries, or one entry with the signature behind it."""
        run, number = [i], numeral(self.lines[i].number)
        if not self.lines[i].title:
            return []
        for j in range(i + 1, min(len(self.texts), i + _LONGEST_LIST)):
            again = self.lines.get(j)
            if self.tabled[j - 1] or not again or not again.title or numeral(again.number) != number + 1:
                break
            run, number = [*run, j], number + 1
        if self.tabled[run[-1]]:
            return []
        return run if len(run) > 1 or self._closes(run[-1] + 1, at_end=False) else []

    def _numbered(self, i: int, value: int) -> list[int]:
        """附件:1.... and the entries below it, counting up."""
        run = [i]
        for j in range(i + 1, min(len(self.texts), i + _LONGEST_LIST)):
            marker, text = self.blocks[j].marker, self.texts[j]
            again = self.lines.get(j)
            own = numeral(again.number) if again else marker.value if marker and marker.kind == "1." else 0
            if self.tabled[j - 1] or own != value + 1 or not 0 < len(text) <= _LONGEST_HEAD or "。" in text:
                break
            if again and not again.title:
                break
            run, value = [*run, j], own
        return run

    def _closes(self, j: int, *, at_end: bool = True) -> bool:
        """Whether what stands at block `j` ends a document: issuer, date, the next annex, the end of the file."""
        if j >= len(self.texts):
            return at_end
        text = self.texts[j]
        if j in self.lines or date_line(text) or text.startswith(tuple(_CLOSING)):
            return True
        behind = self.texts[j + 1] if j + 1 < len(self.texts) else ""
        signed = self.blocks[j].marker is None and len(text) <= _LONGEST_OFFICE and not _IN_SENTENCE.search(text)
        return signed and date_line(behind) is not None

    def _title_follows(self, i: int) -> bool:
        """`附件:绿化工作方案` over the line 绿化工作方案: that line begins the plan."""
        behind = self.texts[i + 1] if i + 1 < len(self.texts) else ""
        return self.lines[i].title.strip("《》") == behind.strip("《》")
