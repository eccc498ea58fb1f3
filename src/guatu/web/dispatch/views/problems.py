"""The list of problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.actors import Actor
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Denied
from guatu.web.base.problems import Problem as Trouble
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.solve_problem import SolveProblem
from guatu.web.dispatch.models import Problem
from guatu.web.dispatch.selectors.problems import (
    ProblemFilter,
    plans_with_problems,
    problem_rows,
    units_with_problems,
    unlisted,
)
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.ledger import export
from guatu.web.ledger.models import Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole


def filter_of(data: Mapping[str, Any]) -> ProblemFilter:
    """What an address asks for; open problems unless it says otherwise."""
    state = text_of(data, "state") if "state" in data else Problem.State.OPEN
    return ProblemFilter(
        text=text_of(data, "q")[:100],
        unit=id_or_none(data, "unit"),
        plan=id_or_none(data, "plan"),
        task=id_or_none(data, "task"),
        state=state if state in Problem.State.values else "",
    )


def may_see(actor: Actor) -> None:
    """Raises `Denied` for those to whom no list of problems is shown."""
    if not (actor.may("report.view") or actor.may("order.view")):
        raise Denied(_("您没有查看这个页面的权限,请联系本县系统管理员。"))


@needs("plan.view")
def problem_list(request: HttpRequest) -> HttpResponse:
    may_see(actor_of(request))
    return _list(request)


def _list(request: HttpRequest, form: Typed | None = None) -> HttpResponse:
    actor, wanted, given = actor_of(request), filter_of(request.GET), form or Typed()
    context = {
        "rows": problem_rows(actor, wanted),
        "wanted": wanted,
        "unlisted": unlisted(actor, wanted.plan),
        "states": Problem.State.choices,
        "plans": plans_with_problems(actor),
        "units": units_with_problems(actor),
        "may_edit": actor.may("order.edit"),
        "here": "problems",
        **given.shown(),
    }
    return render(request, "dispatch/problem_list.html", context, status=given.status)


@needs("plan.view")
def problem_export(request: HttpRequest) -> HttpResponse:
    """What the list shows."""
    may_see(actor_of(request))
    actor = actor_of(request)
    columns = [
        export.Column(_("单位"), 18),
        export.Column(_("方案"), 28),
        export.Column(_("任务"), 30),
        export.Column(_("问题"), 40),
        export.Column(_("列入日期"), 12),
        export.Column(_("解决时限"), 12),
        export.Column(_("工作日"), 10),
        export.Column(_("督办单"), 24),
        export.Column(_("状态"), 10),
        export.Column(_("解决情况"), 40),
    ]
    rows = (
        [
            row.unit,
            row.problem.task.plan.title,
            row.problem.task.title,
            row.problem.text,
            row.opened_on,
            row.problem.due_on,
            row.days.value,
            "、".join(order.number for order in row.orders),
            row.problem.get_state_display(),
            row.problem.solution,
        ]
        for row in problem_rows(actor, filter_of(request.GET))
    )
    return export.download(_("问题清单"), columns, rows, kind_of(request), actor.today)


@needs("order.edit")
@require_POST
def problem_open(request: HttpRequest) -> HttpResponse:
    """Puts the problems of one or more reports on the list."""
    reports = [int(pk) for pk in request.POST.getlist("report") if pk.isascii() and pk.isdecimal()]
    context = context_of(request)
    try:
        due = day_of(request.POST, "due_on")
        for report in reports:
            own = f"{context.key}.{report}"[:120] if context.key else ""
            perform(OpenProblem(report=report, due_on=due), replace(context, key=own))
    except Trouble as problem:
        return _list(request, typed(request, "open", problem))
    if not reports:
        messages.warning(request, _("请先勾选要列入清单的填报。"))
    else:
        messages.success(request, _("已列入 %(n)d 个问题。") % {"n": len(reports)})
    return redirect("problem_list")


@needs("order.edit")
def problem_new(request: HttpRequest) -> HttpResponse:
    """A problem that no report speaks of, on a task: `?task=`."""
    if request.method == "POST":
        given = request.POST
        try:
            action = OpenProblem(
                text=text_of(given, "text"),
                task=id_or_none(given, "task"),
                unit=id_or_none(given, "unit"),
                due_on=day_of(given, "due_on"),
            )
            perform(action, context_of(request))
        except Trouble as problem:
            return _new(request, typed(request, "new", problem))
        messages.success(request, _("已列入问题清单。"))
        return redirect("problem_list")
    return _new(
        request, Typed("new", {"task": id_or_none(request.GET, "task"), "unit": id_or_none(request.GET, "unit")})
    )


def _new(request: HttpRequest, form: Typed) -> HttpResponse:
    pk = id_or_none(form.values, "task")
    task = Task.objects.select_related("plan").filter(pk=pk).first() if pk is not None else None
    tasks = Task.objects.filter(state=Task.State.OPEN).select_related("plan").order_by("plan__title", "order", "id")
    ids = sorted({duty.unit_id for duty in task.duties.all() if duty.unit_id}) if task else []
    labels = unit_labels(ids, actor_of(request).today) if ids else {}
    context = {
        "task": task,
        "tasks": [] if task else tasks[:1000],
        "units": [(unit, labels.get(unit, f"#{unit}")) for unit in ids],
        "unit_id": id_or_none(form.values, "unit"),
        "here": "problems",
        **form.shown(),
    }
    return render(request, "dispatch/problem_new.html", context, status=form.status)


@needs("order.edit")
@require_POST
def problem_solve(request: HttpRequest, pk: int) -> HttpResponse:
    """Says how a problem was solved, or takes it up again."""
    given = request.POST
    again = text_of(given, "again") == "1"
    try:
        perform(SolveProblem(pk, whole(given, "seen"), text_of(given, "text"), again), context_of(request))
    except Trouble as problem:
        return _list(request, typed(request, f"solve-{pk}", problem))
    messages.success(request, _("已重新列入。") if again else _("问题已解决。"))
    return redirect(f"{reverse('problem_list')}{'' if again else '?state='}")
