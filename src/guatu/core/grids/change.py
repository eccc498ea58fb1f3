"""Grids divided and put together by hand: no unit and no resident is lost, and what the result breaks is said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

NOT_ALL = Kind(
    "grid.split-loses-units",
    "error",
    "拆分“{grid}”时有 {count} 个居民单元未分到或重复分到(如“{unit}”);请逐一分配",
    "splitting “{grid}” leaves {count} residential units out or gives them twice (such as “{unit}”); give each to "
    "one part",
)
EMPTY_PART = Kind(
    "grid.part-empty",
    "error",
    "“{grid}”没有居民单元;请至少分给一个",
    "“{grid}” has no residential unit; give it at least one",
)
KEY_TAKEN = Kind(
    "grid.key-taken",
    "error",
    "网格编号“{grid}”重复;请另取编号",
    "the grid key “{grid}” is given twice; choose another one",
)
NOT_VALID = Kind(
    "grid.not-valid",
    "error",
    "网格“{grid}”在 {day} 无效,不能变更;请选择有效的网格或日期",
    "grid “{grid}” is not valid on {day} and cannot be changed; choose a valid grid or another day",
)
SEVERAL_LARGE = Kind(
    "grid.several-large",
    "error",
    "合并的网格分属不同的大网格({names});请先调整大网格",
    "the grids to be merged belong to different large grids ({names}); move them first",
)
ABOVE_CAP = Kind(
    "grid.above-cap",
    "error",
    "变更后“{grid}”有 {residents} 人,超过上限 {cap};请再拆分",
    "“{grid}” would have {residents} residents, over the limit of {cap}; split it further",
)
IN_PIECES = Kind(
    "grid.in-pieces", "error", "变更后“{grid}”不连片;请调整", "“{grid}” would not be in one piece; change it"
)

Borders = Sequence[tuple[str, str]]


class Grid(msgspec.Struct, frozen=True):
    """A grid with the residents of each of its units, valid on the days [valid_from, valid_to]."""

    key: str
    large: str
    residents_of: dict[str, int]
    valid_from: date = date.min
    valid_to: date = date.max

    @property
    def residents(self) -> int:
        return sum(self.residents_of.values())

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class Change(msgspec.Struct, frozen=True):
    """The grids that end, as they end the day before, and those that begin; with an error among the findings
    neither."""

    ended: tuple[Grid, ...]
    begun: tuple[Grid, ...]
    findings: tuple[RowFinding, ...] = ()


def split(grid: Grid, parts: Mapping[str, Sequence[str]], on: date, cap: int, borders: Borders) -> Change:
    """The grid in parts from a day on: `parts` gives each new grid its units; all units are given, each once."""
    given = Counter(unit for units in parts.values() for unit in units)
    astray = sorted(unit for unit in {*given, *grid.residents_of} if given[unit] != 1 or unit not in grid.residents_of)
    found = _not_valid((grid,), on)
    if astray:
        found.append(row_finding(NOT_ALL, grid.key, "units", grid=grid.key, count=len(astray), unit=astray[0]))
    if found:
        return Change((), (), tuple(found))
    begun = tuple(
        Grid(key, grid.large, {unit: grid.residents_of[unit] for unit in units}, on, grid.valid_to)
        for key, units in parts.items()
    )
    return _changed((grid,), begun, on, cap, borders)


def merge(grids: Sequence[Grid], key: str, on: date, cap: int, borders: Borders) -> Change:
    """The grids in one from a day on, under the large grid that they share. Raises ValueError for fewer than two."""
    if len(grids) < 2:
        raise ValueError("two grids or more are merged")
    found = _not_valid(grids, on)
    large = sorted({grid.large for grid in grids})
    if len(large) > 1:
        found.append(row_finding(SEVERAL_LARGE, key, "large", names=", ".join(large)))
    units = Counter(unit for grid in grids for unit in grid.residents_of)
    twice = sorted(unit for unit, count in units.items() if count > 1)
    if twice:
        found.append(row_finding(NOT_ALL, key, "units", grid=key, count=len(twice), unit=twice[0]))
    if found:
        return Change((), (), tuple(found))
    together = {unit: count for grid in grids for unit, count in grid.residents_of.items()}
    one = Grid(key, large[0], together, on, min(grid.valid_to for grid in grids))
    return _changed(tuple(grids), (one,), on, cap, borders)


def _changed(old: tuple[Grid, ...], new: tuple[Grid, ...], on: date, cap: int, borders: Borders) -> Change:
    findings = [finding for grid in new for finding in _check(grid, cap, borders)]
    keys = Counter(grid.key for grid in (*new, *old))
    findings += [row_finding(KEY_TAKEN, grid.key, "key", grid=grid.key) for grid in new if keys[grid.key] > 1]
    if findings:
        return Change((), (), tuple(findings))
    last = on - timedelta(days=1)
    return Change(tuple(msgspec.structs.replace(grid, valid_to=last) for grid in old), new)


def _check(grid: Grid, cap: int, borders: Borders) -> list[RowFinding]:
    if not grid.residents_of:
        return [row_finding(EMPTY_PART, grid.key, "units", grid=grid.key)]
    found = []
    if grid.residents > cap:
        over = row_finding(ABOVE_CAP, grid.key, "residents", grid=grid.key, residents=grid.residents, cap=cap)
        found.append(over)
    if not in_one_piece(grid.residents_of, borders):
        found.append(row_finding(IN_PIECES, grid.key, "units", grid=grid.key))
    return found


def _not_valid(grids: Sequence[Grid], on: date) -> list[RowFinding]:
    """A grid changes from a later day than its first: it has been there for at least one."""
    return [
        row_finding(NOT_VALID, grid.key, "valid_from", grid=grid.key, day=on.isoformat())
        for grid in grids
        if not grid.holds_on(on) or on <= grid.valid_from
    ]


def in_one_piece(units: dict[str, int], borders: Borders) -> bool:
    """Whether the units hang together by borders that lie among them."""
    inside = [pair for pair in borders if pair[0] in units and pair[1] in units]
    reached = set(list(units)[:1])
    while more := {end for pair in inside if reached & set(pair) for end in pair} - reached:
        reached |= more
    return len(reached) == len(units)
