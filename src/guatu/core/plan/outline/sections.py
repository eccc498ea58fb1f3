"""Every section gets its kind, and the task part of the plan is told apart."""

from collections.abc import Sequence

from guatu.core.kernel.regex import regex
from guatu.core.plan.model import SectionKind
from guatu.core.plan.outline.assigned import FIRST_LEADS, SAID_UNITS, UNITS, divides, units_in_heading
from guatu.core.plan.outline.forms import is_title
from guatu.core.plan.outline.informs import informs, regulates, reports_news, tells
from guatu.core.plan.outline.kinds import is_act, is_support, section_kind
from guatu.core.plan.outline.model import Node, OutlineDocument
from guatu.core.plan.outline.says import (
    explains,
    is_citation,
    is_roster,
    saying,
)

_LONGEST_TITLE = 24
_OPENING = 60
_LONGER_OPENING = 320
"""The dateline of a piece of news stands behind its headings."""
_SHORTEST_TEXT = 2
"""Less than this behind a heading is its stop: 1.县水利局 in a list of names has nothing to be done."""
# 本通知自印发之日起施行: when it holds is nothing to be done.
_IN_FORCE = regex(
    r"(?:其[他它][:,。 ]*)?(?:本|以上|上述)[\u4e00-\u9fff]{2,10}?(?:自|从)[^。;]{2,30}(?:施行|执行|实施|生效)"
)
_WEAK = regex(r"(?:^|工作|推进|实施|对策)措施$|安排$")


def classify(document: OutlineDocument, norm: str, *, covering: bool) -> None:
    """Sets the kind of every item, and `in_task_part` on the items among which tasks are looked for.

    The task part is every section named so (主要任务, 重点工作, ...). Where there is none, it is the sections that are
    named by their field of work; where there are none either, the phases. Whatever a section is called, it is part of
    it where its items name units. What defines, scores or remarks and names nobody is no part of it. A notice that only
    hands on other documents of the file, and a report on the past, have no task part.
    """
    for root in document.roots:
        _set_kind(root)
    _set_fields(document.roots)
    if document.kind in ("report", "other") or not document.roots:
        return
    reader = _Reader(document, norm)
    for root in reader.task_part(covering=covering):
        _mark(root)
    reader.take_out()


def _set_kind(root: Node) -> None:
    """Kind of a top section; its items have the same, unless it is a section of mixed items (总体要求)."""
    # The first clause of a sentence is no title: 按照属地管理原则,各镇负总责 orders something.
    kind = section_kind(root.title) if root.headed or root.own_end - root.marker.end <= _LONGEST_TITLE else None
    if root.marker.kind in ("一是", "①", "(1)") or units_in_heading(root.title):
        kind = None
    root.kind = kind or "other"
    root.named = kind is not None
    _spread(root, mixed=kind in ("principle", "goal", "other") or (kind == "task" and "目标" in root.title))


def _set_fields(roots: Sequence[Node]) -> None:
    """A safeguard of means with fields of work behind it is one of them."""
    fields = [i for i, root in enumerate(roots) if root.kind == "other" and not root.named]
    for i, root in enumerate(roots):
        if root.kind == "safeguard" and fields and i < fields[-1] and is_support(root.title):
            root.kind, root.named = "other", False
            _spread(root, mixed=True)


def _spread(node: Node, *, mixed: bool) -> None:
    for child in node.children:
        own: SectionKind | None = section_kind(child.title) if mixed and child.headed else None
        child.kind = own if own in ("principle", "goal", "task", "phase") else node.kind
        child.named = own is not None
        _spread(child, mixed=False)


# A list of persons with the units they come from assigns nothing to these units.
_MEMBERS = regex(r"(?:副?组 *长|成 *员|副?主 *任|召集人|联 *系 *人) ?:")


# 招商引资(20分)。(考核单位:县商务局): who gives the marks does not do the work.
_ASSESSORS = regex(r"(?:考核|评分|评价|评估|计分|赋分)(?:单位|部门) ?:|数据(?:来源|提供)")
_OWNERS = regex(r"(?:牵头|责任|主办|承办|实施)(?:单位|部门) ?:")


def _sets_nothing(document: OutlineDocument, norm: str) -> bool:
    """Whether a document as a whole sets nothing to be done: what in it names units is a task all the same."""
    articles = any(node.marker.kind == "条" for root in document.roots for node in (root, *root.children[:1]))
    if regulates(document.title, articles=articles):
        return True
    if document.annex:
        return explains(document.title)
    at = document.start
    news = norm[at : at + _LONGER_OPENING]
    return tells(norm[at : at + _OPENING]) or reports_news(news, titled=is_title(document.title))


def _informs(document: OutlineDocument, norm: str) -> bool:
    return informs(norm[document.start : document.start + _LONGER_OPENING])


class _Reader:
    """Tells the task part of one document by its sections' names and by what their items say."""

    def __init__(self, document: OutlineDocument, norm: str) -> None:
        self.document, self.norm = document, norm
        self._known: dict[int, bool] = {}
        # Whoever says which of a list leads means those who do the work, also in rules of an assessment.
        self._with_leads = FIRST_LEADS.search(norm, document.start, document.end) is not None
        self.informing = _informs(document, norm)
        self.explaining = self.informing or _sets_nothing(document, norm)

    def task_part(self, *, covering: bool) -> list[Node]:
        roots = self.document.roots
        tasks = _named_tasks(self.document) or _measures(self.document)
        if covering:
            return tasks
        fields = [r for r in roots if not r.named]
        if tasks:
            most = _count(fields) > _count(tasks)
            acting = [r for r in fields if most or is_act(r.title) or self._assigned(r)]
            return tasks + acting + self._assigned_parts(tasks + fields)
        if len(fields) > 1 or any(r.children for r in fields):
            return fields + self._assigned_parts(fields)
        phases = [r for r in roots if r.kind == "phase"]
        if any(r.children for r in phases):
            return phases + self._assigned_parts(phases)
        found = fields + self._assigned_parts(fields) or [r for r in roots if r.kind == "safeguard"]
        # A notice that orders nothing else means what it says of scope and procedure.
        return found or ([] if self.document.annex else [r for r in roots if r.kind == "other"])

    def _assigned(self, node: Node) -> bool:
        """Whether the text of an item names units for a task: not where a person comes from, nor who gives marks."""
        told = self._known.get(node.start)
        if told is None:
            told = self._known[node.start] = self._names_units(node)
        return told

    def _names_units(self, node: Node) -> bool:
        told = node.own_end - node.title_end > _SHORTEST_TEXT
        if node.headed and told and not node.children and not self.informing and units_in_heading(node.title):
            return True
        if _MEMBERS.search(self.norm, node.start, node.end):
            return False
        if self.informing:
            return SAID_UNITS.search(self.norm, node.start, node.end) is not None
        if not UNITS.search(self.norm, node.start, node.end):
            return not node.children and divides(self.norm, node.marker.end, node.own_end)
        if self._with_leads or not _ASSESSORS.search(self.norm, node.start, node.end):
            return True
        return _OWNERS.search(self.norm, node.start, node.end) is not None

    def _assigned_parts(self, taken: Sequence[Node]) -> list[Node]:
        """Of the other sections, what names units: the section where most of its items do, else those items."""
        known = {node.start for node in taken}
        found: list[Node] = []
        waiting = [root for root in self.document.roots if root.start not in known]
        while waiting:
            node = waiting.pop()
            items = _leaves(node) or [node]
            named = sum(self._assigned(item) for item in items)
            if named * 2 > len(items):
                found.append(node)
            elif named:
                waiting += node.children
        return found

    def take_out(self) -> None:
        """Takes items out of the task part that set nothing to be done: most of a list define, score or remark."""
        for node in reversed(_preorder(self.document.roots)):
            if _parts(node):
                self._take_out_of(node.children, explaining=self.explaining or explains(node.title))
                own = UNITS.search(self.norm, node.start, node.own_end)
                if node.in_task_part and not own and not any(child.in_task_part for child in node.children):
                    _unmark(node)
            elif self._is_cited(node):
                node.cited = True
                _unmark(node)
        self._take_out_of(self.document.roots, explaining=self.explaining)

    def _is_cited(self, node: Node) -> bool:
        return not node.children and is_citation(self._words(node)) and not self._assigned(node)

    def _is_nothing(self, node: Node) -> bool:
        """When a document holds and who sits on a body is nothing to be done, whatever its neighbours say."""
        words = self._words(node)
        return _IN_FORCE.match(words) is not None or is_roster(words)

    def _take_out_of(self, items: Sequence[Node], *, explaining: bool) -> None:
        for item in items:
            if item.in_task_part and not item.children and self._is_nothing(item):
                _unmark(item)
        leaves = [item for item in items if item.in_task_part and not _parts(item)]
        free = [item for item in leaves if not self._assigned(item)]
        said = [item for item in free if saying(self._words(item))]
        if explaining or len(said) * 2 > len(leaves):
            for item in free if explaining else said:
                _unmark(item)

    def _words(self, node: Node) -> str:
        return self.norm[node.marker.end : node.own_end]


def _parts(node: Node) -> list[Node]:
    """What an item consists of: not the documents that it is based on."""
    return [child for child in node.children if not child.cited]


def _preorder(roots: Sequence[Node]) -> list[Node]:
    found, waiting = [], list(roots)
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.children
    return found


def _unmark(node: Node) -> None:
    node.in_task_part = False
    node.kind = "other"


def _named_tasks(document: OutlineDocument) -> list[Node]:
    """Sections named as tasks, at the top or inside a mixed section."""
    found: list[Node] = []
    for root in document.roots:
        inner = [c for c in root.children if c.named and c.kind == "task"]
        if root.kind == "task" and not _WEAK.search(root.title):
            other = any(c.named and c.kind == "goal" for c in root.children)
            found += inner if inner and other else [root]
        elif inner and root.kind in ("principle", "goal", "other"):
            found += inner
    return found


def _leaves(node: Node) -> list[Node]:
    """The items below that have none below them."""
    return [leaf for child in node.children for leaf in (_leaves(child) if child.children else [child])]


def _count(nodes: Sequence[Node]) -> int:
    return sum(len(_leaves(node)) or 1 for node in nodes)


def _measures(document: OutlineDocument) -> list[Node]:
    """Sections called measures are the tasks only where nothing else is."""
    return [r for r in document.roots if r.kind == "task" and _WEAK.search(r.title)]


def _mark(node: Node) -> None:
    node.in_task_part = True
    if node.kind != "phase":
        node.kind = "task"
    for child in node.children:
        _mark(child)
