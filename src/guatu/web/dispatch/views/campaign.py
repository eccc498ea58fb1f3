"""The page on which the morning begins."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guatu.web.base.context import pages_of
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.selectors.campaign import COLOURS, campaign
from guatu.web.ledger.models import Plan


@login_required
def campaign_map(request: HttpRequest) -> HttpResponse:
    """Lights by unit, town, domain and period; `?wall=1` is for a screen on the wall, which renews itself."""
    if not request.actor.may("map.view"):
        mine = pages_of(request.actor)
        return redirect(mine[0]["url"] if mine else "report_list")
    plan = request.GET.get("plan", "")
    found = campaign(request.actor, int(plan) if plan.isdecimal() else None, request.GET.get("period", ""))
    trend = {
        "keys": [key for key, _ in found.trend],
        "series": {colour: [getattr(lights, colour) for _, lights in found.trend] for colour in COLOURS},
    }
    tree = unit_tree(request.actor.today)
    page = {
        "campaign": found,
        "plans": Plan.objects.filter(state=Plan.State.CONFIRMED).order_by("title"),
        "trend": json.dumps(trend),
        "worst": [(light, tree.label(light.unit_id)) for light in found.worst],
        "wall": request.GET.get("wall") == "1",
    }
    return render(request, "dispatch/campaign.html", page)
