"""A plain drawing of cases over the county's borders."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from guatu.web.cases.position import frame, outlines
from guatu.web.cases.selectors.queue import CaseRow

WIDTH = 600.0


@dataclass(frozen=True)
class Point:
    row: CaseRow
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    """A plain drawing in degrees: width is 600, north is up."""

    height: float
    west: float
    north: float
    scale_x: float
    scale_y: float
    rings: list[str]
    points: list[Point] = field(default_factory=list)


def plain_map(rows: Sequence[CaseRow], on: datetime.date) -> Map | None:
    """The listed cases as points over the borders; None where neither has a position."""
    placed = [row for row in rows if row.case.lon is not None and row.case.lat is not None]
    bounds = frame(on) or _around(placed)
    if bounds is None:
        return None
    west, south, east, north = bounds
    scale_x = WIDTH / max(east - west, 1e-6)
    # At the latitudes of counties a degree of longitude is about 0.87 of one of latitude.
    scale_y = scale_x / 0.87
    drawn = [
        " ".join(f"{(x - west) * scale_x:.1f},{(north - y) * scale_y:.1f}" for x, y in ring) for ring in outlines(on)
    ]
    points = [
        Point(row, round(((row.case.lon or 0) - west) * scale_x, 1), round((north - (row.case.lat or 0)) * scale_y, 1))
        for row in placed
    ]
    return Map(round((north - south) * scale_y, 1), west, north, scale_x, scale_y, drawn, points)


def _around(rows: Sequence[CaseRow]) -> tuple[float, float, float, float] | None:
    if not rows:
        return None
    xs, ys = [row.case.lon or 0 for row in rows], [row.case.lat or 0 for row in rows]
    return min(xs) - 0.02, min(ys) - 0.02, max(xs) + 0.02, max(ys) + 0.02
