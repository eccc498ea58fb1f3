"""Computed partitions: what goes in, how far the work is, the proposal beside the greedy baseline, accepting it."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import mapping, shape

from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.grids.actions.accept_partition import AcceptPartition, DiscardPartition
from guatu.web.grids.actions.compute_partition import ComputePartition
from guatu.web.grids.fictional import fictional_units
from guatu.web.grids.models import Partition
from guatu.web.grids.selectors.maps import draw, stored
from guatu.web.grids.selectors.partitions import COMPARED, PARTITIONS, PROPOSED, visible_partitions
from guatu.web.grids.selectors.standing import town_shape, towns
from guatu.web.grids.uploads import units_of
from guatu.web.grids.views.common import DAY, file_of, must_edit, residents, rights, town_of
from guatu.web.grids.words import shown as words_of
from guatu.web.kit.downloads import attached
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import id_or_none, text_of

COLOURS = ("a", "b", "c", "d", "e", "f")
EXAMPLE_UNITS, EXAMPLE_SEED = 120, 7


def _asked(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    must_edit(actor_of(request))
    return {
        "units": units_of(file_of(request, "file"), file_of(request, "counts")),
        "unit_id": town_of(request, data) or 0,
        "cap": residents(data, "cap"),
        "large": residents(data, "large"),
    }


@page(
    "grid.view",
    "grids/partition_list.html",
    PARTITIONS,
    sends=Sends(
        Form("compute", "", ComputePartition, said=gettext_lazy("已开始计算。")),
        lambda made: reverse("partition_page", args=[made.pk]),
        first=lambda request: {"cap": 3000, "large": 4, "seed": actor_of(request).today.isoformat()},
        known=_asked,
    ),
)
def partition_list(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {**rights(actor), "towns": towns(actor, "grid.edit"), "unit": town_of(request, request.POST)}


def _made(request: HttpRequest, pk: int) -> Partition:
    made: Partition = get_object_or_404(visible_partitions(actor_of(request)), pk=pk)
    return made


@page("grid.view", "grids/partition.html")
def partition_page(request: HttpRequest, pk: int, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    actor, made = actor_of(request), _made(request, pk)
    if request.method == "POST" and form is NOTHING:
        must_edit(actor, made.unit_id)
        return _decided(request, made)
    town = unit_tree(actor.today).nodes.get(made.unit_id)
    prefix = f"{town.code if town else made.unit_id}-{made.pk}"[:20]
    outcome = made.outcome
    colours = {row["key"]: COLOURS[at % len(COLOURS)] for at, row in enumerate(outcome.get("large", []))}
    things = stored(outcome.get("grids", []), colours) or stored(made.units)
    fixed = {f"{at}": shape(row["line"]) for at, row in enumerate(made.fixed)}
    return {
        **({"typed": {"day": actor.today + DAY, "prefix": prefix}} if form is NOTHING else {}),
        "made": made,
        "outcome": outcome,
        "town": town.label if town else "",
        "map": draw(things, None, fixed),
        "rows": outcome.get("grids", []),
        "row_columns": PROPOSED,
        "total": {"residents": outcome.get("residents")},
        "findings": words_of(outcome.get("findings", [])),
        "compared": _compared(outcome),
        "compared_columns": COMPARED,
        "may_decide": actor.may("grid.edit", made.unit_id) and made.state in ("done", "failed"),
    }


def _decided(request: HttpRequest, made: Partition) -> HttpResponseBase:
    discards = text_of(request.POST, "act") == "discard"
    action: Any = DiscardPartition if discards else AcceptPartition
    return sent(
        request,
        lambda: Form("accept", "", action).read(request, partition_id=made.pk),
        lambda form: partition_page(request, made.pk, form=form),
        _after,
        _said,
        "accept",
    )


def _after(made: Partition) -> str:
    change = made.accepted_as_id
    return reverse("gridchange_page", args=[change]) if change else reverse("partition_list")


def _said(made: Partition) -> str:
    change = made.accepted_as
    return _("已采纳,新网格自 %(day)s 起生效。") % {"day": change.day} if change else _("已放弃这个方案。")


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
