"""A numbered item that says who, by when or how much, and was read as no task.

Safeguards, duties of offices and rules are no tasks; what one of them orders of an office all the same gets lost with
them. Goals and phases are kept as such and need no task. What holds a document together (by whom it is explained, when
it comes into force) orders nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.duties import read_charged, read_sentences
from guatu.core.plan.lint.view import LintView, Place, is_plan, shortened
from guatu.core.plan.model import Document
from guatu.core.plan.outline.column_words import UNIT_NAME
from guatu.core.plan.outline.model import Node, OutlineDocument

KIND = Kind(
    "plan.item-unread",
    "warning",
    zh="“{title}”写了{what_zh}，但没有读成任务{more_zh}，请核对",
    en="“{title}” says {what_en} and was not read as a task{more_en}: check it",
)

_LOST: Final = ("safeguard", "other")
"""Kinds of sections of which nothing is kept; goals and phases are in the ledger."""
# 本方案由县水利局负责解释; 县水利局负责全县的水资源管理工作: who answers for what at all times is no order.
_STANDING: Final = regex(
    r"负责(?:本[\u4e00-\u9fff]{2,8}的)?解释|负责[^。;,]{0,24}(?:管理|监督|指导|协调)工作(?=[。;,])"
)
_WHAT: Final = {"who": ("由谁办", "who does it"), "when": ("何时办", "by when"), "much": ("办多少", "how much")}


def check(view: LintView) -> Iterator[Finding]:
    yield from view.folded(KIND, _places(view))


def _places(view: LintView) -> Iterator[tuple[str, Place]]:
    """The items, by the list that they stand in: the duties of twenty offices are one finding."""
    for outline, document in zip(view.outline.documents, view.documents, strict=True):
        if document.kind not in ("report", "other"):
            yield from _Items(view, outline, document).unread()


class _Items:
    """The items of one document against what of it is in the ledger."""

    def __init__(self, view: LintView, outline: OutlineDocument, document: Document) -> None:
        self.view, self.outline = view, outline
        self.tasks = [task.span.start for task in document.tasks]
        # A year alone says when money is spent or a goal holds, a stretch of time how long a rule does.
        self.deadlines = sorted(
            one.span.start for one in document.deadlines if "/" not in one.iso and len(one.iso) > len("2026")
        )
        # What tells or regulates has amounts of its own; only a plan sets them to be reached.
        sets = bool(document.tasks) or is_plan(document)
        # 打造一支队伍 is no amount.
        amounts = [one.span.start for one in document.targets if one.value != 1]
        self.targets = sorted(amounts) if sets else []

    def unread(self) -> Iterator[tuple[str, Place]]:
        waiting = list(reversed(self.outline.roots))
        while waiting:
            node = waiting.pop()
            if node.is_task:
                continue
            waiting += reversed(node.children)
            if node.kind in _LOST and not node.cited and not self._within(self.tasks, node.start, node.end):
                yield from self._told(node)

    def _told(self, node: Node) -> Iterator[tuple[str, Place]]:
        said = []
        if self._names_units(node):
            said.append("who")
        # An amount outside the safeguards is a goal or a condition, and its day belongs to it.
        much = self._within(self.targets, node.start, node.own_end)
        if (node.kind == "safeguard" or not much) and self._within(self.deadlines, node.start, node.own_end):
            said.append("when")
        if node.kind == "safeguard" and much:
            said.append("much")
        if said:
            title = shortened(self.view.raw[node.title_start : node.title_end])
            zh, en = ("、".join(_WHAT[one][0] for one in said), ", ".join(_WHAT[one][1] for one in said))
            within = f"{self.outline.start}/{node.parent.start if node.parent else ''}"
            yield within, Place(node.start, node.title_end, {"title": title, "what_zh": zh, "what_en": en})

    def _within(self, places: Sequence[int], start: int, end: int) -> bool:
        if not places:
            return False
        span = self.view.span(start, end)
        at = bisect_left(places, span.start)
        return at < len(places) and places[at] < span.end

    def _names_units(self, node: Node) -> bool:
        norm = self.view.norm
        for block in node.blocks:
            start = block.marker.end if block.marker else block.start
            if _STANDING.search(norm, start, block.end):
                continue
            named = [*read_charged(norm, start, block.end), *read_sentences(norm, start, block.end)]
            if named and all(UNIT_NAME.search(draft.unit) for draft in named):
                return True
        return False
