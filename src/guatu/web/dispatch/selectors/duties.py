"""Who reports on a task and who reviews it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from guatu.web.base.actors import Actor
from guatu.web.ledger.models import Duty, Task

REPORTING = (Duty.Role.LEAD, Duty.Role.RESPONSIBLE)


def reporting_units(tasks: Iterable[Task]) -> dict[int, list[int]]:
    """Units that report on each task: those that lead it and those that are responsible, each once."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    for duty in Duty.objects.filter(task__in=list(tasks), role__in=REPORTING, unit__isnull=False).order_by("id"):
        found[duty.task_id][duty.unit_id] = None
    return {task: list(units) for task, units in found.items()}


def leading_units(task: Task) -> frozenset[int]:
    return frozenset(
        Duty.objects.filter(task=task, role=Duty.Role.LEAD, unit__isnull=False).values_list("unit_id", flat=True)
    )


def may_review(actor: Actor, task: Task, unit_id: int) -> bool:
    """The supervision office reviews all reports; a lead unit those of the others on the tasks that it leads."""
    if "supervision" in actor.roles:
        return True
    if not actor.may("report.review") or unit_id in actor.own_units:
        return False
    return bool(leading_units(task) & actor.own_units)
