"""Lights: the list, one with the rule and the numbers that gave it, appeals against them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.models import Appeal, Light, Order, Report
from guatu.web.dispatch.selectors.appeals import APPEALS
from guatu.web.dispatch.selectors.light_pages import (
    PERMISSION,
    explained_of,
    over_time,
    part_rows,
    siblings,
    waiting_reports,
)
from guatu.web.dispatch.selectors.lights import LIGHTS
from guatu.web.dispatch.selectors.seen import visible_light
from guatu.web.kit.forms import Form, posted, to_page
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.ledger.selectors.names import unit_labels


@needs(PERMISSION)
def light_list(request: HttpRequest) -> HttpResponseBase:
    return table_page(request, LIGHTS, "dispatch/list.html", {"export_url": reverse("light_export")})


@needs(PERMISSION)
def light_export(request: HttpRequest) -> HttpResponseBase:
    return table_export(request, LIGHTS)


@needs(PERMISSION)
def light_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponse:
    """Which rule with which numbers, in words and in parts."""
    actor = actor_of(request)
    light = visible_light(actor, pk)
    report = Report.objects.filter(period=light.period_id, task=light.task_id, unit=light.unit_id).first()
    appeals = list(light.appeals.select_related("made_by", "decided_by").order_by("-pk"))
    is_open = any(appeal.state == Appeal.State.OPEN for appeal in appeals)
    context = {
        "light": light,
        "value": explained_of(light),
        "task": light.task,
        "period": light.period,
        "unit": unit_labels([light.unit_id], actor.today).get(light.unit_id, ""),
        "report": report,
        "waiting": waiting_reports(light),
        "siblings": siblings(light),
        "over_time": over_time(light),
        "parts": part_rows(light, actor),
        "appeals": appeals,
        "orders": Order.objects.filter(light=light).order_by("pk"),
        "may_appeal": actor.may("appeal.make", light.unit_id)
        and light.colour in (Light.Colour.AMBER, Light.Colour.RED)
        and not is_open,
        "may_decide": actor.may("appeal.decide"),
        **form.shown(),
    }
    return render(request, "dispatch/light_detail.html", context, status=form.status)


@needs("appeal.make")
def appeal_list(request: HttpRequest) -> HttpResponseBase:
    return _appeals(request)


@needs("appeal.decide")
def appeal_decisions(request: HttpRequest) -> HttpResponseBase:
    """The same list for who decides."""
    return _appeals(request)


def _appeals(request: HttpRequest, *_appeal: int, form: Typed = NOTHING) -> HttpResponseBase:
    context = {"decides": actor_of(request).may("appeal.decide"), **form.shown()}
    return table_page(request, APPEALS, "dispatch/appeal_list.html", context, form.status)


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
    _appeals,
    to_page("appeal_decisions"),
    known=lambda request: {"upheld": request.POST.get("do") == "uphold"},
    sees=_sees_appeal,
)
