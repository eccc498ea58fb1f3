"""Where a case lies: its town or village by the borders of the directory."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache

import shapely
from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from guatu.core.cases.routing.position import Area, PositionIndex, locate_on_levels
from guatu.core.fields.geometry import Spatial
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.base.dated import on_day
from guatu.web.base.hooks import Hooks
from guatu.web.base.parsing import taken
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import PlaceVersion

# The most specific first.
LEVELS = ("village", "town", "county")
Stamp = tuple[int, int, int]


def position_of(lon: float | None, lat: float | None, on: datetime.date) -> int | None:
    """The place of a position in degrees; None where there is no position, or the county has drawn no borders.

    Raises `Invalid` for what is no position on Earth, and for a position outside of the borders that are drawn.
    """
    if lon is None and lat is None:
        return None
    if lon is None or lat is None:
        raise Invalid(_("请同时填写经度和纬度。"), field="position", code="case.position-incomplete")
    taken(Spatial().read({"type": "Point", "coordinates": [lon, lat]}), "position")
    indexes = _indexes(on, _stamp())
    for found in locate_on_levels(indexes, lon, lat).path:
        return int(found)
    if indexes:
        raise Invalid(_("这个位置不在本县范围内,请核对经纬度。"), field="position", code="case.position-outside")
    return None


GridIndex = Callable[[datetime.date], PositionIndex | None]
_grids: Hooks[GridIndex] = Hooks()
grids_by = _grids.add
"""The app that keeps the grids says here which index answers for a day."""


def grid_of(lon: float | None, lat: float | None, on: datetime.date) -> Explained[str] | Unknown | None:
    """The code of the grid at a position with its reason, or why there is none; None where no app keeps grids."""
    keeper = _grids.last()
    if keeper is None or lon is None or lat is None:
        return None
    index = keeper(on)
    return None if index is None else index.locate_one(lon, lat)


def frame(on: datetime.date) -> tuple[float, float, float, float] | None:
    """West, south, east and north of all borders that are drawn; None where there are none."""
    shapes = [shape for _level, rows in _drawn(on, _stamp()) for _pk, shape in rows]
    if not shapes:
        return None
    west, south, east, north = (float(v) for v in shapely.total_bounds(shapes))
    return west, south, east, north


def borders(on: datetime.date) -> shapely.Geometry | None:
    """All that the drawn borders hold, as one area; None where there are none."""
    return _whole(on, _stamp())


def outlines(on: datetime.date) -> list[list[tuple[float, float]]]:
    """The rings of towns, or of the widest level that is drawn, for a plain map."""
    levels = dict(_drawn(on, _stamp()))
    rows = levels.get("town") or levels.get("county") or levels.get("village") or []
    rings = []
    for _pk, shape in rows:
        for part in getattr(shape, "geoms", [shape]):
            rings.append([(float(x), float(y)) for x, y in part.exterior.coords])
    return rings


def _stamp() -> Stamp:
    """Changes when a border is added or redrawn, so that what was read before is dropped. Each change raises a
    version."""
    found = PlaceVersion.objects.aggregate(last=Max("id"), count=Count("boundary"), seen=Sum("place__row_version"))
    return found["last"] or 0, found["count"], found["seen"] or 0


@lru_cache(maxsize=4)
def _drawn(on: datetime.date, stamp: Stamp) -> list[tuple[str, list[tuple[int, shapely.Geometry]]]]:
    rows = PlaceVersion.objects.filter(on_day(on), boundary__isnull=False).values_list("place_id", "level", "boundary")
    by_level: dict[str, list[tuple[int, shapely.Geometry]]] = {}
    for pk, level, boundary in rows:
        try:
            shape = shapely.geometry.shape(boundary)
        except (ValueError, TypeError, AttributeError, KeyError):
            continue
        if shape.geom_type in ("Polygon", "MultiPolygon") and shape.is_valid and not shape.is_empty:
            by_level.setdefault(level, []).append((pk, shape))
    return [(level, by_level[level]) for level in LEVELS if level in by_level]


@lru_cache(maxsize=4)
def _indexes(on: datetime.date, stamp: Stamp) -> list[PositionIndex]:
    return [
        PositionIndex([Area(str(pk), shapely.to_wkb(shape)) for pk, shape in rows], level)
        for level, rows in _drawn(on, stamp)
    ]


@lru_cache(maxsize=4)
def _whole(on: datetime.date, stamp: Stamp) -> shapely.Geometry | None:
    shapes = [shape for _level, rows in _drawn(on, stamp) for _pk, shape in rows]
    return shapely.union_all(shapes) if shapes else None
