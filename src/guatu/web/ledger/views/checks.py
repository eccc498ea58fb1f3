"""What stands in the way of confirming a plan, and the confirmation."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import day_of, text_of, whole
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.actions.waive_unit import WaiveUnit
from guatu.web.ledger.models import Plan, Task
from guatu.web.ledger.selectors.checks import checks, share_checks
from guatu.web.ledger.selectors.cited import foreign_area, related
from guatu.web.ledger.selectors.visible import visible_plan, visible_task

TITLES = {
    "unit": gettext_lazy("没有牵头或责任单位的任务"),
    "attach": gettext_lazy("没有归到任务的指标"),
    "due": gettext_lazy("没有时限的指标"),
    "unlinked": gettext_lazy("没有挂接的单位名称"),
    "base": gettext_lazy("没有基数的指标"),
    "task-due": gettext_lazy("没有时限的任务"),
    "shares": gettext_lazy("方案写了分解、没有自动采用的指标"),
}
HELP = {
    "unit": gettext_lazy("每项任务要有牵头或责任单位,才有人填报;确实不需要的,写明原因。"),
    "attach": gettext_lazy("指标归到任务后,由任务的单位填报;不需要调度的,取消“纳入调度”。"),
    "due": gettext_lazy("没有时限就排不出进度。可以逐个填写,也可以在上面一次填上。"),
    "unlinked": gettext_lazy("挂接后,这个单位才会收到任务。"),
    "base": gettext_lazy("水平值指标要有基数,才能画出从现状到目标的进度。可以以后再填。"),
    "task-due": gettext_lazy("没有时限的任务不会提醒到期。可以以后再填。"),
    "shares": gettext_lazy("方案给各单位的数对得上单位、合计等于目标的,确认时自动成为分解;其余的请在指标页上填写。"),
}
SHOWN = 12


@needs("plan.edit")
def plan_check(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_plan(actor_of(request), pk))


def _page(request: HttpRequest, plan: Plan, problem: Problem | None = None, **more: Any) -> HttpResponse:
    plan.refresh_from_db()
    found = [*checks(plan), *share_checks(plan, matcher(unit_tree(actor_of(request).today)).known)]
    groups = []
    for kind, rows in groupby(found, key=lambda check: check.kind):
        items = list(rows)
        groups.append(
            {
                "kind": kind,
                "title": TITLES[kind],
                "help": HELP[kind],
                "blocking": items[0].blocking,
                "count": len(items),
                "items": items if request.GET.get("all") == kind else items[:SHOWN],
            }
        )
    context = {
        "plan": plan,
        "groups": groups,
        "blocking": sum(check.blocking for check in found),
        "proposed": plan.tasks.filter(state=Task.State.PROPOSED).count(),
        "undated": any(check.kind in ("due", "task-due") for check in found),
        "year_end": _year_end(plan),
        "may_confirm": actor_of(request).may("plan.confirm"),
        "related": related(plan, None, actor_of(request)),
        "foreign": foreign_area(plan, actor_of(request).today),
        "problem": problem,
        **more,
    }
    return render(request, "ledger/plan_check.html", context, status=problem.status if problem else 200)


def _year_end(plan: Plan) -> str:
    """The end of the plan's last year: the likeliest time limit of what has none."""
    last = plan.targets.exclude(due=None).order_by("-due").values_list("due", flat=True).first()
    last = last or plan.tasks.exclude(due=None).order_by("-due").values_list("due", flat=True).first()
    year = last.year if last else plan.issued_on.year if plan.issued_on else None
    return datetime.date(year, 12, 31).isoformat() if year else ""


@needs("plan.edit")
@require_POST
def plan_due(request: HttpRequest, pk: int) -> HttpResponse:
    """One time limit for all that has none."""
    plan = visible_plan(actor_of(request), pk)
    try:
        perform(SetMissingDue(pk, day_of(request.POST, "due")), context_of(request))
    except Problem as problem:
        return _page(request, plan, problem, due=text_of(request.POST, "due"))
    return redirect("plan_check", pk=pk)


@needs("plan.edit")
@require_POST
def task_waive(request: HttpRequest, pk: int) -> HttpResponse:
    """A task that explicitly needs no unit."""
    task = visible_task(actor_of(request), pk)
    try:
        perform(WaiveUnit(pk, whole(request.POST, "row_version"), text_of(request.POST, "reason")), context_of(request))
    except Problem as problem:
        typed = {"waiving": pk, "reason": text_of(request.POST, "reason")}
        return _page(request, task.plan, problem, **typed)
    return redirect("plan_check", pk=task.plan_id)


@needs("plan.edit")
@require_POST
def plan_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(actor_of(request), pk)
    count = plan.tasks.filter(state=Task.State.PROPOSED).count()
    try:
        perform(ConfirmPlan(pk, whole(request.POST, "row_version")), context_of(request))
    except Problem as problem:
        return _page(request, plan, problem)
    messages.success(request, _("已确认 %(n)d 项任务。") % {"n": count})
    return redirect("plan_room", pk=pk)
