"""Fixed borders drawn as lines (a river, a railway) to pairs of units that no grid may join; and units that touch no
other."""

from collections.abc import Mapping, Sequence
from typing import Any

from guatu.core.grids.partition.shapes import METRES_PER_DEGREE, SNAP_M, DrawnUnit
from guatu.core.grids.partition.town import Town, edges_of, pieces
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

APART = Kind(
    "partition.units-apart",
    "error",
    "居民单元“{unit}”等 {count} 个与镇内其余单元不相邻;请核对其边界,或单独划分",
    "the residential unit “{unit}”, {count} in all, touches no other part of the town; check its border, or "
    "divide it by itself",
)
# A line drawn along a river lies beside the border of the units on its bank.
_BESIDE_M = 10.0


def fixed_pairs(drawn: Sequence[DrawnUnit], lines: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Pairs of valid units more than half of whose common border runs along one of the lines (Shapely, in degrees)."""
    import shapely

    if not lines or not drawn:
        return set()
    shapes = shapely.from_wkb([unit.border for unit in drawn], on_invalid="ignore")
    along = shapely.union_all(list(lines.values())).buffer(_BESIDE_M / METRES_PER_DEGREE)
    near = SNAP_M / METRES_PER_DEGREE
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=near)
    found = set()
    for first, second in zip(one, other, strict=True):
        if first >= second:
            continue
        common = shapely.boundary(shapes[first]).intersection(shapes[second].buffer(near))
        if common.intersection(along).length > common.length / 2:
            found.add((drawn[first].key, drawn[second].key))
    return found


def units_apart(town: Town) -> list[RowFinding]:
    """A finding for each piece of the town but the one with the most units, which names a unit in it.

    Fixed borders do not part pieces: large grids may reach over them.
    """
    groups = sorted(pieces(range(len(town.units)), edges_of(town, fixed=True).pairs), key=len, reverse=True)
    return [
        row_finding(APART, town.units[group[0]].key, "borders", None, unit=town.units[group[0]].key, count=len(group))
        for group in groups[1:]
    ]
