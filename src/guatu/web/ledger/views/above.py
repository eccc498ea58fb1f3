"""A plan beside the plan above it: what it holds of its goals, what it weakens, and what nobody can tell."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_page
from guatu.web.kit.values import id_or_none
from guatu.web.ledger.merging import standing_version
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.above import above_table, above_view
from guatu.web.ledger.selectors.cited import OtherPlan, Related, related
from guatu.web.ledger.selectors.visible import visible_plan


@needs("plan.view")
def plan_above(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The goals of the plan above, which the address names by `above`; else the first one that the text cites."""
    actor = actor_of(request)
    plan = visible_plan(actor, pk)
    version = standing_version(plan)
    known = related(plan, version, actor)
    chosen = _chosen(known, id_or_none(request.GET, "above"))
    higher = visible_plan(actor, chosen.pk) if chosen else None
    view = None
    if higher is not None:
        view = above_view(higher, standing_version(higher), plan, version, _county(request))
    table = above_table(view)
    context = {
        "plan": plan,
        "higher": higher,
        "view": view,
        "related": known,
        "rest": [one for one in known.others if one not in known.cited],
        "draft": Plan.State.DRAFT,
    }
    if view is None:
        context["export_url"] = None
    return table_page(request, table, "ledger/plan_above.html", context)


def _chosen(known: Related, asked: int | None) -> OtherPlan | None:
    found = next((one for one in known.others if one.pk == asked), None)
    return found or next(iter(known.cited), None)


def _county(request: HttpRequest) -> str:
    """The county's name, where the directory knows exactly one."""
    names = [node.name for node in place_tree(actor_of(request).today).nodes.values() if node.level == "county"]
    return names[0] if len(names) == 1 else ""
