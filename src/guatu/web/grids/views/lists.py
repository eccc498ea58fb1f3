"""The list of grids with its map, its exports, and the page of one grid."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry import shape

from guatu.web.base.actors import Actor
from guatu.web.grids.models import Grid
from guatu.web.grids.selectors import lists
from guatu.web.grids.selectors.lists import GRIDS, grid_rows
from guatu.web.grids.selectors.maps import MOST, ToDraw, draw
from guatu.web.grids.selectors.ratings import RATED
from guatu.web.grids.selectors.staffing import chains, services_of, team_of
from guatu.web.grids.selectors.standing import fixed_lines, shapes_on, standing, town_shape
from guatu.web.grids.views.common import day_or, grid_of, rights, standing_version
from guatu.web.kit.downloads import attached
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import exported, page
from guatu.web.kit.table import Wanted, queried, shown


@page("grid.view", "grids/grid_list.html")
def grid_list(request: HttpRequest) -> dict[str, Any]:
    actor, found = actor_of(request), shown(request, GRIDS)
    count = found["list"].count
    return {
        **rights(actor),
        **found,
        "export_url": reverse("grid_export"),
        "map": _map(actor, found["wanted"]) if 0 < count <= MOST else None,
        "too_many": count > MOST,
    }


def _map(actor: Actor, wanted: Wanted) -> Any:
    """The grids of the list, large ones only where nothing else is in it, over the town that was chosen."""
    listed, day, unit = (
        set(queried(GRIDS.narrowed(actor, wanted)).values_list("id", flat=True)),
        wanted["day"],
        wanted.get("unit"),
    )
    shapes = [one for one in shapes_on(day) if one.version_id in listed]
    small = [one for one in shapes if one.kind != Grid.Kind.LARGE]
    things = [ToDraw(one.code, one.shape, "", one.grid_id) for one in small or shapes]
    return draw(things, town_shape(unit, day) if unit else None, fixed_lines(unit, day) if unit else None)


grid_export = exported("grid.view", GRIDS)


@needs("grid.view")
def grid_geojson(request: HttpRequest) -> HttpResponse:
    """The borders that the list shows, in the form in which they can be imported."""
    actor = actor_of(request)
    features = [
        {
            "type": "Feature",
            "geometry": one.boundary,
            "properties": {"code": one.grid.code, "name": one.name, "residents": one.residents, "kind": one.grid.kind},
        }
        for one in GRIDS.found(actor, request.GET)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    day = GRIDS.wanted(request.GET, actor)["day"]
    return attached(data, f"{_('网格')}-{day}.geojson", "application/geo+json")


@page("grid.view", "grids/grid_detail.html")
def grid_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The grid as it stands on a day: map, people, checks, rating, history."""
    actor, grid = actor_of(request), grid_of(request, pk)
    day = day_or(request.GET, "day", actor.today)
    version = standing_version(grid, day)
    services = services_of([grid.pk])
    return {
        "grid": grid,
        "day": day,
        "version": version,
        "row": grid_rows([version], day)[0] if version else None,
        "map": _map_of(grid, day) if version else None,
        "checks": lists.checks(version, day) if version else [],
        "team": team_of(version, services, day) if version and grid.kind == Grid.Kind.DUTY else None,
        "chains": chains(services),
        "versions": lists.VERSIONS,
        "history": lists.history(grid),
        "rated": RATED,
        "ratings": lists.ratings_of(grid, actor.may("grid.rate")),
        "may_edit_this": actor.may("grid.edit", grid.unit_id),
        "open": version is not None and version.valid_to is None,
    }


def _map_of(grid: Grid, day: Any) -> Any:
    """The grid among its neighbours of the same kind in the town."""
    all_ = [one for one in shapes_on(day) if one.kind == grid.kind and one.unit_id == grid.unit_id]
    own = next((one.shape for one in all_ if one.grid_id == grid.pk), None)
    if own is None:
        return None
    reach = max(own.bounds[2] - own.bounds[0], own.bounds[3] - own.bounds[1]) or 0.001
    near = [one for one in all_ if one.shape.distance(own) < reach / 2]
    things = [ToDraw(one.code, one.shape, "here" if one.grid_id == grid.pk else "", one.grid_id) for one in near]
    return draw(things, None, {})


def versions_drawn(day: Any, unit_id: int, kind: str) -> list[ToDraw]:
    """What is drawn already, as the ground of a drawing."""
    rows = standing(day).filter(grid__unit_id=unit_id, grid__kind=kind)
    return [ToDraw(row.grid.code, shape(row.boundary), "", row.grid_id) for row in rows]
