"""A small map: boundaries in degrees become paths of an SVG picture.

The county is small enough for an equirectangular projection at its middle latitude: distances are right to about one
part in a thousand over a hundred kilometres, far less than a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

WIDTH = 600.0
MARGIN = 6.0
LEAST_STEP = 0.6
"""Points nearer to the last one than this many pixels are left out."""
LEAST_LABEL = 26.0
"""A place narrower than this many pixels is drawn without its name."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One place: its path, and where its name is written (None where there is no room)."""

    id: int
    name: str
    path: str
    label: Point | None


@dataclass(frozen=True)
class Outline:
    width: int
    height: int
    shapes: list[Shape]
    undrawn: int = 0
    """Places with a boundary that are too many for the picture."""


def outline(places: Iterable[tuple[int, str, dict[str, Any]]]) -> Outline | None:
    """The picture of places given as id, name and GeoJSON geometry; None where there is nothing to draw."""
    rings = [(id_, name, list(_rings(geometry))) for id_, name, geometry in places]
    points = [point for _id, _name, parts in rings for ring in parts for point in ring]
    if not points:
        return None
    project, height = _projection(points)
    shapes = [_shape(id_, name, [[project(p) for p in ring] for ring in parts]) for id_, name, parts in rings if parts]
    return Outline(int(WIDTH), math.ceil(height), shapes)


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(x), float(y)) for x, y, *_height in ring]


def _projection(points: list[Point]) -> tuple[Any, float]:
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # A degree of longitude is shorter than one of latitude by the cosine of where it is; at a pole it is nothing.
    squeeze = math.cos(math.radians((south + north) / 2)) or 1.0
    across, up = (east - west) * squeeze, north - south
    scale = (WIDTH - 2 * MARGIN) / max(across, up, 1e-9)
    left = (WIDTH - across * scale) / 2

    def project(point: Point) -> Point:
        return left + (point[0] - west) * squeeze * scale, MARGIN + (north - point[1]) * scale

    return project, up * scale + 2 * MARGIN


def _shape(id_: int, name: str, rings: list[list[Point]]) -> Shape:
    path = "".join(_path(ring) for ring in rings)
    largest = max(rings, key=lambda ring: abs(_area(ring)))
    wide = max(x for x, _ in largest) - min(x for x, _ in largest)
    return Shape(id_, name, path, _middle(largest) if wide >= LEAST_LABEL else None)


def _path(ring: list[Point]) -> str:
    kept = [ring[0]]
    # The last point is the first again, which `Z` says.
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= LEAST_STEP:
            kept.append(point)
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"


def _area(ring: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _middle(ring: list[Point]) -> Point:
    """The centroid of a ring; the mean of its points where it has no area."""
    area = _area(ring)
    if abs(area) < 1e-6:
        return round(sum(x for x, _ in ring) / len(ring), 1), round(sum(y for _, y in ring) / len(ring), 1)
    pairs = list(pairwise(ring))
    x = sum((a[0] + b[0]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    return round(x, 1), round(y, 1)
