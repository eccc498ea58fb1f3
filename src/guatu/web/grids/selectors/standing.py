"""The grids that stand on a day, and their shapes. What is read is kept until a grid changes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from django.db.models import QuerySet
from shapely.geometry import shape as shape_from

from guatu.core.cases.routing.position import Area, PositionIndex
from guatu.core.grids.boundary import Drawn, Surroundings
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.settings_table import setting
from guatu.web.cases.position import grids_by
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.grids.models import FixedBorder, Grid, GridChange, GridVersion


def visible(actor: Actor) -> QuerySet[Grid]:
    """Grids of the towns that the actor may see."""
    if actor.user is None or not actor.may("grid.view"):
        return Grid.objects.none()
    units = actor.units_for("grid.view")
    return Grid.objects.all() if units is None else Grid.objects.filter(unit_id__in=units)


def standing(day: datetime.date) -> QuerySet[GridVersion]:
    return GridVersion.objects.filter(on_day(day)).select_related("grid").order_by("grid__code")


def towns(actor: Actor, permission: str = "grid.view") -> list[tuple[int, str]]:
    """Towns for which a permission is held, in the order of the directory."""
    units = actor.units_for(permission) if actor.may(permission) else frozenset()
    found = unit_tree(actor.today).of_category("town")
    return [(node.id, node.label) for node in found if units is None or node.id in units]


Stamp = tuple[int, datetime.datetime] | None


@dataclass(frozen=True)
class Standing:
    """A grid on a day, with its shape (Shapely, degrees)."""

    version_id: int
    grid_id: int
    code: str
    kind: str
    unit_id: int
    shape: Any


def stamp() -> Stamp:
    """Changes whenever any grid does: every change is a row of its own. The time tells a number that is given anew."""
    return GridChange.objects.order_by("-id").values_list("id", "at").first()


def shapes_on(day: datetime.date) -> tuple[Standing, ...]:
    return _shapes(day, stamp())


@lru_cache(maxsize=4)
def _shapes(day: datetime.date, last: Stamp) -> tuple[Standing, ...]:
    rows = standing(day).values_list("id", "grid_id", "grid__code", "grid__kind", "grid__unit_id", "boundary")
    return tuple(
        Standing(pk, grid, code, kind, unit, shape_from(border)) for pk, grid, code, kind, unit, border in rows
    )


def grid_index(day: datetime.date, kind: str = Grid.Kind.DUTY) -> PositionIndex:
    """Positions to codes of the grids of a kind that stand on the day; kept until a grid changes."""
    return _index(day, kind, stamp())


grids_by(grid_index)


@lru_cache(maxsize=4)
def _index(day: datetime.date, kind: str, last: Stamp) -> PositionIndex:
    rows = [one for one in _shapes(day, last) if one.kind == kind]
    return PositionIndex([Area(one.code, shapely.to_wkb(one.shape)) for one in rows], level="grid")


def town_shape(unit_id: int, day: datetime.date) -> Any:
    """The border of a town in the directory; None where none is drawn or it is no valid polygon."""
    node = unit_tree(day).nodes.get(unit_id)
    if node is None or node.place_id is None:
        return None
    version = PlaceVersion.objects.filter(on_day(day), place_id=node.place_id, boundary__isnull=False).first()
    if version is None:
        return None
    try:
        found = shape_from(version.boundary)
    except (ValueError, TypeError, AttributeError, KeyError):
        return None
    return found if found.geom_type in ("Polygon", "MultiPolygon") and found.is_valid else None


def fixed_lines(unit_id: int, day: datetime.date) -> dict[str, Any]:
    """Fixed borders of a town by name; those of one name are one line."""
    lines: dict[str, list[Any]] = {}
    for row in FixedBorder.objects.filter(on_day(day), unit_id=unit_id).order_by("id"):
        lines.setdefault(row.name, []).append(shape_from(row.line))
    return {name: shapely.union_all(several) for name, several in lines.items()}


def cap_of(kind: str, day: datetime.date) -> int | None:
    """Residents that a grid of the kind may have; only duty grids have a limit."""
    return int(setting("grids.most-residents", day)) if kind == Grid.Kind.DUTY else None


def surroundings(kind: str, unit_id: int, day: datetime.date, without: set[int]) -> Surroundings:
    """What a border of a kind is held against, without the grids that the change itself ends."""
    others = [Drawn(one.code, one.shape) for one in shapes_on(day) if one.kind == kind and one.grid_id not in without]
    fixed = fixed_lines(unit_id, day) if kind == Grid.Kind.DUTY else {}
    return Surroundings(tuple(others), town_shape(unit_id, day), fixed)


def forget() -> None:
    """Drops what is kept, for tests whose databases begin anew."""
    _shapes.cache_clear()
    _index.cache_clear()
