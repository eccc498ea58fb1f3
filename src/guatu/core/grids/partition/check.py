"""Whether a partition holds, judged from the town alone and by none of the functions that made it."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Sequence

from guatu.core.grids.partition.town import PlannedGrid, Town
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

NOT_ONCE = Kind(
    "partition.unit-not-once",
    "error",
    "居民单元“{unit}”出现在 {count} 个网格中,应为 1 个;请重新划分",
    "the residential unit “{unit}” lies in {count} grids instead of one; compute the partition again",
)
UNKNOWN_UNIT = Kind(
    "partition.unit-unknown",
    "error",
    "网格“{grid}”含有本镇没有的居民单元“{unit}”;请核对",
    "grid “{grid}” has the residential unit “{unit}”, which the town does not have; check it",
)
OVER_CAP = Kind(
    "partition.grid-above-cap",
    "error",
    "网格“{grid}”有 {residents} 人,超过上限 {cap};请拆分",
    "grid “{grid}” has {residents} residents, over the limit of {cap}; split it",
)
WRONG_SUM = Kind(
    "partition.residents-differ",
    "error",
    "网格“{grid}”记 {stated} 人,居民单元合计 {residents} 人;请更正",
    "grid “{grid}” states {stated} residents and its units have {residents}; correct it",
)
IN_PIECES = Kind(
    "partition.grid-in-pieces",
    "error",
    "网格“{grid}”不连片,分为 {count} 片;请调整",
    "grid “{grid}” is in {count} pieces; join them",
)
OVER_BORDER = Kind(
    "partition.fixed-border-inside",
    "error",
    "网格“{grid}”跨过“{first}”与“{second}”之间的固定边界;请调整",
    "grid “{grid}” reaches over the fixed border between “{first}” and “{second}”; change it",
)
LARGE_IN_PIECES = Kind(
    "partition.large-in-pieces",
    "error",
    "大网格“{large}”不连片;请调整",
    "the large grid “{large}” is not in one piece; change it",
)


def check_partition(town: Town, grids: Sequence[PlannedGrid], cap: int) -> list[RowFinding]:
    """All that is wrong: units not exactly once, limits exceeded, pieces, fixed borders crossed, large grids in pieces.

    A large grid may be in pieces only where the town itself is.
    """
    residents = {unit.key: unit.residents for unit in town.units}
    times = Counter(key for grid in grids for key in grid.units)
    found = [row_finding(NOT_ONCE, key, "grid", unit=key, count=times[key]) for key in residents if times[key] != 1]
    for grid in grids:
        strange = [key for key in grid.units if key not in residents]
        found += [row_finding(UNKNOWN_UNIT, grid.key, "units", grid=grid.key, unit=key) for key in strange]
        found += _check_residents(grid, sum(residents.get(key, 0) for key in grid.units), cap)
    free, every, fixed = _neighbours(town)
    owner = {key: grid.key for grid in grids for key in grid.units}
    for grid in grids:
        count = _count_pieces(grid.units, free)
        if count > 1:
            found.append(row_finding(IN_PIECES, grid.key, "units", grid=grid.key, count=count))
    for first, second in sorted(fixed):
        if owner.get(first) is not None and owner.get(first) == owner.get(second):
            grid_key = owner[first]
            found.append(row_finding(OVER_BORDER, grid_key, "units", grid=grid_key, first=first, second=second))
    return found + _check_large(grids, every)


def _check_residents(grid: PlannedGrid, residents: int, cap: int) -> list[RowFinding]:
    found = []
    if residents != grid.residents:
        stated = {"stated": grid.residents, "residents": residents}
        found.append(row_finding(WRONG_SUM, grid.key, "residents", None, grid=grid.key, **stated))
    if residents > cap:
        found.append(row_finding(OVER_CAP, grid.key, "residents", grid=grid.key, residents=residents, cap=cap))
    return found


def _check_large(grids: Sequence[PlannedGrid], every: dict[str, set[str]]) -> list[RowFinding]:
    islands = _islands(every.keys() | {key for grid in grids for key in grid.units}, every)
    members: dict[str, list[str]] = defaultdict(list)
    for grid in grids:
        members[grid.large] += grid.units
    return [
        row_finding(LARGE_IN_PIECES, large, "large", large=large)
        for large, keys in sorted(members.items())
        if _count_pieces(keys, every) > len({islands[key] for key in keys})
    ]


def _neighbours(town: Town) -> tuple[dict[str, set[str]], dict[str, set[str]], set[tuple[str, str]]]:
    every: dict[str, set[str]] = defaultdict(set)
    fixed = {(border.first, border.second) for border in town.borders if border.fixed}
    free: dict[str, set[str]] = defaultdict(set)
    for border in town.borders:
        every[border.first].add(border.second)
        every[border.second].add(border.first)
        if (border.first, border.second) not in fixed and (border.second, border.first) not in fixed:
            free[border.first].add(border.second)
            free[border.second].add(border.first)
    return free, every, fixed


def _count_pieces(keys: Collection[str], neighbours: dict[str, set[str]]) -> int:
    islands = _islands(keys, {key: neighbours.get(key, set()) & set(keys) for key in keys})
    return len(set(islands.values()))


def _islands(keys: Iterable[str], neighbours: dict[str, set[str]]) -> dict[str, str]:
    """For each key the first key of the piece that it lies in (breadth first)."""
    island: dict[str, str] = {}
    for start in sorted(keys):
        waiting = deque([start] if start not in island else [])
        while waiting:
            key = waiting.popleft()
            if key not in island:
                island[key] = start
                waiting.extend(neighbours.get(key, ()))
    return island
