"""Where the heading of an item ends and its text begins."""

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.kinds import section_kind
from guatu.core.plan.outline.model import Node

_LONGEST = 46
_LONGEST_LABEL = 22
_TITLE_CUT = regex(r"[,;。:!?]")
# A bracket with a time or with units behind a heading is no part of its words.
_TAIL = regex(
    r" ?[(\[](?:[^()\[\]]*(?:\d+ ?[年月日]|_+[年月]|牵头|责任|配合|负责|单位)[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]?[。.:]?$"
)
# 总体要求 坚持以人民为中心。 The blank is what is left of the line break behind the title of a section.
_FIRST_WORD = regex(r"[\u4e00-\u9fff]{4,10}(?= [^ ])")
_SENTENCE_END = regex(r"[。!?]")
_SAYS_WHO = regex(r"牵头|责任|配合|负责|单位|落实")
# 问题1:污水直排。 The label says what kind of item it is; its words begin behind it.
_PROBLEM = regex(
    r"(?:存在的?|突出|主要|反馈|具体)?问题(?:描述|表现)?(?:[一二三四五六七八九十]{1,3}|\d{1,3})? ?: ?(?=[^ \n])"
)


def read_heading(node: Node, norm: str) -> None:
    """Sets the title of an item and whether it is a heading told apart from the text."""
    block = node.blocks[0]
    start, end = node.marker.end, block.end
    label = _PROBLEM.match(norm, start, end)
    start = label.end() if label else start
    text = norm[start:end].rstrip("* ")
    cut, headed = _cut(text, alone=len(node.blocks) > 1 or bool(node.children))
    title = _TAIL.sub("", text[:cut]).rstrip(" 。:;,.")
    node.headed = headed or label is not None
    node.title_start = start
    node.title = title or text[:cut].strip()
    node.title_end = start + len(title) if title else start + cut


def _only_units(rest: str) -> bool:
    """Nothing but one bracket of units: (县水利局牵头,各镇配合)."""
    bracket = rest.strip(" 。")
    in_brackets = bracket[:1] in tuple("([【") and bracket[-1:] in tuple(")]】") and "。" not in bracket
    return in_brackets and _SAYS_WHO.search(bracket) is not None


def _cut(text: str, *, alone: bool) -> tuple[int, bool]:
    """Length of the heading in `text` and whether it is one."""
    first = _FIRST_WORD.match(text)
    if first and section_kind(first[0]) and _SENTENCE_END.search(text, first.end()):
        return first.end(), True
    stop = _SENTENCE_END.search(text)
    colon = text.find(":")
    if 0 < colon <= _LONGEST_LABEL and not _TITLE_CUT.search(text, 0, colon):
        rest = text[colon + 1 :]
        if rest.strip() or alone:
            return colon, True
    if stop is None:
        body = _TAIL.sub("", text)
        if len(body) <= _LONGEST * 2 and (alone or not _TITLE_CUT.search(body)):
            return len(text), True
        return _first_clause(text), False
    at = stop.start()
    heading = _TAIL.sub("", text[:at])
    rest = text[stop.end() :]
    if rest.strip(" 。)]") and not _only_units(rest) and len(heading) <= _LONGEST and heading.count(",") <= 1:
        return at, True
    if alone and len(heading) <= _LONGEST and not rest.strip() and heading.count(",") <= 1:
        return at, True
    return _first_clause(text), False


def _first_clause(text: str) -> int:
    stop = _TITLE_CUT.search(text)
    return stop.start() if stop else len(text)
