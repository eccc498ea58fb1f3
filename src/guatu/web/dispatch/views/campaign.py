"""The page on which the morning begins."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guatu.web.base.beginnings import beginning_of
from guatu.web.base.context import pages_of
from guatu.web.dispatch.campaign_tables import CampaignTables
from guatu.web.dispatch.selectors.before_lights import before_lights
from guatu.web.dispatch.selectors.campaign import campaign
from guatu.web.dispatch.selectors.sealing import COLOURS
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.values import id_or_none
from guatu.web.ledger.selectors.running import running_plans


@page("", "dispatch/campaign.html")
def campaign_map(request: HttpRequest) -> dict[str, Any] | HttpResponse:
    """Lights by unit, town, domain and period; `?wall=1` is for a screen on the wall, which renews itself."""
    # The entry of the menu is the map itself; what comes first is shown to who comes in.
    if request.path == reverse("home") and (first := beginning_of(request)):
        return redirect(first)
    if not actor_of(request).may("map.view"):
        mine = pages_of(actor_of(request))
        return redirect(mine[0]["url"] if mine else "report_list")
    found = campaign(actor_of(request), id_or_none(request.GET, "plan"), request.GET.get("period", ""))
    plans = running_plans()
    trend = {
        "keys": [key for key, _ in found.trend],
        "series": {colour: [getattr(lights, colour) for _, lights in found.trend] for colour in COLOURS},
    }
    return {
        "campaign": found,
        "before": None if found.key else before_lights([pk for pk, _title in plans], actor_of(request).today),
        "tables": CampaignTables(found),
        "plans": plans,
        "trend": json.dumps(trend),
        "wall": request.GET.get("wall") == "1",
    }
