"""The towns of the example county as polygons, drawn from a seed: neighbours share their borders exactly."""

from __future__ import annotations

import random
from typing import Any

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry import mapping

# Nowhere in particular: open sea, so that nobody takes the outlines for those of a real county.
CENTRE = (124.2, 24.6)
RADIUS = 0.32


def town_boundaries(names: list[str], seed: int) -> dict[str, dict[str, Any]]:
    """GeoJSON polygons in degrees, one for each name, that cover one county without gaps."""
    rng = random.Random(seed)
    county = _outline(rng)
    cells = voronoi_polygons(MultiPoint(_seats(county, len(names), rng)), extend_to=county)
    clipped = sorted((cell.intersection(county) for cell in cells.geoms), key=lambda c: (-c.centroid.y, c.centroid.x))
    return {name: _rounded(cell) for name, cell in zip(names, clipped, strict=True)}


def _outline(rng: random.Random) -> Polygon:
    """A county that is round, but not too round."""
    from math import cos, pi, sin

    points = []
    for i in range(36):
        angle = 2 * pi * i / 36
        r = RADIUS * (0.85 + 0.12 * sin(3 * angle + 1) + rng.uniform(-0.04, 0.04))
        points.append((CENTRE[0] + 1.15 * r * cos(angle), CENTRE[1] + r * sin(angle)))
    return Polygon(points)


def _seats(county: Polygon, count: int, rng: random.Random) -> list[Point]:
    """Points that lie well apart, so that no town is a sliver."""
    left, bottom, right, top = county.bounds
    seats: list[Point] = []
    apart = RADIUS * 0.75
    while len(seats) < count:
        point = Point(rng.uniform(left, right), rng.uniform(bottom, top))
        if county.contains(point) and all(point.distance(seat) > apart for seat in seats):
            seats.append(point)
        apart *= 0.999
    return seats


def _rounded(cell: Polygon) -> dict[str, Any]:
    shape = mapping(cell)
    ring = [[round(x, 5), round(y, 5)] for x, y in shape["coordinates"][0]]
    return {"type": "Polygon", "coordinates": [ring]}
