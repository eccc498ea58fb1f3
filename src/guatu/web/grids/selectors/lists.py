"""The list of grids of a day, and the page of one with its history."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from shapely.geometry import shape

from guatu.core.grids.boundary import Drawn, area_m2, check_border
from guatu.web.base.actors import Actor
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import UnitTree, on_day, unit_tree
from guatu.web.grids.models import Grid, GridChange, GridRating, GridVersion, RatingRun
from guatu.web.grids.selectors.standing import cap_of, standing, surroundings, visible
from guatu.web.grids.words import said

HECTARE = 10_000


@dataclass(frozen=True)
class GridFilter:
    day: datetime.date
    unit: int | None = None
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class GridRow:
    version: GridVersion
    town: str
    village: str
    hectares: float
    over: bool
    """More residents than the limit."""


def filtered(actor: Actor, wanted: GridFilter) -> QuerySet[GridVersion]:
    rows = standing(wanted.day).filter(grid__in=visible(actor)).select_related("large")
    if wanted.unit is not None:
        rows = rows.filter(grid__unit_id=wanted.unit)
    if wanted.kind:
        rows = rows.filter(grid__kind=wanted.kind)
    if wanted.text:
        rows = rows.filter(Q(name__icontains=wanted.text) | Q(grid__code__icontains=wanted.text))
    return rows


def grid_rows(versions: Sequence[GridVersion], day: datetime.date) -> list[GridRow]:
    tree, names = unit_tree(day), village_names(day, {one.village_id for one in versions if one.village_id})
    caps = {kind: cap_of(kind, day) for kind in Grid.Kind.values}
    return [_row(one, tree, names, caps[one.grid.kind]) for one in versions]


def _row(version: GridVersion, tree: UnitTree, names: dict[int, str], cap: int | None) -> GridRow:
    hectares = round(area_m2(shape(version.boundary)) / HECTARE, 1)
    over = cap is not None and version.residents > cap
    return GridRow(version, tree.label(version.grid.unit_id), names.get(version.village_id or 0, ""), hectares, over)


def village_names(day: datetime.date, wanted: set[int]) -> dict[int, str]:
    if not wanted:
        return {}
    return dict(PlaceVersion.objects.filter(on_day(day), place_id__in=wanted).values_list("place_id", "name"))


def villages(unit_id: int, day: datetime.date) -> list[tuple[int, str]]:
    """Villages of a town, by name."""
    node = unit_tree(day).nodes.get(unit_id)
    if node is None or node.place_id is None:
        return []
    rows = PlaceVersion.objects.filter(on_day(day), parent_id=node.place_id, level="village").order_by("name")
    return list(rows.values_list("place_id", "name"))


def large_grids(unit_id: int, day: datetime.date) -> list[tuple[int, str]]:
    rows = standing(day).filter(grid__unit_id=unit_id, grid__kind=Grid.Kind.LARGE)
    return list(rows.values_list("grid_id", "grid__code"))


def checks(version: GridVersion, day: datetime.date) -> list[tuple[str, str]]:
    """What is wrong with a grid where it lies: severity and words."""
    grid = version.grid
    around = surroundings(grid.kind, grid.unit_id, day, {grid.pk})
    found = check_border(Drawn(grid.code, shape(version.boundary)), around, version.residents, cap_of(grid.kind, day))
    return [(one.severity, said(one)) for one in found]


@dataclass(frozen=True)
class HistoryRow:
    version: GridVersion
    from_grids: list[Grid]
    """Grids that ended by the change by which this version began, itself left out."""
    into_grids: list[Grid]
    """Grids that began by the change by which it ended."""


def history(grid: Grid) -> list[HistoryRow]:
    """Versions from the newest on, with the grids that they came from and went into."""
    rows = list(grid.versions.select_related("begun_by__user", "ended_by__user").order_by("-valid_from"))
    changes = {one.begun_by_id for one in rows} | {one.ended_by_id for one in rows if one.ended_by_id}
    others = GridVersion.objects.exclude(grid=grid).select_related("grid").defer("boundary")
    begun: dict[int, list[Grid]] = {}
    ended: dict[int, list[Grid]] = {}
    for one in others.filter(Q(begun_by__in=changes) | Q(ended_by__in=changes)).order_by("grid__code"):
        begun.setdefault(one.begun_by_id, []).append(one.grid)
        ended.setdefault(one.ended_by_id or 0, []).append(one.grid)
    return [_history_row(one, begun, ended) for one in rows]


def _history_row(version: GridVersion, begun: dict[int, list[Grid]], ended: dict[int, list[Grid]]) -> HistoryRow:
    """An import touches many grids that have nothing to do with each other."""
    together = (GridChange.Kind.SPLIT, GridChange.Kind.MERGE, GridChange.Kind.UNDO)
    first = ended.get(version.begun_by_id, []) if version.begun_by.kind in together else []
    by = version.ended_by
    return HistoryRow(version, first, begun.get(by.pk, []) if by is not None and by.kind in together else [])


def ratings_of(grid: Grid, drafts: bool) -> list[GridRating]:
    """The ratings of a grid, the newest first; drafts only for who makes them."""
    rows = GridRating.objects.filter(version__grid=grid).select_related("run").order_by("-run__month")
    return list((rows if drafts else rows.filter(run__state=RatingRun.State.PUBLISHED))[:24])
