"""Residential units that nobody lives in, for the example county and to try a partition with: cells that fill a
town."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import shapely

from guatu.core.grids.boundary import shares

# How many people live in a cell, against others: most are small.
_LEAST, _MOST = 1.0, 9.0


@dataclass(frozen=True)
class FictionalUnit:
    key: str
    residents: int
    shape: Any


def fictional_units(town: Any, count: int, seed: int, residents: int = 0) -> list[FictionalUnit]:
    """About `count` cells that cover the town without gaps; they have `residents` together, or 400 each in the mean."""
    rng = random.Random(seed)
    cells = _cells(town, count, rng)
    weights = [_LEAST + (_MOST - _LEAST) * rng.random() ** 2 for _ in cells]
    people = shares(residents or 400 * len(cells), weights)
    return [FictionalUnit(f"J{at:03}", n, cell) for at, (cell, n) in enumerate(zip(cells, people, strict=True), 1)]


def _cells(town: Any, count: int, rng: random.Random) -> list[Any]:
    """Voronoi cells of jittered points, from north to south; slivers at the rim go to nobody."""
    west, south, east, north = town.bounds
    step = (town.area / count) ** 0.5
    points = []
    y = south + step / 2
    while y < north:
        x = west + step / 2
        while x < east:
            point = shapely.Point(x + rng.uniform(-0.3, 0.3) * step, y + rng.uniform(-0.3, 0.3) * step)
            if town.contains(point):
                points.append(point)
            x += step
        y += step
    seats = shapely.MultiPoint(points or [town.representative_point()])
    cells = [seats.envelope] if len(points) < 2 else list(shapely.voronoi_polygons(seats, extend_to=town).geoms)
    clipped = [town if len(points) < 2 else cell.intersection(town) for cell in cells]
    whole = [_largest(cell) for cell in clipped if not cell.is_empty]
    return sorted(whole, key=lambda cell: (-cell.centroid.y, cell.centroid.x))


def _largest(cell: Any) -> Any:
    parts = [part for part in getattr(cell, "geoms", [cell]) if part.geom_type == "Polygon"]
    return shapely.set_precision(max(parts, key=lambda part: part.area), 1e-7)
