"""Plans as rows of a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Task

HEAVY = ("text", "compiled", "findings")
"""Columns of a version that a list does not need."""


@dataclass(frozen=True)
class PlanRow:
    plan: Plan
    version: PlanVersion | None
    open: int
    done: int
    proposed: int
    unlinked: int


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Drafts are seen by those who edit plans."""
    plans = Plan.objects.all()
    return plans if actor.may("plan.edit") else plans.exclude(state=Plan.State.DRAFT)


def plan_rows(plans: QuerySet[Plan] | list[Plan]) -> list[PlanRow]:
    """Counts of some plans and their latest version; three queries."""
    ids = [plan.pk for plan in plans]
    counts = _counts(ids)
    unlinked = dict(
        Duty.objects.filter(task__plan__in=ids, unit=None, unlinked="")
        .exclude(task__state=Task.State.DROPPED)
        .values_list("task__plan")
        .annotate(n=Count("text", distinct=True))
    )
    versions: dict[int, PlanVersion] = {}
    for version in PlanVersion.objects.filter(plan__in=ids).defer(*HEAVY).select_related("job").order_by("number"):
        versions[version.plan_id] = version
    return [
        PlanRow(plan, versions.get(plan.pk), *counts.get(plan.pk, (0, 0, 0)), unlinked.get(plan.pk, 0))
        for plan in plans
    ]


def _counts(ids: list[int]) -> dict[int, tuple[int, int, int]]:
    rows = (
        Task.objects.filter(plan__in=ids)
        .order_by()
        .values_list("plan")
        .annotate(
            open=Count("pk", filter=Q(state=Task.State.OPEN)),
            done=Count("pk", filter=Q(state=Task.State.DONE)),
            proposed=Count("pk", filter=Q(state=Task.State.PROPOSED)),
        )
    )
    return {plan: (is_open, done, proposed) for plan, is_open, done, proposed in rows}
