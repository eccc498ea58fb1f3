"""Steps of supervision that are due: the list, several taken together, one with all its facts; records of talks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guatu.adapters.writers.official.words import chinese_signs
from guatu.core.kernel.official import official
from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.propose_act import ProposeAct
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import STEP, RecordTalk
from guatu.web.dispatch.actions.take_steps import TakeSteps
from guatu.web.dispatch.models import Act, LadderEvent, Light
from guatu.web.dispatch.selectors.acts import OPEN, fact_tables, facts_of, grave
from guatu.web.dispatch.selectors.steps import STEPS, step_rows
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.guard import View, actor_of, needs
from guatu.web.kit.pages import Sends, exported, listed, page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import typed
from guatu.web.kit.values import id_or_none
from guatu.web.ledger.selectors.names import unit_labels

# What the ladder proposes, each with its reason.
step_list = listed("order.edit", STEPS, "step_export", "dispatch/order_steps.html")
step_export = exported("order.edit", STEPS)

STOP = Form(
    "stop-{}",
    "step_record",
    RecordLadder,
    (Field("reason", _("理由"), "area", required=True), Field("until", _("中止至(可不填)"), "date")),
    _("中止升级"),
    "lock",
    css="",
)
GO_ON = Form(
    "go-on-{}", "step_go_on", RecordLadder, (Field("reason", _("理由"), "area"),), _("恢复升级"), "player-play"
)
SETTLE = Form(
    "settle-{}", "step_settle", RecordLadder, (Field("reason", _("说明"), "area"),), _("了结"), "circle-check"
)
PROPOSE = Form("propose", "act_propose", ProposeAct)


@page("order.edit", "dispatch/step_detail.html")
def step_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """All that is known of one light's unit and task, and what may be done about it."""
    actor, light = actor_of(request), _light(request, pk)
    row = step_rows([light], actor, {})[0]
    waiting = Act.objects.filter(task=light.task_id, unit=light.unit_id, step=row.step, state__in=OPEN).first()
    return {
        "row": row,
        "reason": chinese_signs(official(row.decision)),
        "tables": fact_tables(facts_of(light, actor.today)),
        "waiting": waiting,
        "second": grave(actor.today).get(row.step, False),
        "stop_title": _("恢复") if row.action == "halt" else _("中止"),
        "forms": by_name((STOP, GO_ON, SETTLE)) | {"go_on": GO_ON},
        "here": "step_list",
    }


def _light(request: HttpRequest, pk: int) -> Light:
    rows = Light.objects.select_related("task", "period__rule__plan")
    light = get_object_or_404(rows, pk=pk, target=None)
    if not actor_of(request).may("order.edit", light.unit_id):
        raise Http404
    return light


def _recorded(form: Form[Any], kind: str) -> View:
    def known(request: HttpRequest, pk: int) -> dict[str, Any]:
        light = _light(request, pk)
        return {"task": light.task_id, "unit": light.unit_id, "kind": kind, "step": ""}

    @needs("order.edit")
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        return sent(
            request,
            lambda: form.read(request, **known(request, pk)),
            lambda again: step_detail(request, pk, form=again),
            reverse("step_list"),
            _("已记录。"),
            form.name.format(pk),
        )

    return view


step_record = _recorded(STOP, LadderEvent.Kind.STOP)
step_go_on = _recorded(GO_ON, LadderEvent.Kind.GO_ON)
step_settle = _recorded(SETTLE, LadderEvent.Kind.SETTLED)


def _ticked(request: HttpRequest) -> dict[int, str]:
    """The steps that were ticked, by their lights."""
    found: dict[int, str] = {}
    for text in request.POST.getlist("step"):
        pk, _dot, step = text.partition(".")
        light = id_or_none({"pk": pk}, "pk")
        if light is not None and step:
            found[light] = step[:40]
    return found


@needs("order.edit")
@require_POST
def step_confirm(request: HttpRequest) -> HttpResponseBase:
    """What was ticked as it stands now, each with its reason, before anything is done."""
    ticked = _ticked(request)
    lights = Light.objects.filter(pk__in=list(ticked), target=None).select_related("task", "period__rule__plan")
    rows = step_rows(list(lights.order_by("task__order", "id")), actor_of(request), {})
    taken = [row for row in rows if row.ticked == f"{row.light.pk}.{ticked[row.light.pk]}"]
    return render(
        request,
        "dispatch/step_confirm.html",
        {
            "rows": [(row, "" if row.settles else chinese_signs(official(row.decision))) for row in taken],
            "left": [row for row in rows if row not in taken],
            "here": "step_list",
        },
    )


@needs("order.edit")
@require_POST
def step_take(request: HttpRequest) -> HttpResponseBase:
    try:
        done = perform(TakeSteps(_ticked(request)), context_of(request))
    except Problem as problem:
        return step_list(request, form=typed(request, "take", problem))
    if done.count:
        words = ngettext("已采取 %(n)d 项,责任单位会收到通知。", "已采取 %(n)d 项,责任单位会收到通知。", done.count)
        messages.success(request, words % {"n": done.count})
    for text in sorted(set(done.left.values())):
        count = sum(other == text for other in done.left.values())
        words = ngettext("%(n)d 项没有采取:%(why)s", "%(n)d 项没有采取:%(why)s", count)
        messages.warning(request, words % {"n": count, "why": text})
    return redirect("step_list")


act_propose = posted(PROPOSE, "order.edit", step_detail, lambda act: reverse("act_detail", args=[act.pk]), sees=_light)


def _event(request: HttpRequest, pk: int) -> LadderEvent:
    event = get_object_or_404(LadderEvent.objects.select_related("task", "talk"), pk=pk, step=STEP)
    if not actor_of(request).may("order.view", event.unit_id):
        raise Http404
    return event


TALK = Form("talk", "talk_record", RecordTalk, said=_("约谈记录已保存。"))


@page(
    "order.view",
    "dispatch/order_talk.html",
    sends=Sends(
        TALK,
        "talk_record",
        first=lambda request, pk: {"held_on": _event(request, pk).on.isoformat()},
        known=lambda request, pk: {"event": _event(request, pk).pk},
    ),
)
def talk_record(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The record of a talk: written by the office, read by the unit."""
    actor, event = actor_of(request), _event(request, pk)
    return {
        "event": event,
        "talk": getattr(event, "talk", None),
        "unit": unit_labels([event.unit_id], actor.today).get(event.unit_id, ""),
        "may_edit": actor.may("order.edit", event.unit_id),
        "here": "step_list",
    }
