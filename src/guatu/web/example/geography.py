"""Towns and villages of the example county as polygons, drawn from a seed: neighbours share their borders exactly."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import cos, pi, sin, sqrt
from typing import Any

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry import mapping, shape

# Nowhere in particular: open sea, so that nobody takes the outlines for those of a real county.
CENTRE = (131.0, 21.5)
RADIUS = 0.32


def town_boundaries(names: list[str], seed: int) -> dict[str, dict[str, Any]]:
    """GeoJSON polygons in degrees, one for each name, that cover one county without gaps."""
    rng = random.Random(seed)
    return _divided(_outline(rng), names, RADIUS * 0.75, rng)


def village_boundaries(town: dict[str, Any], names: Sequence[str], seed: int) -> dict[str, dict[str, Any]]:
    """GeoJSON polygons in degrees, one for each name, that cover one town without gaps."""
    whole = shape(town)
    return _divided(whole, names, sqrt(whole.area / len(names)), random.Random(seed))


def _divided(whole: Polygon, names: Sequence[str], apart: float, rng: random.Random) -> dict[str, dict[str, Any]]:
    cells = voronoi_polygons(MultiPoint(_seats(whole, len(names), apart, rng)), extend_to=whole)
    clipped = sorted((cell.intersection(whole) for cell in cells.geoms), key=lambda c: (-c.centroid.y, c.centroid.x))
    return {name: _rounded(cell) for name, cell in zip(names, clipped, strict=True)}


def _outline(rng: random.Random) -> Polygon:
    """A county that is round, but not too round."""
    points = []
    for i in range(36):
        angle = 2 * pi * i / 36
        r = RADIUS * (0.85 + 0.12 * sin(3 * angle + 1) + rng.uniform(-0.04, 0.04))
        points.append((CENTRE[0] + 1.15 * r * cos(angle), CENTRE[1] + r * sin(angle)))
    return Polygon(points)


def _seats(whole: Polygon, count: int, apart: float, rng: random.Random) -> list[Point]:
    """Points that lie well apart, so that no part is a sliver."""
    left, bottom, right, top = whole.bounds
    seats: list[Point] = []
    while len(seats) < count:
        point = Point(rng.uniform(left, right), rng.uniform(bottom, top))
        if whole.contains(point) and all(point.distance(seat) > apart for seat in seats):
            seats.append(point)
        apart *= 0.999
    return seats


def _rounded(cell: Polygon) -> dict[str, Any]:
    ring = [[round(x, 5), round(y, 5)] for x, y in mapping(cell)["coordinates"][0]]
    return {"type": "Polygon", "coordinates": [ring]}
