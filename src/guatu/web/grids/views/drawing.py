"""Drawing, redrawing, splitting, merging and importing grids, and taking a change back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from shapely.geometry import shape

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
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
from guatu.web.grids.views.common import (
    file_of,
    grid_of,
    must_edit,
    next_day,
    residents,
    shown,
    tabs,
    text_or_file,
    town_of,
)
from guatu.web.grids.views.lists import versions_drawn
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import day_of, id_or_none, seen_rows, text_of, whole

FIELDS = ("unit", "kind", "code", "name", "residents", "village", "large", "day", "basis", "boundary")
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


def _done(request: HttpRequest, change: GridChange) -> HttpResponse:
    """To the grid that began; warnings of its border are told at once."""
    begun = change.begun.select_related("grid").order_by("grid__code").first()
    if begun is None:
        return redirect("grid_list")
    for _severity, words in lists.checks(begun, change.day):
        messages.warning(request, words)
    messages.success(request, _("已保存,自 %(day)s 起生效。") % {"day": change.day})
    return redirect("grid_detail", begun.grid_id)


@needs("grid.edit")
def grid_new(request: HttpRequest) -> HttpResponse:
    """First the town, then the drawing over what is there."""
    actor = actor_of(request)
    unit = town_of(request, request.POST if request.method == "POST" else request.GET)
    kind = text_of(request.POST or request.GET, "kind")
    kind = kind if kind in Grid.Kind.values else Grid.Kind.DUTY
    form = Typed(values={"day": actor.today.isoformat(), "code": text_of(request.GET, "code")})
    if request.method == "POST":
        data = request.POST
        try:
            action = DrawGrid(
                unit or 0, kind, text_of(data, "code"), _given(request), day_of(data, "day"), text_of(data, "basis")
            )
            return _done(request, perform(action, context_of(request)))
        except Problem as problem:
            form = typed(request, "new", problem)
    context: dict[str, Any] = {
        **tabs(actor, "list"), **shown(form, FIELDS), "towns": towns(actor, "grid.edit"), "unit": unit, "kind": kind,
        "kinds": Grid.Kind.choices, "new": True,
    }  # fmt: skip
    if unit is not None:
        context |= _ground(unit, kind, actor.today)
    return render(request, "grids/grid_draw.html", context, status=form.status)


def _ground(unit: int, kind: str, day: Any, extra: list[ToDraw] | None = None) -> dict[str, Any]:
    """What a border is drawn over, and the lists beside it."""
    town = town_shape(unit, day)
    things = [*versions_drawn(day, unit, kind), *(extra or [])]
    return {
        "map": draw(things, town, fixed_lines(unit, day)),
        "villages": lists.villages(unit, day),
        "large_grids": lists.large_grids(unit, day) if kind == Grid.Kind.DUTY else [],
    }


def _standing(request: HttpRequest, pk: int) -> tuple[Grid, GridVersion]:
    grid = grid_of(request, pk, edit=True)
    return grid, current(grid)


@needs("grid.edit")
def grid_edit(request: HttpRequest, pk: int) -> HttpResponse:
    grid, version = _standing(request, pk)
    actor = actor_of(request)
    day = next_day(version, actor.today)
    values = {
        "name": version.name, "residents": version.residents, "village": version.village_id, "large": version.large_id,
        "boundary": as_text(version.boundary), "day": day.isoformat(), "seen": grid.row_version,
    }  # fmt: skip
    form = Typed(values=values)
    if request.method == "POST":
        data = request.POST
        try:
            given, seen = _given(request), whole(data, "seen")
            action = EditGrid(grid.pk, seen, given, day_of(data, "day"), text_of(data, "basis"))
            return _done(request, perform(action, context_of(request)))
        except Problem as problem:
            form = typed(request, "edit", problem)
    context = {**tabs(actor, "list"), **shown(form, FIELDS), "grid": grid, "unit": grid.unit_id, "kind": grid.kind}
    context |= _ground(grid.unit_id, grid.kind, day)
    return render(request, "grids/grid_draw.html", context, status=form.status)


@needs("grid.edit")
def grid_split(request: HttpRequest, pk: int) -> HttpResponse:
    grid, version = _standing(request, pk)
    actor = actor_of(request)
    values = {
        "code": f"{grid.code}-1"[-40:], "code2": f"{grid.code}-2"[-40:], "seen": grid.row_version,
        "day": next_day(version, actor.today).isoformat(),
    }  # fmt: skip
    form = Typed(values=values)
    if request.method == "POST":
        data = request.POST
        try:
            line = line_of(text_or_file(request, "line"))
            counted = residents(data) if text_of(data, "residents") else None
            codes = (text_of(data, "code"), text_of(data, "code2"))
            action = SplitGrid(
                grid.pk, whole(data, "seen"), line, codes, counted, day_of(data, "day"), text_of(data, "basis")
            )
            return _done(request, perform(action, context_of(request)))
        except Problem as problem:
            form = typed(request, "split", problem)
    fields = ("line", "code", "code2", "residents", "day", "basis")
    own = [ToDraw(grid.code, shape(version.boundary), "here", grid.pk)]
    context = {**tabs(actor, "list"), **shown(form, fields), "grid": grid, "version": version, "map": draw(own)}
    return render(request, "grids/grid_split.html", context, status=form.status)


def _pairs(request: HttpRequest) -> list[tuple[int, int]]:
    """The chosen grids, each with the version that was seen."""
    return seen_rows((request.POST if request.method == "POST" else request.GET).getlist("grid"))


@needs("grid.edit")
def grid_merge(request: HttpRequest) -> HttpResponse:
    actor, pairs = actor_of(request), _pairs(request)
    must_edit(actor)
    chosen = visible(actor).filter(pk__in=[pk for pk, _seen in pairs])
    rows = GridVersion.objects.filter(grid__in=chosen, valid_to__isnull=True).select_related("grid")
    versions = list(rows.order_by("grid__code"))
    days = [next_day(one, actor.today) for one in versions]
    code = f"{versions[0].grid.code}-M"[-40:] if versions else ""
    form = Typed(values={"code": code, "day": max(days, default=actor.today).isoformat()})
    if request.method == "POST":
        data = request.POST
        try:
            action = MergeGrids(
                tuple(pairs), text_of(data, "code"), text_of(data, "name"), day_of(data, "day"), text_of(data, "basis")
            )
            return _done(request, perform(action, context_of(request)))
        except Problem as problem:
            form = typed(request, "merge", problem)
    things = [ToDraw(one.grid.code, shape(one.boundary), "here", one.grid_id) for one in versions]
    context = {
        **tabs(actor, "list"), **shown(form, ("code", "name", "day", "basis")), "versions": versions, "pairs": pairs,
        "map": draw(things), "residents": sum(one.residents for one in versions),
    }  # fmt: skip
    return render(request, "grids/grid_merge.html", context, status=form.status)


@needs("grid.edit")
def grid_import(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = Typed(values={"day": actor.today.isoformat(), "kind": Grid.Kind.DUTY})
    if request.method == "POST":
        data = request.POST
        try:
            unit = town_of(request, data)
            rows = grids_of(file_of(request, "file"))
            action = ImportGrids(unit or 0, text_of(data, "kind"), rows, day_of(data, "day"), text_of(data, "basis"))
            change = perform(action, context_of(request))
        except Problem as problem:
            form = typed(request, "import", problem)
        else:
            messages.success(request, _("已导入 %(n)d 个网格。") % {"n": len(rows)})
            return redirect("gridchange_page", change.pk)
    fields = ("unit", "kind", "day", "basis", "file")
    known = {"towns": towns(actor, "grid.edit"), "kinds": Grid.Kind.choices, "unit": town_of(request, request.POST)}
    context = {**tabs(actor, "list"), **shown(form, fields), **known}
    return render(request, "grids/grid_import.html", context, status=form.status)


@needs("grid.view")
def change_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change did, and the form that takes it back."""
    actor = actor_of(request)
    change = get_object_or_404(GridChange.objects.select_related("user", "undoes"), pk=pk)
    grids = touched(change)
    hidden = grids.exclude(pk__in=visible(actor).values("pk")).exists()
    # A change that was taken back before it began has left nothing by which a town could be told from another.
    if hidden or (not grids.exists() and actor.units_for("grid.view") is not None):
        raise Http404
    undone = getattr(change, "undone_by", None)
    day = change.day if change.day >= actor.today else actor.today
    form = Typed(values={"day": day.isoformat()})
    if request.method == "POST":
        try:
            must_edit(actor)
            action = UndoChange(change.pk, day_of(request.POST, "day"), text_of(request.POST, "basis"))
            back = perform(action, context_of(request))
        except Problem as problem:
            form = typed(request, "undo", problem)
        else:
            messages.success(request, _("已撤销,自 %(day)s 起恢复为变更前的网格。") % {"day": back.day})
            return redirect("grid_list")
    context = {
        **tabs(actor, "list"), **shown(form, ("day", "basis")), "change": change, "undone": undone,
        "begun": first(change.begun.select_related("grid").defer("boundary").order_by("grid__code", "pk"), SHOWN),
        "ended": first(change.ended.select_related("grid").defer("boundary").order_by("grid__code", "pk"), SHOWN),
        "may_undo": actor.may("grid.edit") and undone is None and change.kind != GridChange.Kind.UNDO,
    }  # fmt: skip
    return render(request, "grids/change.html", context, status=form.status)
