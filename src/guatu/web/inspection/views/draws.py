"""Draws for who leads them: the plan, exclusions, closing the lists, the draw, the results."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.language import language
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.actions.close_lists import CloseLists
from guatu.web.inspection.actions.enter_result import EnterResult
from guatu.web.inspection.actions.exclude_object import ExcludeObject
from guatu.web.inspection.actions.plan_draw import PlanDraw
from guatu.web.inspection.actions.run_draw import RunDraw
from guatu.web.inspection.models import Draw, DrawnObject, InspectionObject, Risk
from guatu.web.inspection.selectors.draws import DRAWN, DRAWS, OBJECTS, draw_page
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import whole


@page("inspection.view", "inspection/inspection_list.html", DRAWS)
def inspection_list(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {"edits": actor.may("inspection.edit"), "keeps_lists": actor.may("inspection.lists")}


def _known(request: HttpRequest) -> dict[str, Any]:
    given = request.POST
    percent = {risk: whole(given, f"percent-{risk}", 0) for risk in Risk.values}
    return {"percent": percent, "unit": whole(given, "unit", 0)}


def _planned(row: Draw) -> str:
    return reverse("draw_detail", args=[row.pk])


PLAN = Form("", "", PlanDraw, said=_("计划已公布,随机种子的承诺值随之公开。"))


@page("inspection.edit", "inspection/draw_new.html", sends=Sends(PLAN, _planned, known=_known))
def draw_new(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    units = actor.units_for("inspection.edit")
    tree = unit_tree(actor.today)
    categories = InspectionObject.objects.filter(active=True).exclude(category="").order_by("category")
    return {
        "units": [
            (node.id, "　" * depth + node.name) for depth, node in tree.walk() if units is None or node.id in units
        ],
        "risks": [(f"percent-{risk}", f"{label} (%)") for risk, label in Risk.choices],
        "categories": [(one, one) for one in categories.values_list("category", flat=True).distinct()],
    }


@page("inspection.view", "inspection/draw_detail.html")
def draw_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    row = get_object_or_404(Draw, pk=pk)
    return {
        "draw": row,
        "found": draw_page(row, language(), actor),
        "leads": actor.may("inspection.edit", row.unit_id),
        "may_draw": row.state == Draw.State.CLOSED and actor.today >= row.draw_on,
        "results": [(value, label) for value, label in DrawnObject.Result.choices if value],
        "drawn_columns": DRAWN,
        "object_columns": OBJECTS,
    }


def _of_drawn(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponseBase:
    """The page of the draw to which a drawn object belongs."""
    return draw_detail(request, get_object_or_404(DrawnObject, pk=pk).draw_id, form=form)


EXCLUDE = Form("exclude", "draw_exclude", ExcludeObject)
CLOSE = Form("close", "draw_close", CloseLists, said=_("名单已锁定并公布。"))
RUN = Form("run", "draw_run", RunDraw, said=_("已抽取,结果和随机种子已公布。"))
RESULT = Form("result-{}", "draw_result", EnterResult, said=_("结果已保存并公布。"))
draw_exclude = posted(EXCLUDE, "inspection.edit", draw_detail, "draw_detail")
draw_close = posted(CLOSE, "inspection.edit", draw_detail, "draw_detail")
draw_run = posted(RUN, "inspection.edit", draw_detail, "draw_detail")
draw_result = posted(RESULT, "inspection.view", _of_drawn, lambda drawn: reverse("draw_detail", args=[drawn.draw_id]))
