"""What a new version of a plan does to its ledger: what stays, what changes, what closes, what is new.

Two versions are compared as their compilers read them (`guatu.core.plan.diff`); what a person corrected in the ledger
is touched only where the plan itself says something else. Nothing is written here, and no row is ever deleted by a
merge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import msgspec

from guatu.core.plan import model
from guatu.core.plan.diff import match_tasks, target_couples
from guatu.web.ledger.models import Plan, PlanVersion, Target, Task
from guatu.web.ledger.proposals import Names, Proposal, ProposedDuty, ProposedTarget, ProposedTask, propose

Kind = Literal["changed", "new", "closing", "same", "own"]
Part = Literal[
    "number",
    "words",
    "title",
    "domain",
    "due",
    "duty-added",
    "duty-removed",
    "target",
    "target-added",
    "target-removed",
]
OWN_FIELDS: tuple[Part, ...] = ("title", "domain", "due")
OPTIONAL = ("title", "domain", "due", "duty-added", "duty-removed", "target", "target-added", "target-removed")
"""Changes that a person may decline; number and words follow the text."""
_NUMBER = re.compile(r"^[(（]?[\d一二三四五六七八九十]+[)）.．、]*")
TARGET_FIELDS = ("metric", "scope", "op", "value", "value_max", "unit_text", "due")


@dataclass(frozen=True)
class FieldChange:
    """One thing that the new version says otherwise; `key` is its name in the form."""

    part: Part
    key: str
    before: Any
    after: Any

    @property
    def optional(self) -> bool:
        return self.part in OPTIONAL


@dataclass(frozen=True)
class TargetPair:
    """A target that stands and what the new version makes of it; one of the two may be missing.

    `follows`: all that changes is its time limit, and that with the task's: it goes the way of the task's change.
    """

    row: Target | None
    proposed: ProposedTarget | None
    changed: Mapping[str, Any] = field(default_factory=dict)
    follows: bool = False


@dataclass(frozen=True)
class MergeItem:
    """A task that stands (`task`), with what the new version proposes for it (`proposed`); a new one has no task.

    kind own: added by hand or imported, so that no version speaks of it.
    """

    kind: Kind
    task: Task | None
    proposed: ProposedTask | None
    order: int = 0
    changes: list[FieldChange] = field(default_factory=list)
    targets: list[TargetPair] = field(default_factory=list)


@dataclass(frozen=True)
class Merge:
    old: PlanVersion | None
    new: PlanVersion
    proposal: Proposal
    items: list[MergeItem]
    loose: list[TargetPair]

    def of(self, *kinds: Kind) -> list[MergeItem]:
        return [item for item in self.items if item.kind in kinds]


def standing_version(plan: Plan) -> PlanVersion | None:
    """The version that the ledger is made from."""
    states = (PlanVersion.State.CONFIRMED, PlanVersion.State.REVIEW)
    return plan.versions.filter(state__in=states).order_by("-number").first()


def merge_of(new: PlanVersion, names: Names, pairs: Mapping[str, int] | None = None) -> Merge:
    """What merging a version would do. `pairs` says by hand which new task (compiled id) is which task that stands."""
    old = standing_version(new.plan)
    old_plan, new_plan = _compiled(old), _compiled(new)
    before = propose(old_plan, old.text if old else "", names)
    after = propose(new_plan, new.text, names)
    couples = match_tasks(old_plan, new_plan, old_text=old.text if old else "", new_text=new.text)
    rows = list(new.plan.tasks.prefetch_related("duties", "targets").order_by("order", "id"))
    matching = _Matching(old, rows, before, after, dict(couples), dict(pairs or {}))
    same_targets = _target_ids(old_plan, new_plan, matching.tasks)
    items = [_item(row, proposed, old_one, at, same_targets) for row, proposed, old_one, at in matching.rows()]
    return Merge(old, new, after, items, _loose(old, before, after, same_targets))


def _compiled(version: PlanVersion | None) -> model.Plan:
    if version is None or version.compiled is None:
        return model.Plan(model.SourceInfo("", "", 0, ""), [], [], model.Coverage(0, 0, 0, 0))
    return msgspec.convert(version.compiled, model.Plan)


class _Matching:
    """Which row is which task of the new version."""

    def __init__(
        self,
        old: PlanVersion | None,
        rows: list[Task],
        before: Proposal,
        after: Proposal,
        couples: dict[str, str],
        pairs: dict[str, int],
    ) -> None:
        self.after = {task.compiled_id: (at, task) for at, task in enumerate(after.tasks)}
        self.before = {task.compiled_id: task for task in before.tasks}
        self.standing = rows
        by_id = {row.pk: row for row in rows}
        self.old_version = old.pk if old else None
        self.tasks: dict[str, str] = {}
        self.of_row: dict[int, str] = {}
        # What a person says by hand goes before what the comparison found.
        for new_id, pk in pairs.items():
            if pk in by_id and new_id in self.after and pk not in self.of_row:
                self._pair(by_id[pk], new_id)
        taken = set(self.of_row.values())
        for row in rows:
            new_id = couples.get(row.compiled_id, "") if row.version_id == self.old_version else ""
            if new_id in self.after and new_id not in taken and row.pk not in self.of_row:
                self._pair(row, new_id)
                taken.add(new_id)

    def _pair(self, row: Task, new_id: str) -> None:
        self.of_row[row.pk] = new_id
        # An id of the compiler means something only within the version that it came with.
        if row.compiled_id and row.version_id == self.old_version:
            self.tasks[row.compiled_id] = new_id

    def rows(self) -> Iterator[tuple[Task | None, ProposedTask | None, ProposedTask | None, int]]:
        """Rows and new tasks in the order of the new version; then what it does not have."""
        row_of = {new_id: row for row in self.standing if (new_id := self.of_row.get(row.pk))}
        for new_id, (at, proposed) in self.after.items():
            row = row_of.get(new_id)
            yield row, proposed, self._said_before(row), at
        for at, row in enumerate(row for row in self.standing if row.pk not in self.of_row):
            yield row, None, self._said_before(row), len(self.after) + at

    def _said_before(self, row: Task | None) -> ProposedTask | None:
        return self.before.get(row.compiled_id) if row and row.version_id == self.old_version else None


def _target_ids(old: model.Plan, new: model.Plan, tasks: Mapping[str, str]) -> dict[str, str]:
    """Old target ids to new ones: those of tasks that are one, and those that belong to no task."""
    old_of, new_of = _targets_by_task(old), _targets_by_task(new)
    found: dict[str, str] = {}
    for old_task, new_task in [*tasks.items(), ("", "")]:
        left, right = old_of.get(old_task, []), new_of.get(new_task, [])
        for couples in target_couples(left, right):
            found.update({left[i].id: right[j].id for i, j in couples.items()})
    return found


def _targets_by_task(plan: model.Plan) -> dict[str, list[model.Target]]:
    found: dict[str, list[model.Target]] = {}
    for document in plan.documents:
        by_id = {target.id: target for target in document.targets}
        claimed: set[str] = set()
        for task in document.tasks:
            own = [by_id[i] for i in task.targets if i in by_id]
            claimed.update(t.id for t in own)
            found[task.id] = own
        found.setdefault("", []).extend(t for t in document.targets if t.id not in claimed)
    return found


def _item(
    row: Task | None, proposed: ProposedTask | None, old: ProposedTask | None, order: int, same: Mapping[str, str]
) -> MergeItem:
    if row is None:
        return MergeItem("new", None, proposed, order)
    if proposed is None:
        known = old is not None and row.state != Task.State.DROPPED
        return MergeItem("closing" if known else "own", row, None, order)
    own = [target for target in row.targets.all() if target.version_id == row.version_id]
    pairs = _pairs(own, old.targets if old else [], proposed.targets, same)
    targets = [replace(pair, follows=_follows(pair, row, proposed)) for pair in pairs]
    changes = [*_task_changes(row, old, proposed), *_duty_changes(row, old, proposed), *_target_changes(targets)]
    # A task that was dropped moves to the new text in silence: there is nothing to decide about it.
    visible = row.state != Task.State.DROPPED and bool(changes)
    return MergeItem("changed" if visible else "same", row, proposed, order, changes, targets)


def _task_changes(row: Task, old: ProposedTask | None, new: ProposedTask) -> Iterator[FieldChange]:
    number = " ".join(part for part in (new.annex, "".join(new.path)) if part)
    if number != row.number:
        yield FieldChange("number", "number", row.number, number)
    for part in OWN_FIELDS:
        before, after = getattr(row, part), getattr(new, part)
        said_before = getattr(old, part) if old else before
        # Only where the plan itself says something else: what a person corrected since stands.
        if after != said_before and after != before:
            yield FieldChange(part, part, before, after)
    if old and _words(old.content) != _words(new.content):
        yield FieldChange("words", "words", old.content, new.content)


def _words(content: str) -> str:
    """A clause without its number and blanks."""
    return _NUMBER.sub("", "".join(content.split()))


def _duty_changes(row: Task, old: ProposedTask | None, new: ProposedTask) -> Iterator[FieldChange]:
    standing = {(d.role, d.text) for d in row.duties.all()}
    before = {(d.role, d.text) for d in old.duties} if old else standing
    after = {(d.role, d.text): d for d in new.duties}
    for key, duty in after.items():
        if key not in before and key not in standing:
            yield FieldChange("duty-added", f"duty-added-{duty.role}-{duty.text}", None, duty)
    for role, text in sorted(before - after.keys()):
        if (role, text) in standing:
            yield FieldChange("duty-removed", f"duty-removed-{role}-{text}", ProposedDuty(role, text), None)


def _pairs(
    rows: Sequence[Target], old: Sequence[ProposedTarget], new: Sequence[ProposedTarget], same: Mapping[str, str]
) -> list[TargetPair]:
    """Targets that stand with those of the new version; rows of no version or of an earlier one are not listed."""
    by_old, by_new = {t.compiled_id: t for t in old}, {t.compiled_id: t for t in new}
    pairs, used = [], set()
    for row in rows:
        if row.compiled_id not in by_old:
            continue
        proposed = by_new.get(same.get(row.compiled_id, ""))
        if proposed is None:
            pairs.append(TargetPair(row, None))
            continue
        used.add(proposed.compiled_id)
        pairs.append(TargetPair(row, proposed, _differences(row, by_old[row.compiled_id], proposed)))
    pairs += [TargetPair(None, target) for target in new if target.compiled_id not in used]
    return pairs


def _differences(row: Target, old: ProposedTarget, new: ProposedTarget) -> dict[str, Any]:
    """Fields that the plan says otherwise and that do not stand so already."""
    return {
        name: getattr(new, name)
        for name in TARGET_FIELDS
        if getattr(new, name) != getattr(old, name) and getattr(new, name) != getattr(row, name)
    }


def _follows(pair: TargetPair, row: Task, new: ProposedTask) -> bool:
    moved = pair.row is not None and pair.changed.keys() == {"due"} and new.due != row.due
    return moved and pair.row is not None and pair.row.due == row.due and pair.changed["due"] == new.due


def _target_changes(pairs: Sequence[TargetPair]) -> Iterator[FieldChange]:
    for pair in pairs:
        if pair.row is None and pair.proposed:
            yield FieldChange("target-added", f"target-added-{pair.proposed.compiled_id}", None, pair.proposed)
        elif pair.row and pair.proposed is None and not pair.row.dropped:
            yield FieldChange("target-removed", f"target-removed-{pair.row.pk}", pair.row, None)
        elif pair.row and pair.changed and not pair.follows:
            yield FieldChange("target", f"target-{pair.row.pk}", pair.row, pair.proposed)


def _loose(old: PlanVersion | None, before: Proposal, after: Proposal, same: Mapping[str, str]) -> list[TargetPair]:
    known = [target.compiled_id for target in before.targets]
    rows = list(Target.objects.filter(version=old, compiled_id__in=known)) if old else []
    return _pairs(rows, before.targets, after.targets, same)
