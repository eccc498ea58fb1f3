"""The list of problems."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem as Trouble
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.solve_problem import SolveProblem
from guatu.web.dispatch.models import Problem
from guatu.web.dispatch.selectors.problems import (
    PROBLEMS,
    UNLISTED_COLUMNS,
    check_may_see,
    unlisted,
)
from guatu.web.kit.forms import Form, posted, to_page
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, exported, page
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import day_of, id_or_none, ids_in
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.running import open_tasks, task_or_none, units_with_duties


@page("plan.view", "dispatch/problem_list.html", PROBLEMS, "problem_export")
def problem_list(request: HttpRequest, *_row: int) -> dict[str, Any]:
    actor = actor_of(request)
    check_may_see(actor)
    return {
        "unlisted": unlisted(actor, id_or_none(request.GET, "plan")),
        "unlisted_columns": UNLISTED_COLUMNS,
        "may_edit": actor.may("order.edit"),
    }


problem_export = exported("plan.view", PROBLEMS, check_may_see)


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
        return problem_list(request, form=typed(request, "open", problem))
    if not reports:
        messages.warning(request, _("请先勾选要列入清单的填报。"))
    else:
        messages.success(request, _("已列入 %(n)d 个问题。") % {"n": len(reports)})
    return redirect("problem_list")


@page(
    "order.edit",
    "dispatch/problem_new.html",
    sends=Sends(
        Form("new", "problem_new", OpenProblem, said=gettext_lazy("已列入问题清单。")),
        to_page("problem_list"),
        first=lambda request: {name: id_or_none(request.GET, name) for name in ("task", "unit")},
        known=lambda request: {"report": None},
    ),
)
def problem_new(request: HttpRequest, form: Typed) -> dict[str, Any]:
    """A problem that no report speaks of, on a task: `?task=`."""
    task = task_or_none(id_or_none(form.values, "task"))
    ids = sorted(units_with_duties(task)) if task else []
    labels = unit_labels(ids, actor_of(request).today) if ids else {}
    return {
        "task": task,
        "tasks": [] if task else list(open_tasks()),
        "units": [(unit, labels.get(unit, f"#{unit}")) for unit in ids],
    }


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
    problem_list,
    lambda one: reverse("problem_list") + ("" if _again(one) else "?state="),
)
