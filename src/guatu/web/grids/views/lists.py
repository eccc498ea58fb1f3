"""The list of grids with its map, its exports, and the page of one grid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from shapely.geometry import shape

from guatu.web.dispatch.views.supervision import actor_of, attached, kind_of
from guatu.web.grids.models import Grid
from guatu.web.grids.selectors import lists
from guatu.web.grids.selectors.lists import GridFilter, filtered, grid_rows
from guatu.web.grids.selectors.maps import MOST, ToDraw, draw
from guatu.web.grids.selectors.staffing import chains, services_of, team_of
from guatu.web.grids.selectors.standing import fixed_lines, shapes_on, standing, town_shape, towns
from guatu.web.grids.views.common import day_or, grid_of, standing_version, tabs
from guatu.web.grids.words import sentence
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import id_or_none, text_of

ROWS = 100
ABOVE = " is-over"


def filter_of(request: HttpRequest) -> GridFilter:
    data: Mapping[str, Any] = request.GET
    kind = text_of(data, "kind")
    day = day_or(data, "day", actor_of(request).today)
    known = kind if kind in Grid.Kind.values else ""
    return GridFilter(day, id_or_none(data, "unit"), known, text_of(data, "q")[:60])


@needs("grid.view")
def grid_list(request: HttpRequest) -> HttpResponse:
    actor, wanted = actor_of(request), filter_of(request)
    found = filtered(actor, wanted)
    totals = found.order_by().aggregate(
        count=Count("id"),
        residents=Sum("residents", filter=Q(grid__kind=Grid.Kind.DUTY)),
        area=Count("id", filter=Q(grid__kind=Grid.Kind.DUTY)),
    )
    page = Paginator(found, ROWS).get_page(id_or_none(request.GET, "page") or 1)
    context = {
        **tabs(actor, "list"),
        "page": page,
        "rows": grid_rows(page.object_list, wanted.day),
        "wanted": wanted,
        "kinds": Grid.Kind.choices,
        "towns": towns(actor),
        "totals": totals,
        "map": _map(request, wanted, totals["count"]),
        "too_many": totals["count"] > MOST,
    }
    return render(request, "grids/grid_list.html", context)


def _map(request: HttpRequest, wanted: GridFilter, count: int) -> Any:
    """The grids of the filter, large ones only where nothing else is listed, over the town that was chosen."""
    if not 0 < count <= MOST:
        return None
    listed = {row[0]: row for row in filtered(actor_of(request), wanted).values_list("id", "name", "grid_id")}
    shapes = [one for one in shapes_on(wanted.day) if one.version_id in listed]
    small = [one for one in shapes if one.kind != Grid.Kind.LARGE]
    things = [ToDraw(one.code, one.shape, "", one.grid_id) for one in small or shapes]
    town = town_shape(wanted.unit, wanted.day) if wanted.unit else None
    return draw(things, town, fixed_lines(wanted.unit, wanted.day) if wanted.unit else None)


@needs("grid.view")
def grid_export(request: HttpRequest) -> HttpResponse:
    """What the list shows, of all its pages."""
    actor, wanted = actor_of(request), filter_of(request)
    columns = [
        export.Column(_("网格编号"), 18), export.Column(_("名称"), 18), export.Column(_("网格类型"), 10),
        export.Column(_("乡镇街道"), 16), export.Column(_("村(社区)"), 16), export.Column(_("所属大网格"), 14),
        export.Column(_("居民数"), 10), export.Column(_("面积(公顷)"), 10), export.Column(_("生效日期"), 12),
    ]  # fmt: skip
    lines = (
        [
            row.version.grid.code,
            row.version.name,
            row.version.grid.get_kind_display(),
            row.town,
            row.village,
            row.version.large.code if row.version.large else "",
            row.version.residents,
            row.hectares,
            row.version.valid_from,
        ]
        for row in grid_rows(list(filtered(actor, wanted)), wanted.day)
    )
    return export.download(_("网格"), columns, lines, kind_of(request), wanted.day)


@needs("grid.view")
def grid_geojson(request: HttpRequest) -> HttpResponse:
    """The borders that the list shows, in the form in which they can be imported."""
    wanted = filter_of(request)
    features = [
        {
            "type": "Feature",
            "geometry": one.boundary,
            "properties": {"code": one.grid.code, "name": one.name, "residents": one.residents, "kind": one.grid.kind},
        }
        for one in filtered(actor_of(request), wanted)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    return attached(data, f"{_('网格')}-{wanted.day.isoformat()}.geojson", "application/geo+json")


@needs("grid.view")
def grid_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid as it stands on a day: map, people, checks, rating, history."""
    actor, grid = actor_of(request), grid_of(request, pk)
    day = day_or(request.GET, "day", actor.today)
    version = standing_version(grid, day)
    services = services_of([grid.pk])
    context = {
        **tabs(actor, "list"),
        "grid": grid,
        "day": day,
        "version": version,
        "row": grid_rows([version], day)[0] if version else None,
        "map": _map_of(grid, day) if version else None,
        "checks": lists.checks(version, day) if version else [],
        "team": team_of(version, services, day) if version and grid.kind == Grid.Kind.DUTY else None,
        "chains": chains(services),
        "history": lists.history(grid),
        "ratings": [(one, sentence(one.rating)) for one in lists.ratings_of(grid, actor.may("grid.rate"))],
        "may_edit_this": actor.may("grid.edit", grid.unit_id),
        "open": version is not None and version.valid_to is None,
    }
    return render(request, "grids/grid_detail.html", context)


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
