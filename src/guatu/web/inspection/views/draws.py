"""Draws for who leads them: the plan, exclusions, closing the lists, the draw, the results."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import Action
from guatu.web.base.language import language
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.enter_result import EnterResult
from guatu.web.inspection.actions.exclude_object import ExcludeObject
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Risk
from guatu.web.inspection.selectors.draws import DRAWN, DRAWS, OBJECTS, draw_page
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, text_of, whole


@needs("inspection.view")
def inspection_list(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    context = {"edits": actor.may("inspection.edit"), "keeps_lists": actor.may("inspection.lists")}
    return table_page(request, DRAWS, "inspection/inspection_list.html", context)


@needs("inspection.edit")
def draw_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, Typed())
    given = request.POST

    def action() -> PlanDraw:
        percent = {risk: whole(given, f"percent-{risk}", 0) for risk in Risk.values}
        return PlanDraw(
            text_of(given, "title"), text_of(given, "matter"), whole(given, "unit", 0), day_of(given, "draw_on"),
            percent,
            whole(given, "inspectors_each", 0), whole(given, "recent_days", 0), text_of(given, "category"),
        )  # fmt: skip

    def there(row: Draw) -> str:
        return reverse("draw_detail", args=[row.pk])

    return sent(request, action, partial(_form, request), there, _("计划已公布,随机种子的承诺值随之公开。"))


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    units = actor.units_for("inspection.edit")
    tree = unit_tree(actor.today)
    categories = InspectionObject.objects.filter(active=True).exclude(category="").order_by("category")
    context = {
        "units": [
            (node.id, "　" * depth + node.name) for depth, node in tree.walk() if units is None or node.id in units
        ],
        "risks": [(f"percent-{risk}", f"{label} (%)") for risk, label in Risk.choices],
        "categories": [(one, one) for one in categories.values_list("category", flat=True).distinct()],
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
        "drawn_columns": DRAWN,
        "object_columns": OBJECTS,
        **form.shown(),
    }
    return render(request, "inspection/draw_detail.html", context, status=form.status)


def _act(request: HttpRequest, pk: int, form: str, action: Callable[[], Action[Any]], done: str) -> HttpResponse:
    return sent(request, action, partial(_detail, request, pk), reverse("draw_detail", args=[pk]), done, form)


@needs("inspection.edit")
@require_POST
def draw_exclude(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST

    def action() -> ExcludeObject:
        return ExcludeObject(pk, whole(given, "seen", 0), text_of(given, "code"), text_of(given, "reason"))

    return _act(request, pk, "exclude", action, _("已保存。"))


@needs("inspection.edit")
@require_POST
def draw_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "close", lambda: CloseLists(pk, whole(request.POST, "seen", 0)), _("名单已锁定并公布。"))


@needs("inspection.edit")
@require_POST
def draw_run(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request, pk, "run", lambda: RunDraw(pk, whole(request.POST, "seen", 0)), _("已抽取,结果和随机种子已公布。")
    )


@needs("inspection.view")
@require_POST
def draw_result(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is that of the drawn object."""
    row = get_object_or_404(DrawnObject, pk=pk)
    given = request.POST

    def action() -> EnterResult:
        result, on = text_of(given, "result"), day_of(given, "inspected_on")
        return EnterResult(pk, whole(given, "seen", 0), result, text_of(given, "text"), on)

    return _act(request, row.draw_id, f"result-{pk}", action, _("结果已保存并公布。"))
