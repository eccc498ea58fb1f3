"""What one would do by hand, to lay beside a computed partition: start in the north-west, add what is near and still
fits."""

from collections.abc import Sequence
from math import hypot

from guatu.core.grids.partition.town import PlannedGrid, Town, edges_of


def greedy(town: Town, cap: int) -> list[PlannedGrid]:
    """Contiguous grids under the limit that keep fixed borders, with no large grids; a unit above the limit stands
    alone."""
    beside: dict[int, set[int]] = {at: set() for at in range(len(town.units))}
    for one, other in edges_of(town, fixed=False).pairs:
        beside[one].add(other)
        beside[other].add(one)
    left = set(beside)
    found: list[PlannedGrid] = []
    while left:
        part = [min(left, key=lambda at: (-town.units[at].y, town.units[at].x))]
        left -= {part[0]}
        _fill(town, part, left, beside, cap)
        keys = tuple(sorted(town.units[at].key for at in part))
        found.append(PlannedGrid(str(len(found) + 1), "", keys, sum(town.units[at].residents for at in part)))
    return found


def _fill(town: Town, part: list[int], left: set[int], beside: dict[int, set[int]], cap: int) -> None:
    room = cap - town.units[part[0]].residents
    while fits := _fitting(town, part, left, beside, room):
        near = min(fits, key=lambda at: _away(town, part[0], at))
        part.append(near)
        left.remove(near)
        room -= town.units[near].residents


def _fitting(town: Town, part: Sequence[int], left: set[int], beside: dict[int, set[int]], room: int) -> list[int]:
    return [other for at in part for other in beside[at] if other in left and town.units[other].residents <= room]


def _away(town: Town, one: int, other: int) -> tuple[float, int]:
    a, b = town.units[one], town.units[other]
    return hypot(a.x - b.x, a.y - b.y), other
