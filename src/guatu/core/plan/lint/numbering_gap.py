"""A number that is missing: (二) without (一), 11、 followed by 13、.

An item was deleted or lost its number; references to it (见第二部分第三项) point to nothing. Numbers that run on from the
part before are right.
"""

from collections.abc import Iterator

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.siblings import Siblings, sibling_lists
from guatu.core.plan.lint.steps import inline_steps
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.outline.model import Block, Node

KIND = Kind(
    "plan.numbering-gap",
    "error",
    zh="“{label}”之前缺少编号“{missing}”，请检查是否漏了一项或漏了编号",
    en="the number {missing} is missing before {label}: look whether an item or its number was lost",
)

_WIDEST_GAP = 4
_LONGEST_PLACE = 60


def check(view: LintView) -> Iterator[Finding]:
    for siblings in sibling_lists(view):
        for index, node in enumerate(siblings.nodes):
            before = siblings.expected_before(index)
            width = node.marker.value - before
            if 1 < width <= _WIDEST_GAP and not siblings.stands_inline(index, before + 1, view.norm):
                start, end = _place(siblings, index, view.norm)
                missing = siblings.labels(node, before + 1, node.marker.value - 1)
                yield view.at(KIND, start, end, label=node.marker.label, missing=missing)
    yield from _in_tables(view)
    for step, before_step in inline_steps(view):
        if before_step and step.value > before_step.value + 1:
            missing = step.label_of(before_step.value + 1)
            yield view.at(KIND, step.start, step.end, label=step.label, missing=missing)


def _in_tables(view: LintView) -> Iterator[Finding]:
    """Rows that are numbered in their first column."""
    for table in (table for document in view.outline.documents for table in document.tables):
        last = 0
        for row in table.rows:
            start, end = row.cells[0] if row.cells else (0, 0)
            cell = view.norm[start:end].strip()
            value = int(cell) if _SERIAL.fullmatch(cell) else 0
            if last and 1 < value - last <= _WIDEST_GAP:
                missing = "、".join(str(number) for number in range(last + 1, value))
                yield view.at(KIND, start, end, label=cell, missing=missing)
            last = value or last
            if cell and not value and not _GROUP.match(cell):
                last = 0


_SERIAL = regex(r"\d{1,3}")
# Lines between the rows that name a group of them.
_GROUP = regex(r"[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]")


def _place(siblings: Siblings, index: int, norm: str) -> tuple[int, int]:
    """The paragraph without a number that stands where the missing item should, or else the number behind the gap."""
    node = siblings.nodes[index]
    block = _unnumbered(siblings, index, norm)
    if block is None:
        return node.marker.start, node.marker.end
    if node.start - block.end <= 4 and block.end - block.start <= _LONGEST_PLACE:
        return block.start, node.marker.end
    return block.start, min(block.end, block.start + _LONGEST_PLACE)


def _unnumbered(siblings: Siblings, index: int, norm: str) -> Block | None:
    owner: Node | None = siblings.nodes[index - 1] if index else siblings.parent
    if owner is None or len(owner.blocks) < 2:
        return None
    unnumbered = [block for block in owner.blocks[1:] if not _LABEL.match(norm, block.start, block.end)]
    heading = next((block for block in unnumbered if _is_heading(norm, block)), None)
    return heading or (unnumbered[-1] if unnumbered else None)


# A line that names the units or the date of the item before.
_LABEL = regex(r"[ \t]*[\u4e00-\u9fff]{0,4}(?:单位|部门|时限|时间|领导)[ \t]*:")


def _is_heading(norm: str, block: Block) -> bool:
    """A short line that is no sentence and announces nothing."""
    text = norm[block.start : block.end]
    return len(text) <= _LONGEST_PLACE and "。" not in text and not text.endswith(":")
