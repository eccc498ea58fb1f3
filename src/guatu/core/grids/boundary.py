"""The border of a grid as it is drawn: what is wrong with it, alone and beside its neighbours; cut by a line; put
together.

Shapes are Shapely geometries in degrees of WGS 84 or CGCS2000. Areas and distances are in metres, laid flat around the
middle of what is measured, which is right to about one part in a thousand over a town.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from guatu.core.grids.partition.shapes import METRES_PER_DEGREE
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

CROSSES = Kind(
    "grid.border-crosses-itself",
    "error",
    "边界在 ({x}, {y}) 处自相交;请移动该处的顶点",
    "the border crosses itself at ({x}, {y}); move the vertex there",
)
NO_AREA = Kind(
    "grid.border-no-area",
    "error",
    "边界没有围成面;请至少画三个不在一条直线上的顶点",
    "the border encloses nothing; draw at least three vertices that are not in one line",
)
OVERLAPS = Kind(
    "grid.overlaps",
    "error",
    "与网格“{other}”重叠 {area} 平方米;请移动边界",
    "it overlaps grid “{other}” by {area} m2; move the border",
)
GAP = Kind(
    "grid.gap",
    "warning",
    "与网格“{other}”之间有 {area} 平方米的空隙,可能是漏画;请核对边界",
    "there is a gap of {area} m2 to grid “{other}”, perhaps by mistake; check the border",
)
OUTSIDE = Kind(
    "grid.outside-town",
    "warning",
    "有 {area} 平方米在本镇边界之外;请核对边界",
    "{area} m2 lie outside of the town; check the border",
)
FIXED = Kind(
    "grid.over-fixed-border",
    "error",
    "跨过固定边界“{border}”;请沿固定边界分开",
    "it reaches over the fixed border “{border}”; divide it along that border",
)
ABOVE_CAP = Kind(
    "grid.residents-above-cap",
    "error",
    "有 {residents} 人,超过上限 {cap};请拆分",
    "{residents} residents exceed the limit of {cap}; split the grid",
)
NOT_CUT = Kind(
    "grid.line-cuts-nothing",
    "error",
    "这条线把网格分成 {count} 块,应为 2 块;请让线从边界外画到边界外,只穿过一次",
    "the line cuts the grid into {count} parts instead of 2; draw it from outside to outside, crossing once",
)
APART = Kind(
    "grid.not-neighbours",
    "error",
    "所选网格不相邻,合并后分为 {count} 片;请只选相邻的网格",
    "the grids do not touch: together they are in {count} pieces; choose neighbours",
)

# What drawing by hand leaves: an overlap or gap is one where it exceeds this width along the common border.
SNAP_M = 2.0
_GAP_M = 15.0
_LEAST_AREA_M2 = 20.0


class Drawn(msgspec.Struct, frozen=True):
    """A grid's code with its shape."""

    code: str
    shape: Any


class Surroundings(msgspec.Struct, frozen=True):
    """What a border is held against: other grids of its kind, the town where it is drawn, fixed borders by name."""

    others: tuple[Drawn, ...] = ()
    town: Any = None
    fixed: Mapping[str, Any] = {}


def check_shape(shape: Any) -> RowFinding | None:
    """What is wrong with a border by itself; None where it is a sound polygon."""
    from shapely.validation import explain_validity

    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty or shape.convex_hull.area == 0:
        return row_finding(NO_AREA, "", "boundary")
    reason = explain_validity(shape)
    if reason == "Valid Geometry":
        return None
    _said, _bracket, place = reason.partition("[")
    numbers = place.rstrip("]").split()
    if len(numbers) < 2:
        return row_finding(NO_AREA, "", "boundary")
    return row_finding(CROSSES, "", "boundary", None, x=round(float(numbers[0]), 6), y=round(float(numbers[1]), 6))


def check_border(drawn: Drawn, around: Surroundings, residents: int, cap: int | None) -> list[RowFinding]:
    """All that is wrong with a sound polygon where it lies; without a `cap` any number of residents will do."""
    found = []
    if cap is not None and residents > cap:
        found.append(row_finding(ABOVE_CAP, drawn.code, "residents", residents=residents, cap=cap))
    found += _beside(drawn, around.others)
    if around.town is not None and not _thin(beyond := drawn.shape.difference(around.town)):
        found.append(row_finding(OUTSIDE, drawn.code, "boundary", None, area=round(_area(beyond))))
    inside = _inner(drawn.shape)
    for name, line in around.fixed.items():
        if inside.intersection(line).length > 0:
            found.append(row_finding(FIXED, drawn.code, "boundary", None, border=name))
    return found


def cut(drawn: Drawn, line: Any) -> tuple[list[Any], list[RowFinding]]:
    """The two parts of a polygon on both sides of a line, the northern or western one first; or why there are none."""
    from shapely.ops import split

    parts = [part for part in split(drawn.shape, line).geoms if part.area > 0]
    if len(parts) != 2:
        return [], [row_finding(NOT_CUT, drawn.code, "line", None, count=len(parts))]
    one, other = (part.centroid for part in parts)
    # By the direction in which they lie apart; across it rounding would decide.
    above = one.y > other.y if abs(one.y - other.y) > abs(one.x - other.x) else one.x < other.x
    return (parts if above else parts[::-1]), []


def join(shapes: Sequence[Any]) -> tuple[Any, list[RowFinding]]:
    """The shapes as one, hairline gaps between them closed; a finding where they are not in one piece."""
    import shapely

    together = shapely.union_all(list(shapes))
    hair = SNAP_M / METRES_PER_DEGREE
    if together.geom_type != "Polygon":
        together = together.buffer(hair, join_style="mitre").buffer(-hair, join_style="mitre")
    if together.geom_type != "Polygon":
        return together, [row_finding(APART, "", "grids", None, count=len(together.geoms))]
    return together, []


def borders_between(drawn: Sequence[Drawn]) -> list[tuple[str, str]]:
    """Pairs of codes whose shapes share a border, not only a corner."""
    hair = SNAP_M / METRES_PER_DEGREE
    found = []
    for at, one in enumerate(drawn):
        near = one.shape.boundary.buffer(hair)
        found += [
            (one.code, other.code)
            for other in drawn[at + 1 :]
            if near.intersection(other.shape.boundary).length > 5 * hair
        ]
    return found


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number divided by weights, none of it lost: what rounding leaves goes to the largest remainders.

    Raises ValueError for no weight above 0.
    """
    whole = sum(weights)
    if not whole > 0:
        raise ValueError("there is no weight to divide by")
    exact = [total * weight / whole for weight in weights]
    found = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda at: (found[at] - exact[at], at))
    for at in order[: total - sum(found)]:
        found[at] += 1
    return found


def _beside(drawn: Drawn, others: Sequence[Drawn]) -> Iterator[RowFinding]:
    import shapely

    if not others:
        return
    near = shapely.STRtree([other.shape for other in others]).query(
        drawn.shape, predicate="dwithin", distance=_GAP_M / METRES_PER_DEGREE
    )
    for at in sorted(int(place) for place in near):
        other = others[at]
        overlap = drawn.shape.intersection(other.shape)
        if not _thin(overlap):
            yield row_finding(OVERLAPS, drawn.code, "boundary", None, other=other.code, area=round(_area(overlap)))
        elif gap := _gap(drawn.shape, other.shape, others):
            yield row_finding(GAP, drawn.code, "boundary", None, other=other.code, area=round(gap))


def _gap(one: Any, other: Any, others: Sequence[Drawn]) -> float:
    """Square metres between two neighbours that are narrower than a street and belong to nobody; 0 for a hairline."""
    import shapely

    half = _GAP_M / 2 / METRES_PER_DEGREE
    # The widened shapes meet where the gap is; corners between three grids are no gap.
    between = one.buffer(half).intersection(other.buffer(half)).difference(shapely.union_all([one, other]))
    if between.is_empty:
        return 0.0
    taken = [third.shape for third in others if third.shape is not other and third.shape.intersects(between)]
    left = between.difference(shapely.union_all(taken)) if taken else between
    # At each end of a common border the widened shapes overlap by half a circle.
    ends = np.pi * (_GAP_M / 2) ** 2
    gap = _area(left) - ends
    return gap if gap > _hairline(between) else 0.0


def _inner(shape: Any) -> Any:
    """The shape without a rim: a border that runs along a line does not cross it."""
    return shape.buffer(-10.0 / METRES_PER_DEGREE)


def _thin(shape: Any) -> bool:
    """Whether a shape is no wider than what drawing by hand leaves."""
    return shape.is_empty or _area(shape) <= _hairline(shape)


def _hairline(shape: Any) -> float:
    """Square metres of a strip as long as the shape and as wide as a border drawn by hand may be off."""
    return max(_LEAST_AREA_M2, SNAP_M * float(shape.length) / 2 * METRES_PER_DEGREE)


def area_m2(shape: Any) -> float:
    """Square metres of a shape in degrees."""
    return _area(shape)


def _area(shape: Any) -> float:
    if shape.is_empty:
        return 0.0
    _west, south, _east, north = shape.bounds
    return float(shape.area * METRES_PER_DEGREE**2 * np.cos(np.radians((south + north) / 2)))
