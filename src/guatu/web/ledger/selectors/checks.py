"""What stands in the way of confirming a plan: each with the item it belongs to, so that it can be put right there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from guatu.web.base.language import joined
from guatu.web.ledger.models import Duty, Plan, Target, Task
from guatu.web.ledger.selectors.plan_shares import Known, plan_shares

Kind = Literal["unit", "attach", "due", "unlinked", "base", "task-due", "shares"]
BLOCKING: tuple[Kind, ...] = ("unit", "attach", "due")
STANDING = (Task.State.PROPOSED, Task.State.OPEN)
ANSWERS = (Duty.Role.LEAD, Duty.Role.RESPONSIBLE)


@dataclass(frozen=True)
class Check:
    """One thing to look at. A blocking one must be put right, or explicitly waived, before the plan is confirmed."""

    kind: Kind
    text: str
    note: str
    task_id: int | None = None
    target_id: int | None = None
    row_version: int = 0

    @property
    def blocking(self) -> bool:
        return self.kind in BLOCKING


def checks(plan: Plan) -> list[Check]:
    """All of a plan, the blocking ones first; four queries."""
    tasks = list(plan.tasks.filter(state__in=STANDING).prefetch_related("duties").defer("content"))
    targets = list(plan.targets.filter(tracked=True, dropped=False).select_related("task"))
    found = [*_units(tasks), *_targets(targets), *_names(tasks), *_bases(targets), *_task_times(tasks, targets)]
    order = {kind: at for at, kind in enumerate(("unit", "attach", "due", "unlinked", "base", "task-due"))}
    return sorted(found, key=lambda check: order[check.kind])


def has_unit(task: Task) -> bool:
    """Somebody leads it or is responsible for it, or it is said why nobody is."""
    return bool(task.waiver) or any(d.unit_id and d.role in ANSWERS for d in task.duties.all())


def _units(tasks: list[Task]) -> Iterator[Check]:
    for task in tasks:
        if has_unit(task):
            continue
        names = [d.text for d in task.duties.all() if d.role in ANSWERS]
        note = _("单位名称还没有挂接:%(names)s") % {"names": joined(names)} if names else _("方案没有写牵头或责任单位")
        yield Check("unit", _label(task), note, task.pk, row_version=task.row_version)


def _targets(targets: list[Target]) -> Iterator[Check]:
    for target in targets:
        if target.task_id is None:
            yield Check("attach", target.metric, _("没有归到任务,没有单位填报"), target_id=target.pk)
        elif target.due is None and target.task and target.task.state in STANDING:
            yield Check("due", target.metric, _("没有时限"), target.task_id, target.pk)


def _names(tasks: list[Task]) -> Iterator[Check]:
    waiting = Counter(d.text for task in tasks for d in task.duties.all() if d.unit_id is None and not d.unlinked)
    for text, count in waiting.most_common():
        yield Check("unlinked", text, _("未挂接,出现 %(n)d 处") % {"n": count})


def _bases(targets: list[Target]) -> Iterator[Check]:
    for target in targets:
        if target.base_value is None and target.kind == Target.Kind.LEVEL and target.direction != Target.Direction.HOLD:
            yield Check("base", target.metric, _("没有基数,画不出进度"), target.task_id, target.pk)


def _task_times(tasks: list[Task], targets: list[Target]) -> Iterator[Check]:
    dated = {t.task_id for t in targets if t.due}
    for task in tasks:
        if task.due is None and task.pk not in dated:
            yield Check("task-due", _label(task), _("没有完成时限"), task.pk)


def share_checks(plan: Plan, known: Known) -> list[Check]:
    """Shares that the plan gives and that cannot be taken over by themselves. `known` says which unit a name is."""
    return [
        Check("shares", one.whole.metric, one.problem, one.whole.task_id, one.whole.pk)
        for one in plan_shares(plan, known)
        if one.problem
    ]


def _label(task: Task) -> str:
    return f"{task.number} {task.title}".strip()
