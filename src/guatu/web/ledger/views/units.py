"""The names in a plan, linked to the units of the directory: each name once, wherever the plan writes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.selectors.units import CATEGORIES
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import ids_in, text_of
from guatu.web.ledger.actions.accept_links import AcceptLinks
from guatu.web.ledger.actions.create_unit_for import CreateUnitFor
from guatu.web.ledger.actions.leave_unlinked import LeaveUnlinked
from guatu.web.ledger.actions.link_units import LinkUnits
from guatu.web.ledger.models import Duty, Plan
from guatu.web.ledger.selectors.unit_texts import UnitText, unit_texts
from guatu.web.ledger.selectors.visible import visible_plan
from guatu.web.ledger.views.room import unit_options

SHOWN = ("waiting", "linked", "unlinked", "all")


@needs("plan.edit")
def plan_units(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(actor_of(request), pk)
    names = unit_texts(plan, unit_tree(actor_of(request).today))
    show = text_of(request.GET, "show")
    show = show if show in SHOWN else "waiting" if any(n.state == "waiting" for n in names) else "all"
    context = {
        "plan": plan,
        "names": [name for name in names if show in ("all", name.state)],
        "sure": [name for name in names if name.sure],
        "counts": _counts(names),
        "show": show,
        "unit_options": unit_options(request),
        "reasons": Duty.Unlinked.choices,
        **_for_new_units(request),
    }
    return render(request, "ledger/plan_units.html", context)


def _for_new_units(request: HttpRequest) -> dict[str, Any]:
    """What the part of the form needs that sets up a unit; nothing for those who may not."""
    actor = actor_of(request)
    if not actor.may("directory.edit"):
        return {"may_create": False}
    roots = unit_tree(actor.today).children.get(None, [])
    return {"may_create": True, "categories": CATEGORIES, "root": roots[0].label if len(roots) == 1 else ""}


@needs("plan.edit")
@require_POST
def plan_units_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Links all names that were shown as beyond doubt."""
    plan = visible_plan(actor_of(request), pk)
    perform(AcceptLinks(plan.pk, tuple(request.POST.getlist("text"))), context_of(request))
    return redirect("plan_units", pk=plan.pk)


def _counts(names: Iterable[UnitText]) -> dict[str, int]:
    found = dict.fromkeys(SHOWN, 0)
    for name in names:
        found[name.state] += 1
        found["all"] += 1
    return found


@needs("plan.edit")
@require_POST
def plan_unit_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Links a name, or says why it stays without a unit; the answer is its line again."""
    plan = visible_plan(actor_of(request), pk)
    text = text_of(request.POST, "text")
    problem: Problem | None = None
    try:
        perform(_action(request, plan, text), context_of(request))
    except Problem as met:
        problem = met
    names = unit_texts(plan, unit_tree(actor_of(request).today))
    name = next((n for n in names if n.text == text), None)
    context = {
        "plan": plan,
        "name": name,
        "counts": _counts(names),
        "sure": [one for one in names if one.sure],
        "problem": problem,
        "other": text_of(request.POST, "other"),
        "reasons": Duty.Unlinked.choices,
        "renewed": True,
        "sent": request.POST if problem else {},
        **_for_new_units(request),
    }
    return render(request, "ledger/_unit_text.html", context, status=problem.status if problem else 200)


def _action(request: HttpRequest, plan: Plan, text: str) -> Any:
    if "leave" in request.POST:
        return LeaveUnlinked(plan.pk, text, text_of(request.POST, "leave"))
    if "again" in request.POST:
        return LeaveUnlinked(plan.pk, text, "")
    if "create" in request.POST:
        return _new_unit(request, plan, text)
    remember = text_of(request.POST, "remember") == "1"
    return LinkUnits(plan.pk, text, _chosen(request, request.POST), remember)


def _new_unit(request: HttpRequest, plan: Plan, text: str) -> CreateUnitFor:
    data = request.POST
    above = text_of(data, "unit_parent")
    parent = matcher(unit_tree(actor_of(request).today)).known(above) if above else None
    if above and parent is None:
        raise Invalid(_("机构目录中没有“%(name)s”。") % {"name": above[:60]}, field="unit_parent")
    name = text_of(data, "unit_name") or text
    return CreateUnitFor(plan.pk, text, name, text_of(data, "unit_code"), text_of(data, "unit_category"), parent)


def _chosen(request: HttpRequest, data: QueryDict) -> tuple[int, ...]:
    """The units of the button that was pressed, else those that were ticked or typed."""
    pressed = text_of(data, "unit")
    ids = [pressed] if pressed else data.getlist("member") if "members" in data else []
    if ids:
        return tuple(ids_in(ids))
    names = matcher(unit_tree(actor_of(request).today))
    found = []
    for written in filter(
        None, (p.strip() for p in text_of(data, "other").replace("，", "、").replace(",", "、").split("、"))
    ):
        unit_id = names.known(written)
        if unit_id is None:
            raise Invalid(
                _("机构目录中没有“%(name)s”。请从列表中选择,或先在“机构”中添加。") % {"name": written[:60]},
                field="other",
            )
        found.append(unit_id)
    return tuple(found)
