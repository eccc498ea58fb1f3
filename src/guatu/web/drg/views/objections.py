"""Objections: a hospital's own, or all of a run; making one, answering one."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.reply_objection import STATES, ReplyObjection
from guatu.web.drg.actions.withdraw_objection import WithdrawObjection
from guatu.web.drg.models import Objection
from guatu.web.drg.selectors.negotiation import round_of, visible_objections
from guatu.web.drg.selectors.objection_list import objections_to
from guatu.web.drg.selectors.scope import own_units
from guatu.web.drg.views.common import actor_of, hospital_of, needs, run_of, tabs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import text_of, whole


@needs("drg.view")
def objections(request: HttpRequest, pk: int) -> HttpResponseBase:
    run = run_of(request, pk)
    table, context = objections_to(run), {**tabs(request, run, "objections"), "round": round_of(run)}
    return table_page(request, table, "drg/objections.html", context, file=table)


@needs("drg.view")
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection; the insurer answers it here, the hospital may take it back."""
    return _objection(request, pk, Typed())


def _objection(request: HttpRequest, pk: int, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    found = get_object_or_404(visible_objections(actor), pk=pk)
    open_ = found.state == Objection.State.RAISED
    context = {
        **tabs(request, found.round.run, "objections"),
        "objection": found,
        "may_reply": open_ and actor.may("drg.edit"),
        "may_withdraw": open_ and actor.may("drg.object") and found.hospital.unit_id in own_units(actor),
        "choices": [(state, Objection.State(state).label) for state in STATES],
        **form.shown(),
    }
    return render(request, "drg/objection.html", context, status=form.status)


@require_POST
@needs("drg.edit")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(visible_objections(actor_of(request)), pk=pk)
    given, here = request.POST, reverse("drg_objection", args=[pk])
    return sent(
        request,
        lambda: ReplyObjection(pk, whole(given, "seen"), text_of(given, "state"), text_of(given, "reply")),
        partial(_objection, request, pk),
        here,
        _("已答复。"),
    )


@require_POST
@needs("drg.object")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(visible_objections(actor_of(request)), pk=pk)
    here, page = reverse("drg_objection", args=[pk]), partial(_objection, request, pk)
    return sent(request, lambda: WithdrawObjection(pk, whole(request.POST, "seen")), page, here, _("已撤回。"))


@needs("drg.object")
def objection_new(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The form; what it is about may stand in the address."""
    run, place = run_of(request, pk), hospital_of(request, code)
    round_, names = round_of(run), ("subject", "about", "text", "wanted")

    def page(form: Typed) -> HttpResponse:
        context = {
            **tabs(request, run, "objections"), **form.shown(), "hospital": place, "round": round_,
            "subjects": Objection.Subject.choices, "elsewhere": form.problem and form.problem.field not in names,
        }  # fmt: skip
        return render(request, "drg/objection_new.html", context, status=form.status)

    if request.method != "POST" or round_ is None:
        return page(Typed(values={name: text_of(request.GET, name) for name in names}))
    return sent(
        request,
        lambda: MakeObjection(round_.pk, place.pk, **{name: text_of(request.POST, name) for name in names}),
        page,
        lambda made: reverse("drg_objection", args=[made.pk]),
        lambda made: _("异议已提出,答复期限 %(day)s。") % {"day": made.deadline.isoformat()},
    )
