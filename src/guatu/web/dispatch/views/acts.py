"""Grave acts: the list, one with the facts on which it rests, its confirmation and its withdrawal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.official import official_document
from guatu.web.base.actors import Actor
from guatu.web.dispatch.actions.decide_act import DecideAct
from guatu.web.dispatch.actions.withdraw_act import WithdrawAct
from guatu.web.dispatch.models import Act
from guatu.web.dispatch.selectors.act_document import act_document
from guatu.web.dispatch.selectors.acts import ACTS, OPEN, STANDING, fact_tables, visible_acts
from guatu.web.kit.downloads import DOCX, attached
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import exported, listed, page
from guatu.web.ledger.selectors.names import unit_labels

# Who confirms without seeing orders of units is the leader, who sees them all: one right opens the pages.
PERMISSION = "order.view"
act_list = listed(PERMISSION, ACTS, "act_export")
act_export = exported(PERMISSION, ACTS)

DECIDE = Form("decide", "act_decide", DecideAct, said=_("已记录。"))
WITHDRAW = Form(
    "withdraw",
    "act_withdraw",
    WithdrawAct,
    (Field("reason", _("撤销理由"), "area", required=True, hint=_("单位会收到通知;已通报的,下一期通报中更正。")),),
    _("撤销"),
    "arrow-back-up",
    css="btn-danger",
    said=_("已记录。"),
)


def _seen(request: HttpRequest, pk: int) -> Act:
    rows = visible_acts(actor_of(request))
    return get_object_or_404(rows.select_related("task__plan", "proposed_by", "decided_by", "withdrawn_by"), pk=pk)


@page(PERMISSION, "dispatch/act_detail.html")
def act_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What was done on which facts, by whom, and what became of it."""
    actor, act = actor_of(request), _seen(request, pk)
    first = act.proposed_by_id if act.state == Act.State.PROPOSED else act.withdrawn_by_id
    waits = act.state in OPEN and actor.may("act.confirm", act.unit_id)
    own = actor.user is not None and actor.user.pk == first
    return {
        "act": act,
        "unit": unit_labels([act.unit_id], actor.today).get(act.unit_id, ""),
        "tables": fact_tables(act.facts) if _may_see_facts(actor, act) else [],
        "may_decide": waits and not own,
        "own_waiting": waits and own,
        "may_withdraw": act.state == Act.State.TAKEN and actor.may("order.edit", act.unit_id),
        "forms": by_name((DECIDE, WITHDRAW)),
        "here": "step_list",
    }


def _may_see_facts(actor: Actor, act: Act) -> bool:
    return actor.may("report.view", act.unit_id)


act_decide = posted(
    DECIDE,
    "act.confirm",
    act_detail,
    "act_detail",
    known=lambda request: {"agree": request.POST.get("do") == "agree"},
    sees=_seen,
)
act_withdraw = posted(WITHDRAW, "order.edit", act_detail, "act_detail", sees=_seen)


@needs(PERMISSION)
def act_docx(request: HttpRequest, pk: int) -> HttpResponse:
    act = _seen(request, pk)
    if act.state not in (*STANDING, Act.State.WITHDRAWN):
        raise Http404
    return attached(official_document(act_document(act)), f"{act.label}-{act.pk}.docx", DOCX)
