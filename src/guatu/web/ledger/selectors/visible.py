"""A plan, a task or a target of an address, as far as the user may see it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from guatu.web.base.actors import Actor
from guatu.web.ledger.models import Plan, Target, Task


def visible_plan(actor: Actor, pk: int) -> Plan:
    """A plan that the user may see: a draft only for those who edit plans."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state == Plan.State.DRAFT and not actor.may("plan.edit"):
        raise Http404
    return plan


def visible_task(actor: Actor, pk: int) -> Task:
    task = get_object_or_404(Task.objects.select_related("plan", "version"), pk=pk)
    _see(actor, task.plan, task)
    return task


def visible_target(actor: Actor, pk: int) -> Target:
    target = get_object_or_404(Target.objects.select_related("plan", "version", "task"), pk=pk)
    _see(actor, target.plan, target.task)
    return target


def _see(actor: Actor, plan: Plan, task: Task | None) -> None:
    hidden = plan.state == Plan.State.DRAFT or (task is not None and task.state == Task.State.PROPOSED)
    if hidden and not actor.may("plan.edit"):
        raise Http404
    units = actor.units_for("plan.view")
    if units is not None and task is not None and not task.duties.filter(unit_id__in=units).exists():
        raise Http404
