"""The list of problems."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem as Trouble
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.solve_problem import SolveProblem
from guatu.web.dispatch.models import Problem
from guatu.web.dispatch.selectors.problems import (
    PROBLEMS,
    check_may_see,
    unlisted,
)
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import day_of, id_or_none, ids_in
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.running import open_tasks, task_or_none, units_with_duties


@needs("plan.view")
def problem_list(request: HttpRequest) -> HttpResponseBase:
    check_may_see(actor_of(request))
    return _list(request)


def _list(request: HttpRequest, *_row: int, form: Typed = NOTHING) -> HttpResponseBase:
    actor = actor_of(request)
    context = {
        "unlisted": unlisted(actor, id_or_none(request.GET, "plan")),
        "may_edit": actor.may("order.edit"),
        "export_url": reverse("problem_export"),
        "here": "problems",
        **form.shown(),
    }
    return table_page(request, PROBLEMS, "dispatch/problem_list.html", context, form.status)


@needs("plan.view")
def problem_export(request: HttpRequest) -> HttpResponseBase:
    check_may_see(actor_of(request))
    return table_export(request, PROBLEMS)


@needs("order.edit")
@require_POST
def problem_open(request: HttpRequest) -> HttpResponseBase:
    """Puts the problems of one or more reports on the list."""
    reports = ids_in(request.POST.getlist("report"))
    context = context_of(request)
    try:
        due = day_of(request.POST, "due_on")
        for report in reports:
            own = f"{context.key}.{report}" if context.key else ""
            perform(OpenProblem(report=report, due_on=due), replace(context, key=own))
    except Trouble as problem:
        return _list(request, form=typed(request, "open", problem))
    if not reports:
        messages.warning(request, _("请先勾选要列入清单的填报。"))
    else:
        messages.success(request, _("已列入 %(n)d 个问题。") % {"n": len(reports)})
    return redirect("problem_list")


@needs("order.edit")
def problem_new(request: HttpRequest) -> HttpResponse:
    """A problem that no report speaks of, on a task: `?task=`."""
    if request.method == "POST":
        new, there = Form("new", "problem_new", OpenProblem), reverse("problem_list")
        return sent(
            request,
            lambda: new.read(request, report=None),
            lambda form: _new(request, form),
            there,
            _("已列入问题清单。"),
            new.name,
        )
    return _new(
        request, Typed("new", {"task": id_or_none(request.GET, "task"), "unit": id_or_none(request.GET, "unit")})
    )


def _new(request: HttpRequest, form: Typed) -> HttpResponse:
    task = task_or_none(id_or_none(form.values, "task"))
    ids = sorted(units_with_duties(task)) if task else []
    labels = unit_labels(ids, actor_of(request).today) if ids else {}
    context = {
        "task": task,
        "tasks": [] if task else list(open_tasks()),
        "units": [(unit, labels.get(unit, f"#{unit}")) for unit in ids],
        "here": "problems",
        **form.shown(),
    }
    return render(request, "dispatch/problem_new.html", context, status=form.status)


def _again(problem: Problem) -> bool:
    return problem.state == Problem.State.OPEN


problem_solve = posted(
    Form(
        "solve-{}",
        "problem_solve",
        SolveProblem,
        said=lambda one: _("已重新列入。") if _again(one) else _("问题已解决。"),
    ),
    "order.edit",
    _list,
    lambda one: reverse("problem_list") + ("" if _again(one) else "?state="),
)
