"""Lights: the list, one with the rule and the numbers that gave it, appeals against them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.models import Appeal, Light, Order, Report
from guatu.web.dispatch.selectors.light_pages import (
    LEVELS,
    PERMISSION,
    LightFilter,
    LightRow,
    appeals_of,
    explained_of,
    filtered,
    keys_of,
    light_rows,
    over_time,
    part_rows,
    plans_with_lights,
    siblings,
    visible,
    waiting_reports,
)
from guatu.web.dispatch.views.seen import visible_light
from guatu.web.ledger import export
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import id_or_none, text_of, whole

PAGE = 100


def filter_of(data: QueryDict, newest: str) -> LightFilter:
    """What an address asks for; without a period the newest."""
    level = text_of(data, "level")
    return LightFilter(
        plan=id_or_none(data, "plan"),
        key=text_of(data, "period")[:10] if "period" in data else newest,
        colour=text_of(data, "light"),
        unit=id_or_none(data, "unit"),
        level=level if level in LEVELS else "task",
    )


@needs(PERMISSION)
def light_list(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    lights = visible(actor)
    keys = keys_of(lights)
    wanted = filter_of(request.GET, keys[0] if keys else "")
    page = Paginator(filtered(lights, wanted), PAGE).get_page(request.GET.get("page"))
    units = unit_labels(set(lights.order_by().values_list("unit", flat=True).distinct()), actor.today)
    context = {
        "page": page,
        "rows": light_rows(page.object_list, actor.today),
        "wanted": wanted,
        "keys": keys,
        "plans": plans_with_lights(lights),
        "units": sorted(units.items(), key=lambda row: row[1]),
        "colours": Light.Colour.choices,
    }
    return render(request, "dispatch/light_list.html", context)


@needs(PERMISSION)
def light_export(request: HttpRequest) -> HttpResponse:
    """Exactly what the list shows, all pages of it."""
    actor = request.actor  # type: ignore[attr-defined]
    lights = visible(actor)
    keys = keys_of(lights)
    found = light_rows(filtered(lights, filter_of(request.GET, keys[0] if keys else "")), actor.today)
    columns = [
        export.Column(_("方案"), 28),
        export.Column(_("编号"), 12),
        export.Column(_("任务"), 36),
        export.Column(_("指标"), 24),
        export.Column(_("单位"), 18),
        export.Column(_("期次"), 10),
        export.Column(_("亮灯"), 10),
        export.Column(_("依据"), 60),
        export.Column(_("判定日"), 12),
    ]
    kind = "csv" if text_of(request.GET, "format") == "csv" else "xlsx"
    return export.download(_("亮灯"), columns, _cells(found), kind, actor.today)


def _cells(found: list[LightRow]) -> Iterator[list[Any]]:
    for row in found:
        light = row.light
        yield [
            light.task.plan.title,
            light.task.number,
            light.task.title,
            light.target.metric if light.target else "",
            row.unit,
            light.period.key,
            str(light.get_colour_display()),
            row.sentence,
            light.on,
        ]


@needs(PERMISSION)
def light_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Which rule with which numbers, in words and in parts."""
    return _page(request, visible_light(request, pk))


def _page(request: HttpRequest, light: Light, problem: Problem | None = None, typed: str = "") -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
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
        "problem": problem,
        "typed": typed,
    }
    return render(request, "dispatch/light_detail.html", context, status=problem.status if problem else 200)


@require_POST
@needs("appeal.make")
def appeal_make(request: HttpRequest, pk: int) -> HttpResponse:
    light = visible_light(request, pk)
    reason = text_of(request.POST, "reason")
    try:
        perform(MakeAppeal(light.pk, reason), context_of(request))
    except Problem as problem:
        return _page(request, light, problem, reason)
    messages.success(request, _("申诉已提交,处理结果会显示在这里。"))
    return redirect("light_detail", light.pk)


@needs("appeal.make")
def appeal_list(request: HttpRequest) -> HttpResponse:
    return _appeals(request)


@needs("appeal.decide")
def appeal_decisions(request: HttpRequest) -> HttpResponse:
    """The same list for who decides."""
    return _appeals(request)


def _appeals(request: HttpRequest, problem: Problem | None = None, at: int = 0) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    decides = actor.may("appeal.decide")
    state = text_of(request.GET, "state") or (Appeal.State.OPEN if decides else "")
    page = Paginator(appeals_of(actor, state), PAGE).get_page(request.GET.get("page"))
    labels = unit_labels({appeal.light.unit_id for appeal in page.object_list}, actor.today)
    context = {
        "page": page,
        "rows": [(appeal, labels.get(appeal.light.unit_id, "")) for appeal in page.object_list],
        "state": state,
        "states": Appeal.State.choices,
        "decides": decides,
        "problem": problem,
        "problem_at": at,
        "typed": text_of(request.POST, "decision") if problem else "",
    }
    return render(request, "dispatch/appeal_list.html", context, status=problem.status if problem else 200)


@require_POST
@needs("appeal.decide")
def appeal_decide(request: HttpRequest, pk: int) -> HttpResponse:
    appeal = get_object_or_404(Appeal.objects.select_related("light"), pk=pk)
    if not request.actor.may(PERMISSION, appeal.light.unit_id):  # type: ignore[attr-defined]
        raise Http404
    upheld = request.POST.get("do") == "uphold"
    try:
        action = DecideAppeal(pk, whole(request.POST, "seen"), upheld, text_of(request.POST, "decision"))
        perform(action, context_of(request))
    except Problem as problem:
        return _appeals(request, problem, pk)
    messages.success(request, _("申诉已处理。"))
    return redirect("appeal_decisions")
