"""Draws for who leads them: the plan, exclusions, closing the lists, the draw, the results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import Action, perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.views.supervision import Typed, actor_of, typed
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.enter_result import EnterResult
from guatu.web.inspection.actions.exclude_object import ExcludeObject
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Risk
from guatu.web.inspection.selectors.draws import draw_lines, draw_page
from guatu.web.ledger.views.common import language, needs
from guatu.web.ledger.views.fields import day_of, text_of, whole


@needs("inspection.view")
def inspection_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "lines": draw_lines(actor.today),
        "edits": actor.may("inspection.edit"),
        "keeps_lists": actor.may("inspection.lists"),
    }
    return render(request, "inspection/inspection_list.html", context)


@needs("inspection.edit")
def draw_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, Typed())
    given = request.POST
    try:
        percent = {risk: whole(given, f"percent-{risk}", 0) for risk in Risk.values}
        action = PlanDraw(
            text_of(given, "title"), text_of(given, "matter"), whole(given, "unit", 0), day_of(given, "draw_on"), percent,
            whole(given, "inspectors_each", 0), whole(given, "recent_days", 0), text_of(given, "category"),
        )  # fmt: skip
        row = perform(action, context_of(request))
    except Problem as problem:
        return _form(request, typed(request, "new", problem))
    messages.success(request, _("计划已公布,随机种子的承诺值随之公开。"))
    return redirect("draw_detail", row.pk)


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    units = actor.units_for("inspection.edit")
    tree = unit_tree(actor.today)
    categories = InspectionObject.objects.filter(active=True).exclude(category="").order_by("category")
    context = {
        "units": [
            (node.id, "　" * depth + node.name) for depth, node in tree.walk() if units is None or node.id in units
        ],
        "risks": [(risk, label, form.values.get(f"percent-{risk}", "")) for risk, label in Risk.choices],
        "categories": list(categories.values_list("category", flat=True).distinct()),
        **form.shown(),
    }
    return render(request, "inspection/draw_new.html", context, status=form.status)


@needs("inspection.view")
def draw_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, pk, Typed())


def _detail(request: HttpRequest, pk: int, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Draw, pk=pk)
    context = {
        "draw": row,
        "found": draw_page(row, language(), actor),
        "leads": actor.may("inspection.edit", row.unit_id),
        "may_draw": row.state == Draw.State.CLOSED and actor.today >= row.draw_on,
        "results": [(value, label) for value, label in DrawnObject.Result.choices if value],
        "today": actor.today,
        **form.shown(),
    }
    return render(request, "inspection/draw_detail.html", context, status=form.status)


def _act(request: HttpRequest, pk: int, form: str, action: Action[Any], done: str) -> HttpResponse:
    try:
        perform(action, context_of(request))
    except Problem as problem:
        return _detail(request, pk, typed(request, form, problem))
    messages.success(request, done)
    return redirect("draw_detail", pk)


@needs("inspection.edit")
@require_POST
def draw_exclude(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST
    action = ExcludeObject(pk, whole(given, "seen", 0), text_of(given, "code"), text_of(given, "reason"))
    return _act(request, pk, "exclude", action, _("已保存。"))


@needs("inspection.edit")
@require_POST
def draw_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "close", CloseLists(pk, whole(request.POST, "seen", 0)), _("名单已锁定并公布。"))


@needs("inspection.edit")
@require_POST
def draw_run(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "run", RunDraw(pk, whole(request.POST, "seen", 0)), _("已抽取,结果和随机种子已公布。"))


@needs("inspection.view")
@require_POST
def draw_result(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is that of the drawn object."""
    row = get_object_or_404(DrawnObject, pk=pk)
    given = request.POST
    try:
        action = EnterResult(
            pk, whole(given, "seen", 0), text_of(given, "result"), text_of(given, "text"), day_of(given, "inspected_on")
        )
        perform(action, context_of(request))
    except Problem as problem:
        return _detail(request, row.draw_id, typed(request, f"result-{pk}", problem))
    messages.success(request, _("结果已保存并公布。"))
    return redirect("draw_detail", row.draw_id)
