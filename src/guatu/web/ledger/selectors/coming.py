"""What falls due: milestones and deadlines of the tasks that are being worked on."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from guatu.web.ledger.models import Duty, Milestone, Plan, Task, numbering


def milestones_due(
    until: datetime.date,
    units: Collection[int] | None = None,
    since: datetime.date | None = None,
    plan: int | None = None,
) -> QuerySet[Milestone]:
    """Milestones that are not reached and fall due by a day, the earliest first; of tasks for which some units answer,
    where these are named."""
    found = Milestone.objects.filter(done_on=None, planned_end__lte=until, task__in=_open(units, plan))
    found = found if since is None else found.filter(planned_end__gte=since)
    return found.select_related("task").order_by("planned_end", "id")


def tasks_due(
    since: datetime.date, until: datetime.date, units: Collection[int] | None = None, plan: int | None = None
) -> QuerySet[Task]:
    """Tasks whose deadline lies between two days, both included; the earliest first."""
    return _open(units, plan).filter(due__range=(since, until)).order_by("due", "id")


def open_tasks_led(units: Collection[int]) -> QuerySet[Task]:
    """Open tasks that some units lead."""
    return Task.objects.filter(state=Task.State.OPEN, duties__role=Duty.Role.LEAD, duties__unit__in=units)


def tasks_named(ids: Iterable[int]) -> dict[int, str]:
    """Number and title of some tasks; one query."""
    rows = Task.objects.filter(pk__in=list(ids)).values_list("pk", "annex", "path", "title")
    return {pk: f"{numbering(annex, path)} {title}".strip() for pk, annex, path, title in rows}


def _open(units: Collection[int] | None, plan: int | None) -> QuerySet[Task]:
    of: dict[str, Any] = {"state": Task.State.OPEN, "plan__state": Plan.State.CONFIRMED}
    if plan is not None:
        of["plan"] = plan
    if units is not None:
        answers = Duty.objects.filter(unit__in=list(units), role__in=(Duty.Role.LEAD, Duty.Role.RESPONSIBLE))
        of["pk__in"] = answers.values("task")
    return Task.objects.filter(**of)
