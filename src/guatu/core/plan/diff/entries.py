"""Tasks and documents as the comparison sees them."""

from collections import Counter

import msgspec

from guatu.core.kernel.span import Span
from guatu.core.plan.diff.changes import ItemRef
from guatu.core.plan.diff.likeness import pairs, plain, without_digits
from guatu.core.plan.model import Deadline, Document, Duty, Plan, Target, Task

_MARKER_ROOM = 16
"""A number in front of a title is shorter than this."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One task, or one document with what belongs to none of its tasks."""

    ref: ItemRef
    document: int
    key: tuple[str, ...]
    """Annex and title of its document, number, title: equal for a task that only changed inside."""
    title: str
    words: str
    """Its text from the title on; empty where the text was not handed in."""
    title_pairs: Counter[str]
    word_pairs: Counter[str]
    duties: list[Duty]
    targets: list[Target]
    deadlines: list[Deadline]


def task_entries(plan: Plan, text: str) -> list[Entry]:
    found = []
    for number, document in enumerate(plan.documents):
        home = document_key(document)
        targets = {t.id: t for t in document.targets}
        deadlines = {d.id: d for d in document.deadlines}
        for task in document.tasks:
            own_targets = [targets[i] for i in task.targets if i in targets]
            own_deadlines = [deadlines[i] for i in task.deadlines if i in deadlines]
            ref = ItemRef(task.id, task.path, task.title, document.title, document.annex, task.span)
            key = (*home, *task.path, plain(task.title))
            found.append(_entry(ref, number, key, _words(task, text), task.duties, own_targets, own_deadlines))
    return found


def document_entries(plan: Plan) -> list[Entry]:
    """Each document with its lead units and the targets and deadlines that no task of it claims."""
    found = []
    for number, document in enumerate(plan.documents):
        claimed = {i for task in document.tasks for i in (*task.targets, *task.deadlines)}
        ref = ItemRef("", [], document.title, document.title, document.annex, document.span)
        duties = [Duty("lead", unit, Span(document.span.start, document.span.start)) for unit in document.lead]
        targets = [t for t in document.targets if t.id not in claimed]
        deadlines = [d for d in document.deadlines if d.id not in claimed]
        found.append(_entry(ref, number, document_key(document), "", duties, targets, deadlines))
    return found


def document_key(document: Document) -> tuple[str, str]:
    return document.annex or "", without_digits(document.title)


def _entry(
    ref: ItemRef,
    document: int,
    key: tuple[str, ...],
    words: str,
    duties: list[Duty],
    targets: list[Target],
    deadlines: list[Deadline],
) -> Entry:
    title = plain(ref.title)
    return Entry(ref, document, key, title, words, pairs(title), pairs(words), duties, targets, deadlines)


def _words(task: Task, text: str) -> str:
    words = plain(task.span.text(text))
    begin = words.find(plain(task.title))
    return words[begin:] if 0 <= begin < _MARKER_ROOM else words
