"""Residential units drawn as polygons to the town that is divided: what touches, and how long the common border is.

Polygons in degrees are laid flat around their own middle (a degree of longitude shrinks with the cosine of the
latitude); over a town of 20 km that is right to about one part in a thousand.
"""

from collections.abc import Collection, Sequence
from typing import Any, Literal

import msgspec
import numpy as np

from guatu.core.grids.partition.town import Border, ResidentialUnit, Town
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Coordinates = Literal["degrees", "metres"]

METRES_PER_DEGREE = 111_195.08
# Neighbours drawn by hand leave slivers: borders nearer than this are one border.
SNAP_M = 2.0

BAD_SHAPE = Kind(
    "partition.shape-invalid",
    "error",
    "居民单元“{unit}”的边界不是有效的多边形;请修补后重新导入",
    "the border of the residential unit “{unit}” is no valid polygon; repair it and import again",
)
OVERLAP = Kind(
    "partition.shapes-overlap",
    "warning",
    "居民单元“{unit}”与“{other}”重叠 {area} 平方米;请核对边界",
    "the residential units “{unit}” and “{other}” overlap by {area} m2; check their borders",
)


class DrawnUnit(msgspec.Struct, frozen=True):
    """A unit with its residents and its polygon as WKB."""

    key: str
    residents: int
    border: bytes


def town_of(
    drawn: Sequence[DrawnUnit], fixed: Collection[tuple[str, str]] = (), coordinates: Coordinates = "degrees"
) -> tuple[Town, list[RowFinding]]:
    """The town of the valid polygons, and findings; `fixed` names the pairs whose common border no grid may cross.

    Units that touch in a single point share no border.
    """
    import shapely

    shapes = _flat(shapely.from_wkb([unit.border for unit in drawn], on_invalid="ignore"), coordinates)
    good = [at for at, shape in enumerate(shapes) if _is_polygon(shape)]
    bad = sorted(set(range(len(drawn))) - set(good))
    found = [row_finding(BAD_SHAPE, drawn[at].key, "border", unit=drawn[at].key) for at in bad]
    units = [_unit(drawn[at], shapes[at]) for at in good]
    borders, overlaps = _borders(units, shapes[good], {frozenset(pair) for pair in fixed})
    return Town(tuple(units), tuple(borders)), found + overlaps


def _borders(
    units: Sequence[ResidentialUnit], shapes: Any, fixed: set[frozenset[str]]
) -> tuple[list[Border], list[RowFinding]]:
    import shapely

    if not len(units):
        return [], []
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SNAP_M)
    one, other = one[one < other], other[one < other]
    overlap = shapely.area(shapely.intersection(shapes[one], shapes[other]))
    near = shapely.intersection(shapely.boundary(shapes[one]), shapely.buffer(shapes[other], SNAP_M))
    # A point of contact still catches the length of two snaps on each side of the corner.
    lengths = shapely.length(near) - 4 * SNAP_M
    borders, findings = [], []
    for first, second, length, area in zip(one, other, lengths, overlap, strict=True):
        pair = units[first].key, units[second].key
        if area > SNAP_M * max(float(length), SNAP_M):
            findings.append(
                row_finding(OVERLAP, pair[0], "border", None, unit=pair[0], other=pair[1], area=round(area))
            )
        if length > 0:
            borders.append(Border(*pair, float(length), frozenset(pair) in fixed))
    return borders, findings


def _unit(drawn: DrawnUnit, shape: Any) -> ResidentialUnit:
    middle = shape.representative_point()
    return ResidentialUnit(drawn.key, drawn.residents, middle.x, middle.y, shape.area, shape.length)


def _is_polygon(shape: Any) -> bool:
    return shape is not None and shape.geom_type in ("Polygon", "MultiPolygon") and shape.is_valid and shape.area > 0


def _flat(shapes: Any, coordinates: Coordinates) -> Any:
    import shapely

    if coordinates == "metres" or not len(shapes):
        return shapes
    bounds = shapely.total_bounds(shapes)
    middle = float(bounds[1] + bounds[3]) / 2 if np.isfinite(bounds).all() else 0.0
    factors = np.array([METRES_PER_DEGREE * np.cos(np.radians(middle)), METRES_PER_DEGREE])
    return shapely.transform(shapes, lambda points: points * factors)
