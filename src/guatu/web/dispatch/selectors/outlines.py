"""Outlines of the towns, fitted into a picture."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from math import cos, radians
from typing import Any

from guatu.web.base.dated import on_day
from guatu.web.base.prepared import Prepared
from guatu.web.directory.models import PlaceVersion
from guatu.web.dispatch.selectors.sealing import Outline

_outlines: Prepared[tuple[int, str, Any]] = Prepared(
    lambda day: PlaceVersion.objects.filter(on_day(day), level="town", boundary__isnull=False).values_list(
        "place_id", "name", "boundary"
    ),
    day=datetime.date,
)


def outlines(on: datetime.date) -> tuple[Outline, ...]:
    """All towns of a day in a box of 1000 by 800, north up."""
    shapes = [(place, name, _rings(boundary)) for place, name, boundary in _outlines(day=on)]
    points = [p for _, _, rings in shapes for ring in rings for p in ring]
    if not points:
        return ()
    fit = _Fit(points)
    return tuple(Outline(place, name, fit.path(rings), fit.centre(rings)) for place, name, rings in shapes)


Ring = list[tuple[float, float]]


def _rings(boundary: Mapping[str, Any]) -> list[Ring]:
    """Outer rings of a GeoJSON polygon or multipolygon."""
    if boundary.get("type") == "Polygon":
        return [[(p[0], p[1]) for p in boundary["coordinates"][0]]]
    return [[(p[0], p[1]) for p in polygon[0]] for polygon in boundary.get("coordinates", [])]


class _Fit:
    """Degrees to the picture; longitudes shrink by the cosine of the latitude, as on a plain map of a county."""

    def __init__(self, points: Ring, width: float = 1000, height: float = 800) -> None:
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        self.left, self.top = min(xs), max(ys)
        self.squeeze = cos(radians((min(ys) + max(ys)) / 2))
        across = (max(xs) - min(xs)) * self.squeeze or 1
        up = (max(ys) - min(ys)) or 1
        self.scale = min(width / across, height / up)

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x = (point[0] - self.left) * self.squeeze * self.scale
        return round(x, 1), round((self.top - point[1]) * self.scale, 1)

    def path(self, rings: list[Ring]) -> str:
        return "".join("M" + "L".join(f"{x} {y}" for x, y in map(self.at, ring)) + "Z" for ring in rings)

    def centre(self, rings: list[Ring]) -> tuple[float, float]:
        ring = max(rings, key=len)
        inner = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
        return self.at((sum(p[0] for p in inner) / len(inner), sum(p[1] for p in inner) / len(inner)))
