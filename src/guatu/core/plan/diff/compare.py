"""The comparison: items are matched first, then matched items are compared part by part."""

from collections.abc import Iterable, Sequence

from guatu.core.plan.diff.changes import Change, ItemRef, Level, TaskChange
from guatu.core.plan.diff.entries import Entry, document_entries, task_entries
from guatu.core.plan.diff.likeness import likeness
from guatu.core.plan.diff.matching import Couples, match_best, match_equal, sharing
from guatu.core.plan.diff.parts import deadline_changes, duty_changes, target_changes
from guatu.core.plan.model import Plan

SAME_TASK = 0.5
"""Least likeness at which two tasks are one."""
SAME_TASK_IN_PLACE = 0.3
"""The same where number and document agree too."""
WORDS_ALONE = 0.7
"""What the likeness of the words counts where the titles have nothing in common."""
PATH_BONUS = 0.08
DOCUMENT_BONUS = 0.05
FEATURE_LENGTH = 200
"""Characters of a task's text that make it a candidate; its likeness is taken over the whole text."""
FEW_COUPLES = 40_000
"""Up to here every couple is compared; beyond, those that share a telling character pair or their number."""
MOST_COUPLES = 256
"""A character pair that would bring more couples to compare than this says nothing about a task."""


def diff_plans(old: Plan, new: Plan, *, old_text: str = "", new_text: str = "") -> list[TaskChange]:
    """What changed from `old` to `new`: documents first, then tasks in the order of the new plan, then what is gone.

    Where the source texts are handed in, tasks are also matched by their words, and a task that says the same things
    in other words is reported as reworded. A task that is unchanged does not appear.
    """
    old_documents, new_documents = document_entries(old), document_entries(new)
    documents = _match_documents(old_documents, new_documents)
    texts = bool(old_text and new_text)
    old_tasks = task_entries(old, old_text if texts else "")
    new_tasks = task_entries(new, new_text if texts else "")
    tasks = _match_tasks(old_tasks, new_tasks, documents)
    return [
        *_report("document", old_documents, new_documents, documents, documents),
        *_report("task", old_tasks, new_tasks, tasks, documents),
    ]


def match_tasks(old: Plan, new: Plan, *, old_text: str = "", new_text: str = "") -> list[tuple[str, str]]:
    """Ids of the tasks that are one in both versions, changed or not, in the order of the new plan."""
    documents = _match_documents(document_entries(old), document_entries(new))
    texts = bool(old_text and new_text)
    old_tasks = task_entries(old, old_text if texts else "")
    new_tasks = task_entries(new, new_text if texts else "")
    couples = _match_tasks(old_tasks, new_tasks, documents)
    by_place = sorted(couples.items(), key=lambda couple: couple[1])
    return [(old_tasks[i].ref.id, new_tasks[j].ref.id) for i, j in by_place]


def _match_documents(old: Sequence[Entry], new: Sequence[Entry]) -> Couples:
    couples = match_equal([e.key for e in old], [e.key for e in new])
    candidates = _candidates(old, new, couples)

    def score(i: int, j: int) -> float | None:
        value = likeness(old[i].title_pairs, new[j].title_pairs)
        return value if value >= SAME_TASK else None

    return match_best(candidates, score, couples)


def _match_tasks(old: Sequence[Entry], new: Sequence[Entry], documents: Couples) -> Couples:
    couples = match_equal([e.key for e in old], [e.key for e in new])
    candidates = _candidates(old, new, couples)

    def score(i: int, j: int) -> float | None:
        a, b = old[i], new[j]
        content = likeness(a.title_pairs, b.title_pairs)
        if a.words and b.words:
            words = likeness(a.word_pairs, b.word_pairs)
            content = max((content + words) / 2, WORDS_ALONE * words)
        same_path = a.ref.path == b.ref.path
        same_document = documents.get(a.document) == b.document
        if content < (SAME_TASK_IN_PLACE if same_path and same_document else SAME_TASK):
            return None
        return content + PATH_BONUS * same_path + DOCUMENT_BONUS * same_document

    return match_best(candidates, score, couples)


def _candidates(old: Sequence[Entry], new: Sequence[Entry], couples: Couples) -> Iterable[tuple[int, int]]:
    """Couples worth comparing among the items that are not matched yet."""
    matched = set(couples.values())
    left = [i for i in range(len(old)) if i not in couples]
    right = [j for j in range(len(new)) if j not in matched]
    if len(left) * len(right) <= FEW_COUPLES:
        return [(i, j) for i in left for j in right]
    found = sharing([_features(old[i]) for i in left], [_features(new[j]) for j in right], MOST_COUPLES)
    return [(left[a], right[b]) for a, b in found]


def _features(entry: Entry) -> Iterable[str]:
    words = entry.words[:FEATURE_LENGTH]
    return {*entry.title_pairs, *(words[i : i + 2] for i in range(len(words) - 1)), "path:" + "/".join(entry.ref.path)}


def _report(
    level: Level, old: Sequence[Entry], new: Sequence[Entry], couples: Couples, documents: Couples
) -> Iterable[TaskChange]:
    back = {j: i for i, j in couples.items()}
    for j, entry in enumerate(new):
        if j not in back:
            yield TaskChange(level, "added", None, entry.ref)
            continue
        before = old[back[j]]
        changes = _changes(before, entry, moved=documents.get(before.document) != entry.document)
        if changes:
            yield TaskChange(level, "changed", before.ref, entry.ref, changes)
    for i, entry in enumerate(old):
        if i not in couples:
            yield TaskChange(level, "removed", entry.ref, None)


def _changes(old: Entry, new: Entry, *, moved: bool) -> list[Change]:
    place = []
    if moved:
        place.append(Change("moved", _home(old.ref), _home(new.ref)))
    if old.ref.path != new.ref.path or (not old.ref.path and old.ref.annex != new.ref.annex):
        place.append(Change("renumbered", _number(old.ref), _number(new.ref)))
    content = []
    if old.title != new.title:
        content.append(Change("retitled", old.ref.title, new.ref.title))
    content += duty_changes(old.duties, new.duties)
    content += target_changes(old.targets, new.targets)
    content += deadline_changes(old.deadlines, new.deadlines)
    if not content and old.words != new.words:
        content.append(Change("reworded"))
    return place + content


def _home(ref: ItemRef) -> str:
    return f"{ref.annex} {ref.document}" if ref.annex else ref.document


def _number(ref: ItemRef) -> list[str]:
    return ref.path or [ref.annex or ""]
