"""A plan, a task or a target of an address, as far as the user may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from guatu.web.kit.guard import actor_of
from guatu.web.ledger.models import Plan, Target, Task


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """A plan that the user may see: a draft only for those who edit plans."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state == Plan.State.DRAFT and not actor_of(request).may("plan.edit"):
        raise Http404
    return plan


def visible_task(request: HttpRequest, pk: int) -> Task:
    task = get_object_or_404(Task.objects.select_related("plan", "version"), pk=pk)
    _see(request, task.plan, task)
    return task


def visible_target(request: HttpRequest, pk: int) -> Target:
    target = get_object_or_404(Target.objects.select_related("plan", "version", "task"), pk=pk)
    _see(request, target.plan, target.task)
    return target


def _see(request: HttpRequest, plan: Plan, task: Task | None) -> None:
    actor = actor_of(request)
    hidden = plan.state == Plan.State.DRAFT or (task is not None and task.state == Task.State.PROPOSED)
    if hidden and not actor.may("plan.edit"):
        raise Http404
    units = actor.units_for("plan.view")
    if units is not None and task is not None and not task.duties.filter(unit_id__in=units).exists():
        raise Http404
