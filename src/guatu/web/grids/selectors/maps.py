"""Grids as an SVG drawing: north is up, width is 1000; the same numbers turn a click back into degrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import cos, radians
from typing import Any

import shapely
from shapely.geometry import shape

WIDTH = 1000.0
MOST = 1200
"""Shapes on one drawing: more of them nobody can tell apart."""
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class MapShape:
    label: str
    path: str
    x: float
    y: float
    colour: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class GridMap:
    height: float
    west: float
    north: float
    scale_x: float
    scale_y: float
    shapes: list[MapShape] = field(default_factory=list)
    town: list[str] = field(default_factory=list)
    fixed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def names_fit(self) -> bool:
        return len(self.shapes) <= 80


@dataclass(frozen=True)
class ToDraw:
    label: str
    shape: Any
    colour: str = ""
    pk: int | None = None


def draw(things: Sequence[ToDraw], town: Any = None, fixed: Mapping[str, Any] | None = None) -> GridMap | None:
    """Shapes (Shapely, degrees) over the border of a town; None where there is nothing to draw."""
    everything = [one.shape for one in things] + ([town] if town is not None else [])
    if not everything:
        return None
    west, south, east, north = _wider(shapely.total_bounds(everything))
    scale_x = WIDTH / (east - west)
    scale_y = scale_x / max(0.2, cos(radians((south + north) / 2)))
    place = _Place(west, north, scale_x, scale_y)
    drawn = [MapShape(one.label, place.path(one.shape), *place.middle(one.shape), one.colour, one.pk) for one in things]
    lines = [(name, place.path(line)) for name, line in (fixed or {}).items()]
    outline = [place.path(town)] if town is not None else []
    return GridMap(round((north - south) * scale_y, 1), west, north, scale_x, scale_y, drawn, outline, lines)


def stored(rows: Iterable[Mapping[str, Any]], colours: Mapping[str, str] | None = None) -> list[ToDraw]:
    """Stored rows with `key` and `boundary` as things to draw."""
    found = []
    for row in rows:
        colour = (colours or {}).get(str(row.get("large", "")), "")
        found.append(ToDraw(str(row["key"]), shape(row["boundary"]), colour))
    return found


@dataclass(frozen=True)
class _Place:
    west: float
    north: float
    scale_x: float
    scale_y: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return round((x - self.west) * self.scale_x, 2), round((self.north - y) * self.scale_y, 2)

    def middle(self, of: Any) -> tuple[float, float]:
        point = of.representative_point()
        return self.at(point.x, point.y)

    def path(self, of: Any) -> str:
        return " ".join(self._pieces(of))

    def _pieces(self, of: Any) -> Iterator[str]:
        for part in getattr(of, "geoms", [of]):
            if part.geom_type == "Polygon":
                for ring in (part.exterior, *part.interiors):
                    yield "M" + "L".join(f"{x},{y}" for x, y in self._points(ring)) + "Z"
            else:
                yield "M" + "L".join(f"{x},{y}" for x, y in self._points(part))

    def _points(self, line: Any) -> list[tuple[float, float]]:
        return [self.at(x, y) for x, y, *_height in line.coords]


def _wider(bounds: Any) -> Bounds:
    """A rim around what is drawn, so that nothing lies on the edge."""
    west, south, east, north = (float(value) for value in bounds)
    rim = max(east - west, north - south, 1e-4) * 0.04
    return west - rim, south - rim, east + rim, north + rim
