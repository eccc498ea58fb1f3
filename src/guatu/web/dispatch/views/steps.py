"""Steps of supervision that are due, taken with one click; stops; settlements; records of talks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.core.kernel.explained import explain
from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.record_ladder import RecordLadder
from guatu.web.dispatch.actions.record_talk import STEP, RecordTalk
from guatu.web.dispatch.actions.take_step import TakeStep
from guatu.web.dispatch.models import LadderEvent
from guatu.web.dispatch.selectors.checks import language
from guatu.web.dispatch.selectors.steps import StepRow, steps_due, words
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.ledger import export
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole


@needs("order.edit")
def step_list(request: HttpRequest) -> HttpResponse:
    """What the ladder proposes, each with its reason."""
    return _list(request)


def _rows(request: HttpRequest) -> list[StepRow]:
    return steps_due(actor_of(request), id_or_none(request.GET, "plan"), id_or_none(request.GET, "unit"))


def _list(request: HttpRequest, form: Typed | None = None) -> HttpResponse:
    actor, given = actor_of(request), form or Typed()
    names = {step: _word(word) for step, word in words(actor.today).items()}
    rows = [
        {
            "row": row,
            "step": names.get(row.step, ""),
            "sentence": row.decision.sentence(language()),
            "why": explain(row.decision, language()),
            "done": [(one, _word(one.word)) for one in row.done],
        }
        for row in _rows(request)
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "plans": Plan.objects.filter(state=Plan.State.CONFIRMED).order_by("title"),
        "plan_id": id_or_none(request.GET, "plan"),
        "due": sum(entry["row"].action == "take" and not entry["row"].settles for entry in rows),
        "here": "steps",
        **given.shown(),
    }
    return render(request, "dispatch/order_steps.html", context, status=given.status)


def _word(word: Any) -> str:
    return str(word.en if language() == "en" else word.zh)


@needs("order.edit")
def step_export(request: HttpRequest) -> HttpResponse:
    """What the list shows."""
    actor = actor_of(request)
    names = words(actor.today)
    columns = [
        export.Column(_("方案"), 28),
        export.Column(_("任务"), 36),
        export.Column(_("单位"), 18),
        export.Column(_("建议措施"), 14),
        export.Column(_("情况"), 12),
        export.Column(_("理由"), 60),
        export.Column(_("已采取"), 40),
    ]
    situations = {"take": _("应采取"), "wait": _("等待"), "halt": _("中止")}
    rows = (
        [
            row.period.rule.plan.title,
            f"{row.light.task.number} {row.light.task.title}".strip(),
            row.unit,
            _word(names[row.step]) if row.step in names else "",
            _("可了结") if row.settles else situations.get(row.action, ""),
            row.decision.sentence(language()),
            "\n".join(f"{one.on.isoformat()} {_word(one.word)}" for one in row.done),
        ]
        for row in _rows(request)
    )
    return export.download(_("建议措施"), columns, rows, kind_of(request), actor.today)


@needs("order.edit")
@require_POST
def step_take(request: HttpRequest) -> HttpResponse:
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
def step_record(request: HttpRequest) -> HttpResponse:
    """A stop with its reason and end, going on, or settlement."""
    given = request.POST
    try:
        action = RecordLadder(
            whole(given, "task"),
            whole(given, "unit"),
            text_of(given, "kind")[:8],
            reason=text_of(given, "reason"),
            until=day_of(given, "until"),
        )
        perform(action, context_of(request))
    except Problem as problem:
        return _list(request, typed(request, "record", problem))
    messages.success(request, _("已记录。"))
    return redirect("step_list")


@needs("order.view")
def talk_record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a talk: written by the office, read by the unit."""
    actor = actor_of(request)
    event = LadderEvent.objects.select_related("task", "talk").filter(pk=pk, step=STEP).first()
    if event is None or not actor.may("order.view", event.unit_id):
        raise Http404
    form = Typed("talk", {"held_on": event.on.isoformat()})
    if request.method == "POST":
        given = request.POST
        try:
            action = RecordTalk(
                pk,
                day_of(given, "held_on"),
                text_of(given, "by"),
                text_of(given, "people"),
                text_of(given, "text"),
                text_of(given, "place"),
            )
            perform(action, context_of(request))
        except Problem as problem:
            form = typed(request, "talk", problem)
        else:
            messages.success(request, _("约谈记录已保存。"))
            return redirect("talk_record", pk)
    context = {
        "event": event,
        "talk": getattr(event, "talk", None),
        "unit": unit_labels([event.unit_id], actor.today).get(event.unit_id, ""),
        "may_edit": actor.may("order.edit", event.unit_id),
        "here": "steps",
        **form.shown(),
    }
    return render(request, "dispatch/order_talk.html", context, status=form.status)
