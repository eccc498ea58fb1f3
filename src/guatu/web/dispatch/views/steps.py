"""Steps of supervision that are due, taken with one click; stops; settlements; records of talks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import STEP, RecordTalk
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.models import LadderEvent
from guatu.web.dispatch.selectors.steps import STEPS
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, exported, listed, page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import typed
from guatu.web.kit.values import text_of, whole
from guatu.web.ledger.selectors.names import unit_labels

# What the ladder proposes, each with its reason.
step_list = listed("order.edit", STEPS, "step_export", "dispatch/order_steps.html")
step_export = exported("order.edit", STEPS)


@needs("order.edit")
@require_POST
def step_take(request: HttpRequest) -> HttpResponseBase:
    given = request.POST
    try:
        action = TakeStep(
            whole(given, "period"), whole(given, "task"), whole(given, "unit"), text_of(given, "step")[:40]
        )
        taken = perform(action, context_of(request))
    except Problem as problem:
        return step_list(request, form=typed(request, "take", problem))
    if taken.order is not None:
        messages.success(request, _("督办单已下达。"))
        return redirect("order_detail", taken.order)
    messages.success(request, _("已采取,责任单位会收到通知。"))
    return redirect("talk_record", taken.event) if action.step == STEP else redirect("step_list")


@needs("order.edit")
@require_POST
def step_record(request: HttpRequest) -> HttpResponseBase:
    """A stop with its reason and end, going on, or settlement."""
    given = request.POST
    asked = Form(f"stop-{text_of(given, 'task')}-{text_of(given, 'unit')}", "step_record", RecordLadder)
    there, said = reverse("step_list"), _("已记录。")
    return sent(
        request,
        lambda: asked.read(request, step=""),
        lambda form: step_list(request, form=form),
        there,
        said,
        asked.name,
    )


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
