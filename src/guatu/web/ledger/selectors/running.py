"""What runs: confirmed plans, their tasks, and the units that have something to do in them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from guatu.web.base.prepared import Prepared
from guatu.web.ledger.models import Duty, Plan, Task

STANDING = (Task.State.OPEN, Task.State.DONE)
"""Tasks that are part of a plan's work: neither proposed nor dropped."""

_plans: Prepared[tuple[int, str]] = Prepared(
    lambda: Plan.objects.filter(state=Plan.State.CONFIRMED).order_by("title").values_list("pk", "title")
)


def running_plans() -> list[tuple[int, str]]:
    """Confirmed plans with their titles, to choose from; one query."""
    return _plans()


def open_tasks() -> QuerySet[Task]:
    """Tasks that are being worked on, by plan and in the order of the plan."""
    return Task.objects.filter(state=Task.State.OPEN).select_related("plan").order_by("plan__title", "order", "id")


def task_or_none(pk: int | None) -> Task | None:
    """A task that a form names, with its plan."""
    return Task.objects.select_related("plan").filter(pk=pk).first() if pk is not None else None


def units_with_duties(task: Task | None) -> set[int]:
    """Units that have something to do on the task; without one, in all plans that run."""
    duties = Duty.objects.filter(unit__isnull=False)
    duties = duties.filter(task=task) if task else duties.filter(task__plan__state=Plan.State.CONFIRMED)
    return {unit for unit in duties.order_by().values_list("unit", flat=True).distinct() if unit is not None}


def plan_counts() -> dict[str, int]:
    """How many plans there are in each state."""
    return dict(Plan.objects.order_by().values_list("state").annotate(n=Count("id")))
