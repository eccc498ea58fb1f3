"""Objections: a hospital's own, or all of a run; making one, answering one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.reply_objection import STATES, ReplyObjection
from guatu.web.drg.actions.withdraw_objection import WithdrawObjection
from guatu.web.drg.models import Objection
from guatu.web.drg.selectors.negotiation import round_of, visible_objections
from guatu.web.drg.selectors.scope import own_units
from guatu.web.drg.views.common import actor_of, exported, hospital_of, needs, page_of, run_of, tabs
from guatu.web.ledger.views.fields import text_of, whole


@needs("drg.view")
def objections(request: HttpRequest, pk: int) -> HttpResponse:
    run, actor = run_of(request, pk), actor_of(request)
    rows = visible_objections(actor, run)
    state = text_of(request.GET, "state")
    if state in Objection.State.values:
        rows = rows.filter(state=state)
    if "format" in request.GET:
        return exported(request, f"DRG-{run.region_year}-objections", _heads(), [_cells(row) for row in rows])
    context = {
        **tabs(request, run, "objections"),
        "page": page_of(request, rows),
        "states": Objection.State.choices,
        "state": state,
        "round": round_of(run),
        "today": actor.today,
    }
    return render(request, "drg/objections.html", context)


def _heads() -> list[tuple[str, int]]:
    return [
        (_("医院"), 24), (_("对象"), 8), (_("编号"), 20), (_("理由"), 50), (_("请求"), 30), (_("提出日期"), 12),
        (_("答复期限"), 12), (_("状态"), 10), (_("答复"), 50),
    ]  # fmt: skip


def _cells(row: Objection) -> list[Any]:
    return [
        str(row.hospital), row.get_subject_display(), row.about, row.text, row.wanted, row.raised, row.deadline,
        row.get_state_display(), row.reply,
    ]  # fmt: skip


@needs("drg.view")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection; the insurer answers it here, the hospital may take it back."""
    return _objection(request, pk)


def _objection(request: HttpRequest, pk: int, problem: Problem | None = None) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(visible_objections(actor), pk=pk)
    open_ = found.state == Objection.State.RAISED
    context = {
        **tabs(request, found.round.run, "objections"),
        "objection": found,
        "may_reply": open_ and actor.may("drg.edit"),
        "may_withdraw": open_ and actor.may("drg.object") and found.hospital.unit_id in own_units(actor),
        "choices": [(state.value, state.label) for state in STATES],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "drg/objection.html", context, status=problem.status if problem else 200)


@require_POST
@needs("drg.edit")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(visible_objections(actor_of(request)), pk=pk)
    try:
        state, text = text_of(request.POST, "state"), text_of(request.POST, "reply")
        perform(ReplyObjection(pk, whole(request.POST, "seen"), state, text), context_of(request))
    except Problem as problem:
        return _objection(request, pk, problem)
    messages.success(request, _("已答复。"))
    return redirect("drg_objection", pk)


@require_POST
@needs("drg.object")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(visible_objections(actor_of(request)), pk=pk)
    try:
        perform(WithdrawObjection(pk, whole(request.POST, "seen")), context_of(request))
    except Problem as problem:
        return _objection(request, pk, problem)
    messages.success(request, _("已撤回。"))
    return redirect("drg_objection", pk)


@needs("drg.object")
def objection_new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The form; what it is about may stand in the address."""
    run, place = run_of(request, pk), hospital_of(request, code)
    round_, problem = round_of(run), None
    given = request.POST if request.method == "POST" else request.GET
    words = {name: text_of(given, name) for name in ("subject", "about", "text", "wanted")}
    if request.method == "POST" and round_ is not None:
        try:
            made = perform(MakeObjection(round_.pk, place.pk, **words), context_of(request))
            messages.success(request, _("异议已提出,答复期限 %(day)s。") % {"day": made.deadline.isoformat()})
            return redirect("drg_objection", made.pk)
        except Problem as error:
            problem = error
    context = {
        **tabs(request, run, "objections"), "hospital": place, "round": round_, "problem": problem,
        "subjects": Objection.Subject.choices, "typed": words,
    }  # fmt: skip
    return render(request, "drg/objection_new.html", context, status=problem.status if problem else 200)
