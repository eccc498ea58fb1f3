"""A paragraph that breaks off: it ends with a comma, or in the middle of a sentence, and a new item follows.

The end was lost in copying, or the list that was announced was never written.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from guatu.core.kernel.finding import Finding, Kind
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

_OPEN_END = re.compile(r"[\u4e00-\u9fff\d%]$")
# Signatures, dates, lists of annexes and what web pages put at the end of a text.
_END_MATTER = re.compile(r" |[日局府室委会部厅处院办心页组司表图式队行]$|名单$|附件")
# Behind these a list of units or a date ends a paragraph without a stop.
_LABEL = re.compile(r"(?:单位|部门|领导|负责人|责任人|时限|时间)$")
# No sentence ends with these.
_DANGLING = re.compile(r"(?:[与及对将把并]|(?<![目标])的|(?<!温|柔|谐|平|调|总)和|以及|通过|按照|根据)$")
_SENTENCE = re.compile(r"[。!?;:]")
_SHORTEST = 10
_SHOWN = 24
_LONGEST = 60


def check(view: LintView) -> Iterator[Finding]:
    for document in view.outline.documents:
        listed = {block.start for block in document.listed}
        blocks = [block for block in document.blocks if block.start not in listed]
        before_tables = _before_tables(document, blocks)
        for index, block in enumerate(blocks):
            if index not in before_tables:
                yield from _in_block(view, block, blocks[index + 1] if index + 1 < len(blocks) else None)


def _before_tables(document: OutlineDocument, blocks: Sequence[Block]) -> set[int]:
    """Indexes of the paragraphs right before a table."""
    starts = [block.start for block in blocks]
    return {bisect_right(starts, table.start) - 1 for table in document.tables}


def _in_block(view: LintView, block: Block, following: Block | None) -> Iterator[Finding]:
    norm = view.norm
    end = block.end
    ends_item = following is None or following.marker is not None
    if not ends_item:
        return
    if (norm[end - 1] in ",、" and end - block.start >= _SHORTEST) or _ends_dangling(norm, block):
        start = max(block.start, end - _SHOWN)
        yield view.at(BROKEN, start, end, text=shortened(view.raw[start:end]), mark=norm[end - 1])
    elif block.marker is not None and not (following and following.glued):
        yield from _open_end(view, block, following)


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
    start = max(stops[-1].end(), norm.rfind(",", block.start, block.end) + 1, block.end - _LONGEST)
    yield view.at(OPEN, start, block.end, text=shortened(view.raw[start : block.end]))
