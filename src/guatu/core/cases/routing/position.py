"""Positions to places by a spatial index: a million at a time, or one with its reason.

A raster is laid over the areas. A cell that lies wholly inside one area needs no further test; in every other cell the
points are tested against the prepared polygons of the areas that meet it, all in one call. Coordinates are longitude
and latitude in degrees, CGCS2000 or WGS 84 (they differ by centimetres), or any one plane system for all.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown

Tie = Literal["smallest-area", "lowest-code"]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

OUTSIDE = -1
NO_POSITION = -2
# About as many cells to an area as pay for their own tests.
_CELLS_PER_AREA = 12
_MOST_CELLS_A_SIDE = 600

_X = Label("x", "经度", "longitude")
_Y = Label("y", "纬度", "latitude")
_LEVEL = Label("level", "层级", "level")
_ALSO = Label("also", "同时落入", "also in")
_TIE = Label("tie", "边界规则", "rule for borders")
_NEAREST = Label("nearest", "最近的区域", "nearest area")

INSIDE = Rule("position.inside", "位置({x}, {y})在{level}“{value}”内", "({x}, {y}) lies in the {level} “{value}”")
BORDER = Rule(
    "position.border",
    "位置({x}, {y})同时落入 {also};按边界规则({tie})归{level}“{value}”",
    "({x}, {y}) lies in {also} as well; by the rule for borders ({tie}) it belongs to the {level} “{value}”",
)
NOWHERE = Rule(
    "position.outside",
    "位置({x}, {y})不在任何{level}内,最近的是“{nearest}”;请核对位置或指定{level}",
    "({x}, {y}) lies in no {level}; the nearest is “{nearest}”: check the position or name the {level}",
)
MISSING = Rule(
    "position.missing",
    "没有有效的坐标,无法确定{level};请在地图上点选位置",
    "there are no valid coordinates, so the {level} is unknown: pick the position on the map",
)
NO_AREAS = Rule(
    "position.no-areas", "尚未绘制任何{level};请先导入边界", "no {level} has been drawn: import borders first"
)

_TIE_WORDS: Mapping[Tie, str] = {"smallest-area": "面积最小 / smallest area", "lowest-code": "代码最小 / lowest code"}


class Area(msgspec.Struct, frozen=True):
    """A place with its border: a polygon or multipolygon as WKB."""

    code: str
    border: bytes


class PositionIndex:
    """Areas of one level, ready to be asked.

    A point on a common border, or in two areas that overlap, belongs to the one with the smaller area or with the lower
    code, as `tie` declares; equal areas go by code. Raises ValueError for a code given twice or a border that is no
    valid polygon, naming the code.
    """

    def __init__(self, areas: Sequence[Area], level: str = "grid", tie: Tie = "smallest-area") -> None:
        import shapely

        self.level, self.tie = level, tie
        shapes = shapely.from_wkb(np.array([area.border for area in areas], dtype=object))
        _refuse(areas, shapes)
        sizes = shapely.area(shapes) if tie == "smallest-area" else np.zeros(len(areas))
        order = sorted(range(len(areas)), key=lambda at: (float(sizes[at]), areas[at].code))
        self.codes: tuple[str, ...] = tuple(areas[at].code for at in order)
        self._shapes: Any = shapes[order]
        shapely.prepare(self._shapes)
        self._tree: Any = shapely.STRtree(self._shapes)
        self._raster = _Raster(self._tree, self._shapes) if areas else None

    def locate(self, x: Floats, y: Floats) -> Ints:
        """For each point the place of its area in `codes`, OUTSIDE (-1) or NO_POSITION (-2, a coordinate is not
        finite)."""
        x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
        found = np.full(len(x), OUTSIDE, dtype=np.int64)
        found[~(np.isfinite(x) & np.isfinite(y))] = NO_POSITION
        if self._raster is None:
            return found
        points, areas = self._raster.hits(x, y)
        # The areas stand in the order of the rule for borders, so the first of a point's areas is the one.
        best = np.full(len(x), len(self.codes), dtype=np.int64)
        np.minimum.at(best, points, areas)
        return np.where(best < len(self.codes), best, found)

    def locate_one(self, x: float, y: float) -> Explained[str] | Unknown:
        """The code of the area at a point with its reason, or why there is none and which is nearest."""
        level = _LEVEL.of(self.level)
        if not (np.isfinite(x) and np.isfinite(y)):
            return MISSING.lacks(level)
        if self._raster is None:
            return NO_AREAS.lacks(level)
        _, areas = self._raster.hits(np.array([x]), np.array([y]))
        where = (_X.of(float(x)), _Y.of(float(y)), level)
        if not len(areas):
            return NOWHERE.lacks(*where, _NEAREST.of(self._nearest(x, y)))
        first, *others = sorted(int(at) for at in areas)
        if not others:
            return INSIDE.gives(self.codes[first], *where)
        also = ", ".join(self.codes[at] for at in others)
        return BORDER.gives(self.codes[first], *where, _ALSO.of(also), _TIE.of(_TIE_WORDS[self.tie]))

    def _nearest(self, x: float, y: float) -> str:
        import shapely

        return self.codes[int(self._tree.nearest(shapely.Point(x, y)))]


class Located(msgspec.Struct, frozen=True):
    """One position on all levels; each is a code with its reason or says why there is none."""

    levels: dict[str, Explained[str] | Unknown]

    @property
    def path(self) -> tuple[str, ...]:
        """The codes that are known, in the order in which the levels were given (the most specific first)."""
        return tuple(found.value for found in self.levels.values() if isinstance(found, Explained))


def locate_on_levels(indexes: Sequence[PositionIndex], x: float, y: float) -> Located:
    """Grid, village, town and so on of one point, each by its own borders: a gap between grids still has its
    village."""
    return Located({index.level: index.locate_one(x, y) for index in indexes})


class _Raster:
    """Cells over all areas, each with the areas that meet it and whether the cell lies wholly inside."""

    def __init__(self, tree: Any, shapes: Any) -> None:
        import shapely

        self._shapes = shapes
        self._west, self._south, east, north = (float(v) for v in shapely.total_bounds(shapes))
        side = int(min(_MOST_CELLS_A_SIDE, max(1, np.sqrt(len(shapes) * _CELLS_PER_AREA))))
        self._side = side
        self._width = max((east - self._west) / side, np.finfo(float).tiny)
        self._height = max((north - self._south) / side, np.finfo(float).tiny)
        column, row = np.meshgrid(np.arange(side), np.arange(side))
        # A hair wider than the cell, so that rounding cannot put a point into a cell that does not know its area.
        hair_x, hair_y = self._width * 1e-6, self._height * 1e-6
        west = self._west + column.ravel() * self._width
        south = self._south + row.ravel() * self._height
        cells = shapely.box(west - hair_x, south - hair_y, west + self._width + hair_x, south + self._height + hair_y)
        cell, area = tree.query(cells)
        meets = shapely.intersects(shapes[area], cells[cell])
        cell, area = cell[meets], area[meets]
        order = np.argsort(cell, kind="stable")
        self._area: Ints = area[order].astype(np.int64)
        self._whole: npt.NDArray[np.bool_] = shapely.contains_properly(shapes[area], cells[cell])[order]
        self._begin: Ints = np.searchsorted(cell[order], np.arange(side * side + 1)).astype(np.int64)

    def hits(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """Pairs (point, area) of all points with all areas that they lie in or on."""
        import shapely

        points, cells = self._cells(x, y)
        counts = self._begin[cells + 1] - self._begin[cells]
        point = np.repeat(points, counts)
        first = np.cumsum(counts) - counts
        slot = np.repeat(self._begin[cells] - first, counts) + np.arange(len(point))
        area, whole = self._area[slot], self._whole[slot]
        open_pairs = np.flatnonzero(~whole)
        # Pairs of one area together: its prepared polygon stays in the cache.
        open_pairs = open_pairs[np.argsort(area[open_pairs], kind="stable")]
        tested = point[open_pairs]
        inside = shapely.intersects_xy(self._shapes[area[open_pairs]], x[tested], y[tested])
        kept = np.concatenate([np.flatnonzero(whole), open_pairs[inside]])
        return point[kept], area[kept]

    def _cells(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """The points that lie on the raster, and the cell of each."""
        with np.errstate(invalid="ignore"):
            column, row = (x - self._west) / self._width, (y - self._south) / self._height
            on = (column >= -1e-6) & (column <= self._side + 1e-6) & (row >= -1e-6) & (row <= self._side + 1e-6)
        points = np.flatnonzero(on)
        last = self._side - 1
        columns = np.clip(column[points].astype(np.int64), 0, last)
        rows = np.clip(row[points].astype(np.int64), 0, last)
        return points, rows * self._side + columns


def _refuse(areas: Sequence[Area], shapes: Any) -> None:
    import shapely

    codes = [area.code for area in areas]
    if len(set(codes)) != len(codes):
        twice = sorted({code for code in codes if codes.count(code) > 1})
        raise ValueError(f"areas given twice: {', '.join(twice)}")
    if not len(areas):
        return
    good = np.isin(shapely.get_type_id(shapes), (3, 6)) & shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    bad = [code for code, fine in zip(codes, good, strict=True) if not fine]
    if bad:
        raise ValueError(f"no valid polygon: {', '.join(bad)}; repair the border")
