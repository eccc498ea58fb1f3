"""Draws for who leads them: the plan, exclusions, closing the lists, the draw, the results."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
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
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import NOTHING, Typed
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
def draw_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponse:
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
