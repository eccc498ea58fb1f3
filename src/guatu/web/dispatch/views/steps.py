"""Steps of supervision that are due, taken with one click; stops; settlements; records of talks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import STEP, RecordTalk
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.models import LadderEvent
from guatu.web.dispatch.selectors.steps import STEPS
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import text_of, whole
from guatu.web.ledger.selectors.names import unit_labels


@needs("order.edit")
def step_list(request: HttpRequest) -> HttpResponseBase:
    """What the ladder proposes, each with its reason."""
    return _list(request)


def _list(request: HttpRequest, form: Typed = NOTHING) -> HttpResponseBase:
    context = {"export_url": reverse("step_export"), "here": "steps", **form.shown()}
    return table_page(request, STEPS, "dispatch/order_steps.html", context, form.status)


@needs("order.edit")
def step_export(request: HttpRequest) -> HttpResponseBase:
    return table_export(request, STEPS)


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
        return _list(request, typed(request, "take", problem))
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
    form = Form(f"stop-{text_of(given, 'task')}-{text_of(given, 'unit')}", "step_record", RecordLadder)
    there, said = reverse("step_list"), _("已记录。")
    return sent(
        request, lambda: form.read(request, step=""), lambda typed: _list(request, typed), there, said, form.name
    )


@needs("order.view")
def talk_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a talk: written by the office, read by the unit."""
    actor = actor_of(request)
    event = LadderEvent.objects.select_related("task", "talk").filter(pk=pk, step=STEP).first()
    if event is None or not actor.may("order.view", event.unit_id):
        raise Http404
    if request.method != "POST":
        return _talk(request, event, Typed("talk", {"held_on": event.on.isoformat()}))
    return sent(
        request,
        lambda: Form("talk", "talk_record", RecordTalk).read(request, event=pk),
        lambda form: _talk(request, event, form),
        reverse("talk_record", args=[pk]),
        _("约谈记录已保存。"),
        "talk",
    )


def _talk(request: HttpRequest, event: LadderEvent, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "event": event,
        "talk": getattr(event, "talk", None),
        "unit": unit_labels([event.unit_id], actor.today).get(event.unit_id, ""),
        "may_edit": actor.may("order.edit", event.unit_id),
        "here": "steps",
        **form.shown(),
    }
    return render(request, "dispatch/order_talk.html", context, status=form.status)
