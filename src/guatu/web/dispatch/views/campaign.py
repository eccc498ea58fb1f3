"""The page that the leading group looks at each morning, and the screen on the wall."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from guatu.web.dispatch.campaign_tables import CampaignTables
from guatu.web.dispatch.map_tables import MapTables, watched_rows
from guatu.web.dispatch.selectors.before_lights import before_lights
from guatu.web.dispatch.selectors.map_measure import MEASURES
from guatu.web.dispatch.selectors.map_view import domain_choices, map_view
from guatu.web.dispatch.selectors.sealing import COLOURS
from guatu.web.dispatch.selectors.wall import wall_pages
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.ledger.selectors.running import running_plans


@page("map.view", "dispatch/campaign.html")
def campaign_map(request: HttpRequest) -> dict[str, Any]:
    """Lights by unit, town, domain and period, and the towns by the measure that is asked for."""
    view = map_view(actor_of(request), request.GET)
    found, plans = view.found, running_plans()
    trend = {
        "keys": [key for key, _ in found.trend],
        "series": {colour: [getattr(lights, colour) for _, lights in found.trend] for colour in COLOURS},
    }
    return {
        "view": view,
        "campaign": found,
        "before": None if found.key else before_lights([pk for pk, _title in plans], actor_of(request).today),
        "tables": CampaignTables(found),
        "map": MapTables(view.map),
        "watched": watched_rows(view.watched),
        "plans": plans,
        "domains": domain_choices(found),
        "measures": [(one.name, one.title) for one in MEASURES.values()],
        "trend": json.dumps(trend),
    }


@page("map.view", "dispatch/wall.html")
def campaign_wall(request: HttpRequest) -> dict[str, Any]:
    """The map for a screen on the wall: pages that turn by themselves, without anything to be operated."""
    view = map_view(actor_of(request), request.GET, most=24)
    return {
        "view": view,
        "campaign": view.found,
        "lights": [(colour, getattr(view.found.total, colour)) for colour in COLOURS],
        "map": MapTables(view.map, plain=True),
        "pages": wall_pages(view, actor_of(request)),
        "back": reverse("campaign_map"),
    }
