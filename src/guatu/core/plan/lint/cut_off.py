"""A paragraph that breaks off: it ends with a comma, or in the middle of a sentence, and a new item follows.

The end was lost in copying, or the list that was announced was never written.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.units import is_office, split_units
from guatu.core.plan.lint.view import LintView, shortened
from guatu.core.plan.outline.model import Block, OutlineDocument

BROKEN = Kind(
    "plan.cut-off",
    "error",
    zh="“{text}”以“{mark}”结尾，内容不完整，请补全",
    en="“{text}” ends with “{mark}”: the rest is missing",
)
OPEN = Kind(
    "plan.unfinished-sentence",
    "warning",
    zh="“{text}”没有句末标点，内容可能不完整，请检查",
    en="“{text}” ends without a full stop: look whether something is missing",
)
KINDS = (BROKEN, OPEN)

_OPEN_END = regex(r"[\u4e00-\u9fff\d%]$")
# Signatures, dates, lists of annexes and what web pages put at the end of a text.
_END_MATTER = regex(r" |[日局府室委会部厅处院办心页组司表图式队行]$|名单$|附件")
# Behind these a list of units or a date ends a paragraph without a stop.
_LABEL = regex(r"(?:单位|部门|领导|负责人|责任人|时限|时间)$")
# No sentence ends with these.
_DANGLING = regex(
    r"(?:(?<![参给赋赠])与|(?<![普涉遍惠波])及|(?<![应面核比校针结成相绝作一查])对|(?<![小大干老名])将|(?<!一)把|(?<![合兼归一])并"
    r"|(?<![目标])的|(?<![温柔谐平调总共随饱缓暖祥义亲])和|以及|(?<=[,。;])通过|按照|(?<=[,。;])根据)$"
)
_SENTENCE = regex(r"[。!?;:]")
_CLOSED = frozenset("。;:!?)]”》…")
_ONE_OPEN_IN = 12
_SHORTEST = 10
_SHOWN = 24
_LONGEST = 60


def check(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        listed = {block.start for block in document.listed}
        blocks = [block for block in document.blocks if block.start not in listed]
        before_tables = _before_tables(document, blocks)
        stops = _sets_stops(view.norm, blocks)
        for index, block in enumerate(blocks):
            if index not in before_tables:
                yield from _in_block(view, block, blocks[index + 1] if index + 1 < len(blocks) else None, stops)


def _before_tables(document: OutlineDocument, blocks: Sequence[Block]) -> set[int]:
    """Indexes of the paragraphs right before a table."""
    starts = [block.start for block in blocks]
    return {bisect_right(starts, table.start) - 1 for table in document.tables}


def _sets_stops(norm: str, blocks: Sequence[Block]) -> bool:
    """Whether the document closes its sentences: where many items have no stop at their end, none is missing."""
    items = [block for block in blocks if block.marker and "。" in norm[block.start : block.end - 1]]
    closed = sum(norm[block.end - 1] in _CLOSED for block in items)
    return len(items) - closed <= max(1, len(items) // _ONE_OPEN_IN)


def _in_block(view: LintView, block: Block, following: Block | None, stops: bool) -> Iterator[Finding]:
    norm = view.norm
    end = block.end
    ends_item = following is None or following.marker is not None
    if not ends_item:
        return
    broken = norm[end - 1] in ",、" and end - block.start >= _SHORTEST and not _goes_on(view, block, following)
    if broken or _ends_dangling(norm, block):
        start = max(block.start, end - _SHOWN)
        yield view.at(BROKEN, start, end, text=shortened(view.raw[start:end]), mark=norm[end - 1])
    elif stops and block.marker is not None and not (following and following.glued):
        yield from _open_end(view, block, following)


def _goes_on(view: LintView, block: Block, following: Block | None) -> bool:
    """The items are clauses of one sentence: each of them ends with a comma, or the next one is a part of this one."""
    if following is None or following.marker is None:
        return False
    if block.marker is None or following.marker.kind != block.marker.kind:
        return (
            following.marker.value == 1 and _ANNOUNCES.search(view.norm, max(0, block.end - 8), block.end) is not None
        )
    behind = view.norm[following.end - 1 : following.end]
    before = block.marker.value > 1 and _COMMA_BEFORE.search(view.norm, max(0, block.start - 3), block.start)
    return behind in (",", "、") or bool(before)


# 重点做好以下工作, 1.…: the comma stands for a colon.
_ANNOUNCES = regex(r"(?:以下|如下|下列)[\u4e00-\u9fff]{0,5}[,、]$")
_COMMA_BEFORE = regex(r"[,、]\s*$")


def _ends_dangling(norm: str, block: Block) -> bool:
    """A paragraph with clauses whose last word asks for another one."""
    if block.marker is None:
        return False
    inside = norm.find(",", block.start, block.end) >= 0 or norm.find("。", block.start, block.end) >= 0
    return inside and _DANGLING.search(norm, max(block.start, block.end - 3), block.end) is not None


def _open_end(view: LintView, block: Block, following: Block | None) -> Iterator[Finding]:
    """A paragraph of several sentences whose last one has no end."""
    norm = view.norm
    if not _OPEN_END.search(norm, max(block.start, block.end - 2), block.end):
        return
    stops = list(_SENTENCE.finditer(norm, block.start, block.end))
    if not stops or block.end - stops[-1].end() < _SHORTEST or not any(stop[0] == "。" for stop in stops):
        return
    if following is None and _END_MATTER.search(norm[max(block.start, stops[-1].end() - 4) : block.end]):
        return
    if stops[-1][0] == ":" and _LABEL.search(norm, max(block.start, stops[-1].start() - 6), stops[-1].start()):
        return
    if all(is_office(name) for name, _, _ in split_units(norm, stops[-1].end(), block.end)):
        return
    start = max(stops[-1].end(), norm.rfind(",", block.start, block.end) + 1, block.end - _LONGEST)
    yield view.at(OPEN, start, block.end, text=shortened(view.raw[start : block.end]))
