"""Objections: a hospital's own, or all of a run; making one, answering one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.problems import NotNow
from guatu.web.drg.actions.make_objection import MakeObjection
from guatu.web.drg.actions.reply_objection import STATES, ReplyObjection
from guatu.web.drg.actions.withdraw_objection import WithdrawObjection
from guatu.web.drg.models import Objection
from guatu.web.drg.selectors.negotiation import round_of, visible_objections
from guatu.web.drg.selectors.objection_list import objections_to
from guatu.web.drg.selectors.scope import own_units
from guatu.web.drg.views.common import actor_of, hospital_of, run_of, tabs
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import text_of

NAMES = ("subject", "about", "text", "wanted")


@page("drg.view", "drg/objections.html")
def objections(request: HttpRequest, pk: int) -> dict[str, Any]:
    run = run_of(request, pk)
    return {"own_list": objections_to(run), **tabs(request, run, "objections"), "round": round_of(run)}


def _visible(request: HttpRequest, pk: int) -> Objection:
    return get_object_or_404(visible_objections(actor_of(request)), pk=pk)


@page("drg.view", "drg/objection.html")
def objection(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One objection; the insurer answers it here, the hospital may take it back."""
    actor, found = actor_of(request), _visible(request, pk)
    open_ = found.state == Objection.State.RAISED
    return {
        **tabs(request, found.round.run, "objections"),
        "objection": found,
        "may_reply": open_ and actor.may("drg.edit"),
        "may_withdraw": open_ and actor.may("drg.object") and found.hospital.unit_id in own_units(actor),
        "choices": [(state, Objection.State(state).label) for state in STATES],
    }


REPLY = Form("", "", ReplyObjection, said=_("已答复。"))
WITHDRAW = Form("", "", WithdrawObjection, said=_("已撤回。"))
reply = posted(REPLY, "drg.edit", objection, "drg_objection", sees=_visible)
withdraw = posted(WITHDRAW, "drg.object", objection, "drg_objection", sees=_visible)


def _raised(made: Objection) -> str:
    return _("异议已提出,答复期限 %(day)s。") % {"day": made.deadline.isoformat()}


MAKE = Form("", "", MakeObjection, said=_raised)


def _known(request: HttpRequest, pk: int, code: str) -> dict[str, Any]:
    round_ = round_of(run_of(request, pk))
    if round_ is None:
        raise NotNow(_("这次结果还没有公布,公布后可以提出异议。"))
    return {"round_id": round_.pk, "hospital_id": hospital_of(request, code).pk}


@page(
    "drg.object",
    "drg/objection_new.html",
    sends=Sends(
        MAKE,
        lambda made: reverse("drg_objection", args=[made.pk]),
        first=lambda request, *of: {name: text_of(request.GET, name) for name in NAMES},
        known=_known,
    ),
)
def objection_new(request: HttpRequest, pk: int, code: str, form: Typed = NOTHING) -> dict[str, Any]:
    """The form; what it is about may stand in the address."""
    run, place = run_of(request, pk), hospital_of(request, code)
    return {
        **tabs(request, run, "objections"),
        "hospital": place,
        "round": round_of(run),
        "subjects": Objection.Subject.choices,
        "elsewhere": form.problem and form.problem.field not in NAMES,
    }
