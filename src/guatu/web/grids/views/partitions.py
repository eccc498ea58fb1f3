"""Computed partitions: what goes in, how far the work is, the proposal beside the greedy baseline, accepting it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.grids.actions.accept_partition import AcceptPartition, DiscardPartition
from guatu.web.grids.actions.compute_partition import ComputePartition
from guatu.web.grids.fictional import fictional_units
from guatu.web.grids.models import Partition
from guatu.web.grids.selectors.maps import draw, stored
from guatu.web.grids.selectors.partitions import PARTITIONS, visible_partitions
from guatu.web.grids.selectors.standing import town_shape, towns
from guatu.web.grids.uploads import units_of
from guatu.web.grids.views.common import DAY, file_of, must_edit, residents, shown, tabs, town_of
from guatu.web.grids.words import shown as words_of
from guatu.web.kit.downloads import attached
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole

FIELDS = ("unit", "file", "counts", "cap", "large", "seed")
COLOURS = ("a", "b", "c", "d", "e", "f")
EXAMPLE_UNITS, EXAMPLE_SEED = 120, 7


@needs("grid.view")
def partition_list(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    form = Typed(values={"cap": 3000, "large": 4, "seed": actor.today.isoformat()})
    if request.method == "POST":
        must_edit(actor)
        data = request.POST
        try:
            units = units_of(file_of(request, "file"), file_of(request, "counts"))
            action = ComputePartition(
                town_of(request, data) or 0, units, residents(data, "cap"), residents(data, "large"),
                text_of(data, "seed"),
            )  # fmt: skip
            return redirect("partition_page", perform(action, context_of(request)).pk)
        except Problem as problem:
            form = typed(request, "compute", problem)
    known = {"towns": towns(actor, "grid.edit"), "unit": town_of(request, request.POST)}
    context = {**tabs(actor, "partition"), **shown(form, FIELDS), **known}
    return table_page(request, PARTITIONS, "grids/partition_list.html", context, form.status)


@needs("grid.view")
def partition_page(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    made: Partition = get_object_or_404(visible_partitions(actor), pk=pk)
    town = unit_tree(actor.today).nodes.get(made.unit_id)
    prefix = f"{town.code if town else made.unit_id}-{made.pk}"[:20]
    form = Typed(values={"day": (actor.today + DAY).isoformat(), "prefix": prefix})
    if request.method == "POST":
        must_edit(actor, made.unit_id)
        try:
            return _decided(request, made)
        except Problem as problem:
            form = typed(request, "accept", problem)
    outcome = made.outcome
    colours = {row["key"]: COLOURS[at % len(COLOURS)] for at, row in enumerate(outcome.get("large", []))}
    things = stored(outcome.get("grids", []), colours) or stored(made.units)
    fixed = {f"{at}": shape(row["line"]) for at, row in enumerate(made.fixed)}
    context = {
        **tabs(actor, "partition"), **shown(form, ("day", "prefix", "basis")), "made": made, "outcome": outcome,
        "town": town.label if town else "", "map": draw(things, None, fixed), "rows": outcome.get("grids", []),
        "findings": words_of(outcome.get("findings", [])), "compared": _compared(outcome),
        "may_decide": actor.may("grid.edit", made.unit_id) and made.state in ("done", "failed"),
    }  # fmt: skip
    return render(request, "grids/partition.html", context, status=form.status)


def _decided(request: HttpRequest, made: Partition) -> HttpResponse:
    data = request.POST
    seen = whole(data, "seen")
    if text_of(data, "act") == "discard":
        perform(DiscardPartition(made.pk, seen), context_of(request))
        messages.success(request, _("已放弃这个方案。"))
        return redirect("partition_list")
    action = AcceptPartition(made.pk, seen, day_of(data, "day"), text_of(data, "prefix"), text_of(data, "basis"))
    done = perform(action, context_of(request))
    change = done.accepted_as
    if change is None:
        raise Http404
    messages.success(request, _("已采纳,新网格自 %(day)s 起生效。") % {"day": change.day})
    return redirect("gridchange_page", change.pk)


def _compared(outcome: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each figure of the proposal beside that of the greedy baseline."""
    mine, theirs = outcome.get("balance"), outcome.get("greedy")
    if not mine or not theirs:
        return []
    rows = [
        (_("网格数"), "grids"), (_("下界(人数 ÷ 上限)"), "lower_bound"), (_("最少的一格(人)"), "least"),
        (_("最多的一格(人)"), "most"), (_("平均每格(人)"), "mean"), (_("人数标准差"), "deviation"),
        (_("内部边界占比"), "inner_share"), (_("圆整度(圆为 1)"), "roundness"),
    ]  # fmt: skip
    return [(name, _rounded(mine[key]), _rounded(theirs[key])) for name, key in rows]


def _rounded(value: float | None) -> float | None:
    return value if value is None or isinstance(value, int) else round(value, 2 if value < 10 else 0)


@needs("grid.edit")
def example(request: HttpRequest) -> HttpResponse:
    """Invented residential units inside of the town, to try the page with."""
    actor = actor_of(request)
    unit = town_of(request, request.GET) or id_or_none(request.GET, "unit") or 0
    town = town_shape(unit, actor.today) if actor.may("grid.edit", unit) else None
    if town is None:
        raise Http404
    features = [
        {
            "type": "Feature",
            "geometry": mapping(one.shape),
            "properties": {"code": one.key, "residents": one.residents},
        }
        for one in fictional_units(town, EXAMPLE_UNITS, EXAMPLE_SEED)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    return attached(data, "units.geojson", "application/geo+json")
