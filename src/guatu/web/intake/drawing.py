"""Polygons over the borders of the county, as points of a plain drawing: width is 600, north is up."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from guatu.web.cases.position import frame, outlines

WIDTH = 600.0
MARGIN, LEAST_DEGREES = 0.15, 0.0004
Ring = Sequence[Sequence[float]]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A polygon as a path, with a dot in its middle, for what is too small to be seen."""

    row: int
    number: str
    state: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    height: float
    rings: list[str]
    """Borders."""
    shapes: list[Drawn] = field(default_factory=list)
    beyond: int = 0
    """Polygons that lie too far off to be drawn."""


class _Scale:
    def __init__(self, box: Box) -> None:
        west, south, east, north = box
        self.west, self.north = west, north
        self.x = WIDTH / max(east - west, 1e-9)
        self.y = self.x / max(math.cos(math.radians((north + south) / 2)), 0.05)
        self.height = round((north - south) * self.y, 1)

    def points(self, ring: Ring) -> str:
        return " ".join(f"{(p[0] - self.west) * self.x:.1f},{(self.north - p[1]) * self.y:.1f}" for p in ring)

    def path(self, rings: Iterable[Ring]) -> str:
        return " ".join(f"M{self.points(ring)}Z" for ring in rings)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.west) * self.x, 1), round((self.north - y) * self.y, 1)


def county_map(shapes: Sequence[dict[str, Any]], on: datetime.date) -> Drawing | None:
    """All patches over the county; None where there is nothing to draw."""
    boxes = [_box(shape["rings"]) for shape in shapes]
    bounds = frame(on)
    box = _wider(bounds) if bounds else (_wider(_around(boxes)) if boxes else None)
    if box is None:
        return None
    scale = _Scale(box)
    drawn = []
    for shape, of in zip(shapes, boxes, strict=True):
        x, y = (of[0] + of[2]) / 2, (of[1] + of[3]) / 2
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            place = scale.at(x, y)
            drawn.append(Drawn(shape["row"], shape["number"], shape["state"], scale.path(shape["rings"]), *place))
    return Drawing(scale.height, [scale.points(ring) for ring in outlines(on)], drawn, len(shapes) - len(drawn))


def close_map(geometry: dict[str, Any], on: datetime.date) -> Drawing:
    """One polygon from near by, over the borders that cross the picture."""
    rings = rings_of(geometry)
    box = _wider(_box(rings), 1.0)
    scale = _Scale(box)
    shape = Drawn(0, "", "inside", scale.path(rings), 0, 0)
    return Drawing(scale.height, [scale.points(ring) for ring in outlines(on) if _meets(_box([ring]), box)], [shape])


def overview_map(x: float, y: float, on: datetime.date) -> Drawing | None:
    """A point in the county."""
    bounds = frame(on)
    if bounds is None:
        return None
    scale = _Scale(_wider(bounds))
    return Drawing(
        scale.height, [scale.points(ring) for ring in outlines(on)], [Drawn(1, "", "inside", "", *scale.at(x, y))]
    )


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for part in parts for ring in part]


def _box(rings: Sequence[Ring]) -> Box:
    xs, ys = [p[0] for ring in rings for p in ring], [p[1] for ring in rings for p in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _wider(box: Box, share: float = MARGIN) -> Box:
    wide = max((box[2] - box[0]) * share, LEAST_DEGREES)
    tall = max((box[3] - box[1]) * share, LEAST_DEGREES)
    return box[0] - wide, box[1] - tall, box[2] + wide, box[3] + tall
