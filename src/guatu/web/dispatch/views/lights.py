"""Lights: the list, one with the rule and the numbers that gave it, appeals against them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.models import Appeal, Light, Order, Report
from guatu.web.dispatch.selectors.appeals import APPEALS
from guatu.web.dispatch.selectors.light_pages import (
    PERMISSION,
    explained_of,
    over_time,
    part_columns,
    part_rows,
    siblings,
    waiting_reports,
)
from guatu.web.dispatch.selectors.lights import LIGHTS
from guatu.web.dispatch.selectors.period_facts import facts_of
from guatu.web.dispatch.selectors.seen import visible_light
from guatu.web.kit.forms import Form, posted, to_page
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import exported, listed, page

light_list = listed(PERMISSION, LIGHTS, "light_export")
light_export = exported(PERMISSION, LIGHTS)


@page(PERMISSION, "dispatch/light_detail.html")
def light_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Which rule with which numbers, in words and in parts."""
    actor = actor_of(request)
    light = visible_light(actor, pk)
    report = Report.objects.filter(period=light.period_id, task=light.task_id, unit=light.unit_id).first()
    appeals = list(light.appeals.select_related("made_by", "decided_by").order_by("-pk"))
    is_open = any(appeal.state == Appeal.State.OPEN for appeal in appeals)
    return {
        "light": light,
        "value": explained_of(light),
        "task": light.task,
        "period": light.period,
        "unit": facts_of([light.period], actor.today)[light.period_id].unit(light.unit_id),
        "report": report,
        "waiting": waiting_reports(light),
        "siblings": siblings(light, actor),
        "over_time": over_time(light),
        "parts": part_rows(light, actor),
        "part_columns": part_columns(light),
        "appeals": appeals,
        "orders": Order.objects.filter(light=light).order_by("pk"),
        "may_appeal": actor.may("appeal.make", light.unit_id)
        and light.colour in (Light.Colour.AMBER, Light.Colour.RED)
        and not is_open,
        "may_decide": actor.may("appeal.decide"),
    }


def _decides(request: HttpRequest, *_appeal: int) -> dict[str, Any]:
    return {"decides": actor_of(request).may("appeal.decide")}


# The same list for who makes them and for who decides.
appeal_list = page("appeal.make", "dispatch/appeal_list.html", APPEALS)(_decides)
appeal_decisions = page("appeal.decide", "dispatch/appeal_list.html", APPEALS)(_decides)


def _sees_appeal(request: HttpRequest, pk: int) -> None:
    appeal = get_object_or_404(Appeal.objects.select_related("light"), pk=pk)
    if not actor_of(request).may(PERMISSION, appeal.light.unit_id):
        raise Http404


APPEAL = Form("", "appeal_make", MakeAppeal, said=_("申诉已提交,处理结果会显示在这里。"))
DECIDE = Form("decide-{}", "appeal_decide", DecideAppeal, said=_("申诉已处理。"))
appeal_make = posted(
    APPEAL,
    "appeal.make",
    light_detail,
    "light_detail",
    sees=lambda request, pk: visible_light(actor_of(request), pk),
)
appeal_decide = posted(
    DECIDE,
    "appeal.decide",
    appeal_decisions,
    to_page("appeal_decisions"),
    known=lambda request: {"upheld": request.POST.get("do") == "uphold"},
    sees=_sees_appeal,
)
