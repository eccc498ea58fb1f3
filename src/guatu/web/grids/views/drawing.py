"""Drawing, redrawing, splitting, merging and importing grids, and taking a change back."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from shapely.geometry import shape

from guatu.web.base.shown import first
from guatu.web.grids.actions.common import Given, current
from guatu.web.grids.actions.draw_grid import DrawGrid
from guatu.web.grids.actions.edit_grid import EditGrid
from guatu.web.grids.actions.import_grids import ImportGrids
from guatu.web.grids.actions.merge_grids import MergeGrids
from guatu.web.grids.actions.split_grid import SplitGrid
from guatu.web.grids.actions.undo_change import UndoChange, touched
from guatu.web.grids.drawing import as_text, line_of, polygon_of
from guatu.web.grids.models import Grid, GridChange, GridVersion
from guatu.web.grids.selectors import lists
from guatu.web.grids.selectors.maps import ToDraw, draw
from guatu.web.grids.selectors.standing import fixed_lines, town_shape, towns, visible
from guatu.web.grids.uploads import grids_of
from guatu.web.grids.views.common import asked_town, file_of, grid_of, must_edit, next_day, residents, text_or_file
from guatu.web.grids.views.lists import versions_drawn
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.values import id_or_none, seen_rows, text_of

SHOWN = 200


def _given(request: HttpRequest) -> Given:
    data = request.POST
    return Given(
        text_of(data, "name"),
        polygon_of(text_or_file(request, "boundary")),
        residents(data),
        id_or_none(data, "village"),
        id_or_none(data, "large"),
    )


def _begun(change: GridChange) -> GridVersion | None:
    return change.begun.select_related("grid").order_by("grid__code").first()


def _to_grid(change: GridChange) -> str:
    """To the grid that began."""
    begun = _begun(change)
    return reverse("grid_detail", args=[begun.grid_id]) if begun else reverse("grid_list")


def _warned(request: HttpRequest, change: GridChange) -> None:
    """Warnings of its border are told at once."""
    begun = _begun(change)
    for _severity, words in lists.checks(begun, change.day) if begun else ():
        messages.warning(request, words)


def _form(name: str, action: Any) -> Form[Any]:
    return Form(name, "", action, said=lambda change: _("已保存,自 %(day)s 起生效。") % {"day": change.day})


def _kind(request: HttpRequest) -> str:
    kind = text_of(request.POST or request.GET, "kind")
    return kind if kind in Grid.Kind.values else Grid.Kind.DUTY


@page(
    "grid.edit",
    "grids/grid_draw.html",
    sends=Sends(
        _form("new", DrawGrid),
        _to_grid,
        first=lambda request: {"day": actor_of(request).today.isoformat(), "code": text_of(request.GET, "code")},
        known=lambda request: {
            "unit_id": asked_town(request) or 0,
            "kind": _kind(request),
            "given": _given(request),
        },
        told=_warned,
    ),
)
def grid_new(request: HttpRequest) -> dict[str, Any]:
    """First the town, then the drawing over what is there."""
    actor, unit, kind = actor_of(request), asked_town(request), _kind(request)
    ground = _ground(unit, kind, actor.today) if unit is not None else {}
    towns_ = towns(actor, "grid.edit")
    return {"towns": towns_, "unit": unit, "kind": kind, "kinds": Grid.Kind.choices, "new": True, **ground}


def _ground(unit: int, kind: str, day: datetime.date) -> dict[str, Any]:
    """What a border is drawn over, and the lists beside it."""
    return {
        "map": draw(versions_drawn(day, unit, kind), town_shape(unit, day), fixed_lines(unit, day)),
        "villages": lists.villages(unit, day),
        "large_grids": lists.large_grids(unit, day) if kind == Grid.Kind.DUTY else [],
    }


def _standing(request: HttpRequest, pk: int) -> tuple[Grid, GridVersion, datetime.date]:
    """A grid with its version, and the first day on which it may change."""
    grid = grid_of(request, pk, edit=True)
    version = current(grid)
    return grid, version, next_day(version, actor_of(request).today)


def _as_it_is(request: HttpRequest, pk: int) -> dict[str, Any]:
    grid, version, day = _standing(request, pk)
    return {
        "name": version.name,
        "residents": version.residents,
        "village": version.village_id,
        "large": version.large_id,
        "boundary": as_text(version.boundary),
        "day": day.isoformat(),
        "seen": grid.row_version,
    }


def _of_grid(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"grid_id": _standing(request, pk)[0].pk}


@page(
    "grid.edit",
    "grids/grid_draw.html",
    sends=Sends(
        _form("edit", EditGrid),
        _to_grid,
        first=_as_it_is,
        known=lambda request, pk: {**_of_grid(request, pk), "given": _given(request)},
        told=_warned,
    ),
)
def grid_edit(request: HttpRequest, pk: int) -> dict[str, Any]:
    grid, _version, day = _standing(request, pk)
    return {"grid": grid, "unit": grid.unit_id, "kind": grid.kind, **_ground(grid.unit_id, grid.kind, day)}


def _to_split(request: HttpRequest, pk: int) -> dict[str, Any]:
    grid, _version, day = _standing(request, pk)
    codes = {"code": f"{grid.code}-1"[-40:], "code2": f"{grid.code}-2"[-40:]}
    return {**codes, "seen": grid.row_version, "day": day.isoformat()}


def _cut(request: HttpRequest, pk: int) -> dict[str, Any]:
    data = request.POST
    return {
        **_of_grid(request, pk),
        "line": line_of(text_or_file(request, "line")),
        "residents": residents(data) if text_of(data, "residents") else None,
        "codes": (text_of(data, "code"), text_of(data, "code2")),
    }


@page(
    "grid.edit",
    "grids/grid_split.html",
    sends=Sends(_form("split", SplitGrid), _to_grid, first=_to_split, known=_cut, told=_warned),
)
def grid_split(request: HttpRequest, pk: int) -> dict[str, Any]:
    grid, version, _day = _standing(request, pk)
    own = [ToDraw(grid.code, shape(version.boundary), "here", grid.pk)]
    return {"grid": grid, "version": version, "map": draw(own)}


def _pairs(request: HttpRequest) -> list[tuple[int, int]]:
    """The chosen grids, each with the version that was seen."""
    return seen_rows((request.POST if request.method == "POST" else request.GET).getlist("grid"))


def _chosen(request: HttpRequest) -> list[GridVersion]:
    actor = actor_of(request)
    must_edit(actor)
    chosen = visible(actor).filter(pk__in=[pk for pk, _seen in _pairs(request)])
    rows = GridVersion.objects.filter(grid__in=chosen, valid_to__isnull=True).select_related("grid")
    return list(rows.order_by("grid__code"))


def _to_merge(request: HttpRequest) -> dict[str, Any]:
    versions, today = _chosen(request), actor_of(request).today
    day = max((next_day(one, today) for one in versions), default=today)
    return {"code": f"{versions[0].grid.code}-M"[-40:] if versions else "", "day": day.isoformat()}


@page(
    "grid.edit",
    "grids/grid_merge.html",
    sends=Sends(
        _form("merge", MergeGrids),
        _to_grid,
        first=_to_merge,
        known=lambda request: {"grids": tuple(_pairs(request)), "title": text_of(request.POST, "name")},
        told=_warned,
    ),
)
def grid_merge(request: HttpRequest) -> dict[str, Any]:
    versions = _chosen(request)
    things = [ToDraw(one.grid.code, shape(one.boundary), "here", one.grid_id) for one in versions]
    counted = sum(one.residents for one in versions)
    return {"versions": versions, "pairs": _pairs(request), "map": draw(things), "residents": counted}


def _file(request: HttpRequest) -> dict[str, Any]:
    return {"unit_id": asked_town(request) or 0, "rows": grids_of(file_of(request, "file"))}


def _imported(change: GridChange) -> str:
    return _("已导入 %(n)d 个网格。") % {"n": change.begun.count()}


@page(
    "grid.edit",
    "grids/grid_import.html",
    sends=Sends(
        Form("import", "", ImportGrids, said=_imported),
        lambda change: reverse("gridchange_page", args=[change.pk]),
        first=lambda request: {"day": actor_of(request).today.isoformat(), "kind": Grid.Kind.DUTY},
        known=_file,
    ),
)
def grid_import(request: HttpRequest) -> dict[str, Any]:
    return {
        "towns": towns(actor_of(request), "grid.edit"),
        "kinds": Grid.Kind.choices,
        "unit": asked_town(request),
    }


def _change(request: HttpRequest, pk: int) -> GridChange:
    actor = actor_of(request)
    change = get_object_or_404(GridChange.objects.select_related("user", "undoes"), pk=pk)
    grids = touched(change)
    hidden = grids.exclude(pk__in=visible(actor).values("pk")).exists()
    # A change that was taken back before it began has left nothing by which a town could be told from another.
    if hidden or (not grids.exists() and actor.units_for("grid.view") is not None):
        raise Http404
    return change


def _undoes(request: HttpRequest, pk: int) -> dict[str, Any]:
    must_edit(actor_of(request))
    return {"change_id": _change(request, pk).pk}


def _undone(back: GridChange) -> str:
    return _("已撤销,自 %(day)s 起恢复为变更前的网格。") % {"day": back.day}


@page(
    "grid.view",
    "grids/change.html",
    sends=Sends(
        Form("undo", "", UndoChange, said=_undone),
        lambda back: reverse("grid_list"),
        first=lambda request, pk: {"day": max(_change(request, pk).day, actor_of(request).today).isoformat()},
        known=_undoes,
    ),
)
def change_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What a change did, and the form that takes it back."""
    change = _change(request, pk)
    undone = getattr(change, "undone_by", None)
    may_undo = actor_of(request).may("grid.edit") and undone is None and change.kind != GridChange.Kind.UNDO
    return {
        "change": change,
        "undone": undone,
        "begun": first(change.begun.select_related("grid").defer("boundary").order_by("grid__code", "pk"), SHOWN),
        "ended": first(change.ended.select_related("grid").defer("boundary").order_by("grid__code", "pk"), SHOWN),
        "may_undo": may_undo,
    }
