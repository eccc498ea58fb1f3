"""Paragraphs whose line breaks became blanks: `(一)支持研发 对企业给予支持。(对接部门:县科技局) 对团队优先评选。` is three of them.

Chinese is written without blanks. One behind the end of a sentence, or between the heading of an item and the sentence
behind it, is what is left of a line break; elsewhere it may part names or figures, and stays.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.model import Block

# Annexes and signatures have their own forms; they are looked for in what is left whole.
_ENDED: Final = regex(r"(?<=[。!?)]) +(?=[\u4e00-\u9fff“《(])(?!附 ?[件表:])")
_INDENTED: Final = regex(r"(?<=[;:]) {2,}(?=[\u4e00-\u9fff“《(])(?!附 ?[件表:])")
_HEADING: Final = regex(r"[^ 。;:!?]{4,46}[。!?]?(?P<gap> +)(?=[\u4e00-\u9fff“《])")
_OPEN: Final = regex(r"[的和与及或为在对将把、,]$")
_OFFICE: Final = regex(r"[局委办部厅府处室站所镇乡村队院会公司][。]?$")
_SHORTEST_TEXT: Final = 16
_SHORTEST_SENTENCE: Final = 8
_MOST_COMMAS: Final = 2
_LONGEST_BRACKET: Final = 300


def with_breaks(norm: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The paragraphs, parted where a blank stands for a line break."""
    for block in blocks:
        if norm.find(" ", block.start, block.end) < 0 or norm.find("。", block.start, block.end) < 0:
            yield block
        else:
            yield from _parted(norm, block)


def _parted(norm: str, block: Block) -> Iterator[Block]:
    start, marker, glued = block.start, block.marker, block.glued
    for end, behind in sorted(_gaps(norm, block)):
        if end - start >= 1 and behind < block.end:
            yield Block(start, end, marker, glued)
            start, marker, glued = behind, None, True
    yield Block(start, block.end, marker, glued)


def _gaps(norm: str, block: Block) -> set[tuple[int, int]]:
    start = block.marker.end if block.marker else block.start
    found = {
        gap.span()
        for pattern in (_ENDED, _INDENTED)
        for gap in pattern.finditer(norm, start, block.end)
        if norm[gap.start() - 1] != ")" or _closes_sentence(norm, start, gap.start())
    }
    heading = _heading(norm, start, block.end) if block.marker else None
    return found | ({heading} if heading else set())


def _closes_sentence(norm: str, start: int, at: int) -> bool:
    """A bracket behind a sentence: 给予支持。(对接部门:县科技局), and none behind a name in a list."""
    opening = norm.rfind("(", max(start, at - _LONGEST_BRACKET), at)
    return opening > start and norm[opening - 1] in "。!?)"


def _heading(norm: str, start: int, end: int) -> tuple[int, int] | None:
    """The blank behind the heading of an item, where a text of whole sentences follows it."""
    match = _HEADING.match(norm, start, end)
    if match is None:
        return None
    title, (at, behind) = norm[start : match.start("gap")], match.span("gap")
    stop = norm.find("。", behind, end)
    if stop < 0 or end - behind < _SHORTEST_TEXT or stop - behind < _SHORTEST_SENTENCE:
        return None
    if _OPEN.search(title) or title.count(",") > _MOST_COMMAS or (behind - at == 1 and _OFFICE.search(title)):
        return None
    return at, behind
