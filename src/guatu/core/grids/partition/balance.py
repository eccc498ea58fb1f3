"""How even and how round the grids of a partition are, in figures that can be laid beside those of another one."""

from collections.abc import Sequence
from math import pi
from statistics import fmean, pstdev

import msgspec

from guatu.core.grids.partition.town import PlannedGrid, Town


class Balance(msgspec.Struct, frozen=True):
    """Figures of a partition.

    `lower_bound` is the residents over the limit rounded up: no partition has fewer grids. `deviation` is the standard
    deviation of the residents. `inner_share` is the share of all borders that no grid's border runs along. `roundness`
    is the mean of 4 pi area / perimeter squared (Polsby and Popper), 1 for a circle; None where sizes are not given.
    """

    grids: int
    lower_bound: int
    least: int
    most: int
    mean: float
    deviation: float
    inner_share: float
    roundness: float | None


def balance(town: Town, grids: Sequence[PlannedGrid], cap: int) -> Balance:
    """Raises ValueError for no grids."""
    if not grids:
        raise ValueError("there are no grids to be measured")
    loads = [grid.residents for grid in grids]
    owner = {key: grid.key for grid in grids for key in grid.units}
    whole = sum(border.length for border in town.borders)
    inner = {grid.key: 0.0 for grid in grids}
    for border in town.borders:
        if owner.get(border.first) == owner.get(border.second) is not None:
            inner[owner[border.first]] += border.length
    return Balance(
        len(grids),
        -(-town.residents // cap),
        min(loads),
        max(loads),
        fmean(loads),
        pstdev(loads),
        sum(inner.values()) / whole if whole else 0.0,
        _roundness(town, grids, inner),
    )


def _roundness(town: Town, grids: Sequence[PlannedGrid], inner: dict[str, float]) -> float | None:
    units = {unit.key: unit for unit in town.units}
    found = []
    for grid in grids:
        area = sum(units[key].area for key in grid.units)
        around = sum(units[key].perimeter for key in grid.units) - 2 * inner[grid.key]
        if area <= 0 or around <= 0:
            return None
        found.append(4 * pi * area / around**2)
    return fmean(found)
