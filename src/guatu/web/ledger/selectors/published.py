"""A plan as it may be shown to the public: its tasks, who has them, by when, its targets. No reports, no figures."""

from __future__ import annotations

from dataclasses import dataclass

from guatu.web.base.actors import Actor
from guatu.web.base.language import joined
from guatu.web.ledger.models import Duty, Plan, Target, Task
from guatu.web.ledger.selectors.visible import visible_plan
from guatu.web.ledger.wording import amount_words


@dataclass(frozen=True)
class PublicPlan:
    plan: Plan
    tasks: list[tuple[str, str, str, str, str]]
    """Number, task, who leads, who is responsible, by when."""
    targets: list[tuple[str, str, str, str]]
    """What is measured, where, how much, by when."""


def public_plan(actor: Actor, pk: int) -> PublicPlan:
    """Units are called as the plan calls them: that is what was decided."""
    plan = visible_plan(actor, pk)
    tasks = plan.tasks.filter(state__in=(Task.State.OPEN, Task.State.DONE)).prefetch_related("duties")
    targets = plan.targets.filter(dropped=False, tracked=True)
    return PublicPlan(plan, [_task(one) for one in tasks], [_target(one) for one in targets])


def _task(task: Task) -> tuple[str, str, str, str, str]:
    named: dict[str, dict[str, None]] = {}
    for duty in task.duties.all():
        named.setdefault(duty.role, {})[duty.text] = None
    lead, responsible = (joined(named.get(role, ())) for role in (Duty.Role.LEAD, Duty.Role.RESPONSIBLE))
    return task.number, task.title, lead, responsible, task.due.isoformat() if task.due else ""


def _target(target: Target) -> tuple[str, str, str, str]:
    return target.metric, target.scope, amount_words(target), target.due.isoformat() if target.due else ""
