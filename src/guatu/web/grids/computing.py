"""A town divided: stored units in, grids with their figures out. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import shapely
from shapely.geometry import shape

from guatu.core.grids.boundary import join
from guatu.core.grids.partition.balance import Balance, balance
from guatu.core.grids.partition.fixed import fixed_pairs, units_apart
from guatu.core.grids.partition.greedy import greedy
from guatu.core.grids.partition.plan import Order, partition_town
from guatu.core.grids.partition.shapes import DrawnUnit, town_of
from guatu.core.grids.partition.town import PlannedGrid
from guatu.web.grids.drawing import plain
from guatu.web.grids.models import Partition
from guatu.web.grids.words import stored

Told = Callable[[int], None]


def compute(made: Partition, told: Told) -> dict[str, Any]:
    """The outcome as it is stored; `told` hears per cent."""
    shapes = {unit["key"]: shape(unit["boundary"]) for unit in made.units}
    drawn = [DrawnUnit(unit["key"], unit["residents"], shapely.to_wkb(shapes[unit["key"]])) for unit in made.units]
    lines = {row["name"]: shape(row["line"]) for row in made.fixed}
    town, findings = town_of(drawn, fixed_pairs(drawn, lines))
    told(10)
    apart = units_apart(town)
    by_hand = greedy(town, made.cap)
    told(15)
    order = Order(made.seed, made.cap, made.large)
    found = partition_town(town, order, lambda share: told(15 + int(75 * share)))
    told(92)
    return {
        "grids": [_row(grid, shapes) for grid in found.grids],
        "large": _large(found.grids, shapes),
        "balance": _figures(balance(town, found.grids, made.cap)) if found.grids else None,
        "greedy": _figures(balance(town, by_hand, made.cap)) if by_hand else None,
        "findings": stored([*findings, *apart, *found.findings]),
        "feasible": not any(one.severity == "error" for one in (*findings, *apart, *found.findings)),
        "units": len(town.units),
        "residents": town.residents,
    }


def _row(grid: PlannedGrid, shapes: dict[str, Any]) -> dict[str, Any]:
    whole, _apart = join([shapes[key] for key in grid.units])
    row = {"key": grid.key, "large": grid.large, "units": list(grid.units), "residents": grid.residents}
    return {**row, "boundary": plain(whole)}


def _large(grids: Sequence[PlannedGrid], shapes: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for key in sorted({grid.large for grid in grids}):
        within = [grid for grid in grids if grid.large == key]
        whole, _apart = join([shapes[unit] for grid in within for unit in grid.units])
        residents = sum(grid.residents for grid in within)
        found.append({"key": key, "grids": len(within), "residents": residents, "boundary": plain(whole)})
    return found


def _figures(of: Balance) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(msgspec.json.encode(of))
    return figures
