"""The rows of a merge: tasks, duties and targets brought to what the new version says."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change
from guatu.web.ledger.actions.carry_course import MOVES, carry_course, standing_course
from guatu.web.ledger.actions.link_units import relink
from guatu.web.ledger.actions.rows import day, duty_row, make_tasks, number, target_row, task_values
from guatu.web.ledger.merging import OWN_FIELDS, FieldChange, Merge, MergeItem, TargetPair
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.checks import has_unit


class MergedRows:
    """Writes a merge; `declined` as in MergeVersion. Runs inside the action's transaction."""

    def __init__(
        self, merge: Merge, declined: frozenset[str], change: Change[PlanVersion], today: datetime.date
    ) -> None:
        self.merge, self.declined, self.change, self.today = merge, declined, change, today
        self.plan = merge.new.plan
        self.added: list[int] = []
        self.written = dict.fromkeys(("same", "changed", "closed", "new"), 0)

    def counts(self) -> dict[str, int]:
        return dict(self.written)

    def write(self) -> None:
        for item in self.merge.of("same", "changed"):
            self._carry(item)
        for item in self.merge.of("closing", "own"):
            self._leave(item)
        self._add([item for item in self.merge.of("new") if not self._no(f"add:{_new_id(item)}")])
        for pair in self.merge.loose:
            self._target(pair, None, taken=True)
        # Last, when all duties of the new version are there.
        self._link_as_before()
        if self.plan.state == Plan.State.CONFIRMED:
            _open_ready(self.added)

    def _link_as_before(self) -> None:
        """A name that a person has linked in this plan means the same units in its next version."""
        linked: dict[str, set[int]] = {}
        for text, unit_id in Duty.objects.filter(task__plan=self.plan, unit__isnull=False).values_list(
            "text", "unit_id"
        ):
            linked.setdefault(text, set()).add(unit_id)
        waiting = Duty.objects.filter(task__plan=self.plan, task__version=self.merge.new, unit=None, text__in=linked)
        for text in set(waiting.values_list("text", flat=True)):
            relink(list(waiting.filter(text=text)), tuple(sorted(linked[text])))

    def _no(self, key: str) -> bool:
        return key in self.declined

    def _carry(self, item: MergeItem) -> None:
        """A task that both versions have moves to the new text with everything that hangs on it."""
        task, new = item.task, item.proposed
        assert task is not None and new is not None
        taken = [c for c in item.changes if not (c.optional and self._no(f"{task.pk}:{c.key}"))]
        before = task_values(task) if item.kind == "changed" else None
        task.version, task.compiled_id = self.merge.new, new.compiled_id
        task.start, task.end, task.order = new.start, new.end, item.order
        task.annex, task.path, task.content = new.annex, new.path, new.content
        for change in taken:
            if change.part in OWN_FIELDS:
                setattr(task, change.part, change.after)
        task.row_version += 1 if taken else 0
        task.save()
        _move_duties(task, item)
        _change_duties(task, taken)
        keys = {change.key for change in taken}
        for pair in item.targets:
            self._target(pair, task, taken=bool(keys & _keys(pair)) or (pair.follows and "due" in keys))
        self.written[item.kind] += 1
        if before is not None:
            self.change.note(task, before, {**task_values(task), "changes": [c.part for c in taken]})

    def _leave(self, item: MergeItem) -> None:
        """What the new version does not have keeps the text that it was read from."""
        task = item.task
        assert task is not None
        values: dict[str, Any] = {"order": item.order}
        closes = item.kind == "closing" and task.state != Task.State.DONE and not self._no(f"close:{task.pk}")
        if closes:
            reason = _("第 %(n)d 版方案不再包含这项任务") % {"n": self.merge.new.number}
            values |= {"state": Task.State.DROPPED, "dropped_reason": reason, "row_version": F("row_version") + 1}
            self.change.note(task, {"state": task.state}, {"state": Task.State.DROPPED, "reason": reason})
            self.written["closed"] += 1
        Task.objects.filter(pk=task.pk).update(**values)

    def _add(self, items: list[MergeItem]) -> None:
        proposed = [item.proposed for item in items if item.proposed]
        tasks = make_tasks(proposed, self.plan, self.merge.new)
        for task, item in zip(tasks, items, strict=True):
            task.order = item.order
            self.change.note(task, None, task_values(task))
        Task.objects.bulk_update(tasks, ["order"])
        self.written["new"] += len(tasks)
        self.added = [task.pk for task in tasks]

    def _target(self, pair: TargetPair, task: Task | None, *, taken: bool) -> None:
        new, row = pair.proposed, pair.row
        if row is None and new is not None:
            if taken:
                target_row(new, task, self.plan, self.merge.new).save()
        elif row is not None and new is None:
            if taken and not row.dropped:
                Target.objects.filter(pk=row.pk).update(dropped=True, tracked=False, row_version=F("row_version") + 1)
                self.change.note(row, {"dropped": False}, {"dropped": True})
        elif row is not None and new is not None:
            self._move_target(row, pair, taken=taken)

    def _move_target(self, row: Target, pair: TargetPair, *, taken: bool) -> None:
        new = pair.proposed
        assert new is not None
        row.version, row.compiled_id, row.start, row.end = self.merge.new, new.compiled_id, new.start, new.end
        moves = taken and bool(MOVES & pair.changed.keys()) and self.plan.state == Plan.State.CONFIRMED
        course = standing_course(row) if moves else None
        if taken and pair.changed:
            before = {name: _plain(getattr(row, name)) for name in pair.changed}
            for name, value in pair.changed.items():
                setattr(row, name, value)
            row.row_version += 1
            row.shares_kept = "" if "value" in pair.changed else row.shares_kept
            self.change.note(row, before, {name: _plain(value) for name, value in pair.changed.items()})
        row.save()
        if course is not None and row.tracked:
            carry_course(row, course, self.today)


def _move_duties(task: Task, item: MergeItem) -> None:
    """Names that stay are found at their new place in the text."""
    new = item.proposed
    assert new is not None
    places = {d.text: (d.start, d.end) for d in new.duties}
    moved = []
    for duty in task.duties.all():
        if duty.text in places:
            duty.start, duty.end = places[duty.text]
            moved.append(duty)
    Duty.objects.bulk_update(moved, ["start", "end"])


def _change_duties(task: Task, taken: list[FieldChange]) -> None:
    Duty.objects.bulk_create(duty_row(c.after, task) for c in taken if c.part == "duty-added")
    for change in taken:
        if change.part == "duty-removed":
            Duty.objects.filter(task=task, role=change.before.role, text=change.before.text).delete()


def _open_ready(ids: list[int]) -> None:
    """New tasks of a running plan open at once where nothing stands in their way; the others wait to be confirmed."""
    tasks = Task.objects.filter(pk__in=ids).prefetch_related("duties", "targets")
    ready = [t.pk for t in tasks if has_unit(t) and all(g.due for g in t.targets.all() if g.tracked)]
    Task.objects.filter(pk__in=ready).update(state=Task.State.OPEN)


def _new_id(item: MergeItem) -> str:
    return item.proposed.compiled_id if item.proposed else ""


def _keys(pair: TargetPair) -> set[str]:
    if pair.row is None:
        return {f"target-added-{pair.proposed.compiled_id}"} if pair.proposed else set()
    return {f"target-{pair.row.pk}", f"target-removed-{pair.row.pk}"}


def _plain(value: Any) -> Any:
    if hasattr(value, "normalize"):
        return number(value)
    return day(value) if hasattr(value, "isoformat") else value
