"""Every section gets its kind, and the task part of the plan is told apart."""

import re

from guatu.core.plan.model import SectionKind
from guatu.core.plan.outline.assigned import UNITS
from guatu.core.plan.outline.kinds import section_kind
from guatu.core.plan.outline.model import Node, OutlineDocument

_WEAK = re.compile(r"(?:^|工作|推进|实施|对策)措施$|安排$")


def classify(document: OutlineDocument, norm: str, *, covering: bool) -> None:
    """Sets the kind of every item, and `in_task_part` on the items among which tasks are looked for.

    The task part is every section named so (主要任务, 重点工作, ...). Where there is none, it is the sections that are
    named by their field of work; where there are none either, the phases. Beside named tasks, a
    field of work counts when units are named in it. A notice that only hands on other
    documents of the file, and a report on the past, have no task part.
    """
    for root in document.roots:
        _set_kind(root)
    if document.kind == "report":
        return
    part = _task_part(document, norm, covering=covering)
    for root in part:
        _mark(root)


def _set_kind(root: Node) -> None:
    """Kind of a top section; its items have the same, unless it is a section of mixed items (总体要求)."""
    kind = section_kind(root.title) if root.headed or len(root.title) <= 20 else None
    if root.marker.kind in ("一是", "①", "(1)"):
        kind = None
    root.kind = kind or "other"
    root.named = kind is not None
    _spread(root, mixed=kind in ("principle", "goal", "other") or (kind == "task" and "目标" in root.title))


def _spread(node: Node, *, mixed: bool) -> None:
    for child in node.children:
        own: SectionKind | None = section_kind(child.title) if mixed and child.headed else None
        child.kind = own if own in ("principle", "goal", "task", "phase") else node.kind
        child.named = own is not None
        _spread(child, mixed=False)


def _task_part(document: OutlineDocument, norm: str, *, covering: bool) -> list[Node]:
    tasks = _named_tasks(document) or _measures(document)
    if covering:
        return tasks
    fields = [r for r in document.roots if not r.named]
    if tasks:
        return tasks + [r for r in fields if UNITS.search(norm, r.start, r.end)] + _assigned(document, norm)
    if len(fields) > 1 or any(r.children for r in fields):
        return fields + _assigned(document, norm)
    phases = [r for r in document.roots if r.kind == "phase"]
    if any(r.children for r in phases):
        return phases
    return fields


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


def _assigned(document: OutlineDocument, norm: str) -> list[Node]:
    """Safeguards and phases most of whose items are assigned to units behind them are tasks like any other."""
    found = []
    for root in document.roots:
        items = _leaves(root) if root.kind in ("safeguard", "phase") else []
        named = sum(1 for item in items if UNITS.search(norm, item.start, item.end))
        if len(items) > 1 and named * 2 >= len(items):
            found.append(root)
    return found


def _leaves(node: Node) -> list[Node]:
    """The items below that have none below them."""
    return [leaf for child in node.children for leaf in (_leaves(child) if child.children else [child])]


def _measures(document: OutlineDocument) -> list[Node]:
    """Sections called measures are the tasks only where nothing else is."""
    return [r for r in document.roots if r.kind == "task" and _WEAK.search(r.title)]


def _mark(node: Node) -> None:
    node.in_task_part = True
    if node.kind != "phase":
        node.kind = "task"
    for child in node.children:
        _mark(child)
