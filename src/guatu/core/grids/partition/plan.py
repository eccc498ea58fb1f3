"""A town's partition from its units to its large grids, with all that stands against it said as findings."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from guatu.core.grids.partition import centres
from guatu.core.grids.partition.check import check_partition
from guatu.core.grids.partition.large import bridged, large_parts
from guatu.core.grids.partition.search import Effort, search
from guatu.core.grids.partition.town import Edges, PlannedGrid, Town, edges_of, pieces
from guatu.core.grids.partition.trees import Network, network
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Parts = list[list[int]]
Told = Callable[[float], None]

NO_UNITS = Kind(
    "partition.no-units",
    "error",
    "本镇没有居民单元,无法划分网格;请先导入居民单元",
    "the town has no residential units, so there is nothing to divide; import them first",
)
ABOVE_CAP = Kind(
    "partition.unit-above-cap",
    "error",
    "居民单元“{unit}”有 {residents} 人,已超过网格上限 {cap};现单独成格,请先拆分该单元",
    "the residential unit “{unit}” has {residents} residents, more than the {cap} of a whole grid; it is a grid "
    "of its own "
    "for now: divide the unit first",
)
BORDER_ENDS = Kind(
    "partition.fixed-border-open",
    "warning",
    "“{first}”与“{second}”之间的固定边界没有把两侧隔开(可绕行);划分后请核对该处",
    "the fixed border between “{first}” and “{second}” ends in the open, so the two sides meet around it; look at "
    "the result there",
)
TOWN_IN_PIECES = Kind(
    "partition.town-in-pieces",
    "warning",
    "本镇的居民单元分为 {count} 片,大网格跨越了其间的空隙;请核对边界数据",
    "the units of the town lie in {count} pieces, so that a large grid may reach over the gap; check the borders",
)
FEW_GRIDS = Kind(
    "partition.fewer-than-large",
    "warning",
    "只划出 {count} 个网格,少于大网格数 {large};请减少大网格数",
    "there are only {count} grids for {large} large ones; ask for fewer large grids",
)
NO_SOLVER = Kind(
    "partition.solver-absent",
    "warning",
    "未安装 OR-Tools,结果为生成树划分,均衡程度略低;需要时请安装 grids 组件",
    "OR-Tools is not installed: this is the result of the trees, somewhat less even; install the extra “grids” if "
    "needed",
)
SOLVER_LATE = Kind(
    "partition.solver-out-of-time",
    "warning",
    "求解器有 {count} 次用完时间;结果可用,但在别的机器上可能略有不同",
    "the solver ran out of seconds {count} times; the result holds, but another machine may give a slightly other one",
)


# About the share of the time that the trees take before the solver begins.
_SEARCHED = 0.2


class Order(msgspec.Struct, frozen=True):
    """What is asked for: the limit of residents, the number of large grids, a published seed, and how long to
    search."""

    seed: str
    cap: int = 3000
    large: int = 4
    use_solver: bool = True
    effort: Effort = Effort()
    solving: centres.Solving = centres.Solving()

    def __post_init__(self) -> None:
        if self.cap < 1 or self.large < 1:
            raise ValueError(f"a limit of {self.cap} residents and {self.large} large grids: both are 1 or more")


class Partition(msgspec.Struct, frozen=True):
    """Grids in order of their keys, findings, and the solver's statuses (empty where it was not used)."""

    grids: tuple[PlannedGrid, ...]
    findings: tuple[RowFinding, ...]
    statuses: dict[str, int] = {}


def partition_town(town: Town, order: Order, told: Told = lambda share: None) -> Partition:
    """Contiguous grids of at most `cap` residents under large grids; the same town and order give the same grids.

    A unit above the limit is a grid of its own and an error among the findings; everything else holds all the same, and
    is checked again by `check_partition` before it is returned. `told` hears which share of the work is done, from 0 to
    1.
    """
    if not town.units:
        return Partition((), (row_finding(NO_UNITS, ""),))
    findings = [*_above_cap(town, order.cap), *_open_borders(town)]
    parts, statuses, solver_findings = _parts(town, order, told)
    large, large_findings = _large(town, parts, order)
    grids = _named(town, parts, large)
    wrong = [finding for finding in check_partition(town, grids, order.cap) if not _said(finding, findings)]
    return Partition(grids, (*findings, *solver_findings, *large_findings, *wrong), statuses)


def _above_cap(town: Town, cap: int) -> list[RowFinding]:
    return [
        row_finding(ABOVE_CAP, unit.key, "residents", unit=unit.key, residents=unit.residents, cap=cap)
        for unit in town.units
        if unit.residents > cap
    ]


def _said(finding: RowFinding, said: Sequence[RowFinding]) -> bool:
    """A grid above the limit, or over a border that ends in the open, is the fault of the town and named there."""
    codes = {one.code for one in said}
    return (finding.code == "partition.grid-above-cap" and ABOVE_CAP.code in codes) or (
        finding.code == "partition.fixed-border-inside" and BORDER_ENDS.code in codes
    )


def _open_borders(town: Town) -> Iterator[RowFinding]:
    places = {unit.key: at for at, unit in enumerate(town.units)}
    groups = pieces(range(len(town.units)), edges_of(town, fixed=False).pairs)
    group = {vertex: at for at, piece in enumerate(groups) for vertex in piece}
    for border in town.borders:
        if border.fixed and group[places[border.first]] == group[places[border.second]]:
            yield row_finding(BORDER_ENDS, border.first, "fixed", first=border.first, second=border.second)


def _parts(town: Town, order: Order, told: Told) -> tuple[Parts, dict[str, int], list[RowFinding]]:
    loads = [unit.residents for unit in town.units]
    positions = [(unit.x, unit.y) for unit in town.units]
    edges = edges_of(town, fixed=False)
    alone = [[at] for at, load in enumerate(loads) if load > order.cap]
    parts: Parts = []
    solved: list[centres.Solved] = []
    solver = order.use_solver and centres.available()
    done = 0
    for piece in pieces([at for at, load in enumerate(loads) if load <= order.cap], edges.pairs):
        part = _part_of(told, done / len(loads), len(piece) / len(loads))
        done += len(piece)
        inside = network(piece, edges.pairs, edges.lengths)
        found = search(inside, loads, order.cap, order.effort, f"{order.seed}|{town.units[piece[0]].key}")
        part(_SEARCHED)
        if solver:
            solved.append(centres.improve(inside, found, loads, positions, order.cap, order.solving, part))
            found = solved[-1].parts
        parts += found
    statuses: dict[str, int] = {}
    for status, count in (item for one in solved for item in one.statuses.items()):
        statuses[status] = statuses.get(status, 0) + count
    return parts + alone, statuses, _on_solver(order, solver, sum(one.out_of_time for one in solved))


def _part_of(told: Told, begun: float, share: float) -> Told:
    """Tells of a piece of the town as its share of the whole."""
    return lambda inside: told(begun + share * max(_SEARCHED, inside))


def _on_solver(order: Order, solver: bool, late: int) -> list[RowFinding]:
    if order.use_solver and not solver:
        return [row_finding(NO_SOLVER, "")]
    return [row_finding(SOLVER_LATE, "", "", None, count=late)] if late else []


def _large(town: Town, parts: Parts, order: Order) -> tuple[list[int], list[RowFinding]]:
    """The large grid of each part."""
    loads = [sum(town.units[at].residents for at in part) for part in parts]
    middles = [_middle(town, part) for part in parts]
    joined, bridges = bridged(_between(edges_of(town, fixed=True), parts), middles)
    found = []
    if bridges:
        found.append(row_finding(TOWN_IN_PIECES, "", "", None, count=bridges + 1))
    if len(parts) < order.large:
        found.append(row_finding(FEW_GRIDS, "", "", None, count=len(parts), large=order.large))
    groups = large_parts(joined, loads, order.large, order.effort, order.seed)
    return [next(at for at, group in enumerate(groups) if part in group) for part in range(len(parts))], found


def _between(edges: Edges, parts: Parts) -> Network:
    """The network of the parts, joined where units of theirs share a border."""
    owner = {vertex: at for at, part in enumerate(parts) for vertex in part}
    shared: dict[tuple[int, int], float] = {}
    for (one, other), length in zip(edges.pairs, edges.lengths, strict=True):
        low, high = sorted((owner[one], owner[other]))
        if low != high:
            shared[low, high] = shared.get((low, high), 0.0) + length
    pairs = sorted(shared)
    return Network(list(range(len(parts))), pairs, [shared[pair] for pair in pairs])


def _named(town: Town, parts: Parts, large: Sequence[int]) -> tuple[PlannedGrid, ...]:
    """Large grids and the grids in each are numbered from north to south and west to east: 1-01, 1-02, 2-01."""
    middles = [_middle(town, part) for part in parts]
    groups = [[at for at in range(len(parts)) if large[at] == group] for group in sorted(set(large))]
    groups.sort(key=lambda group: _from_north_west(_middle(town, [v for at in group for v in parts[at]])))
    found = []
    for number, group in enumerate(groups, 1):
        for place, at in enumerate(sorted(group, key=lambda at: _from_north_west(middles[at])), 1):
            units = tuple(sorted(town.units[vertex].key for vertex in parts[at]))
            residents = sum(town.units[vertex].residents for vertex in parts[at])
            found.append(PlannedGrid(f"{number}-{place:02}", str(number), units, residents))
    return tuple(found)


def _middle(town: Town, part: Sequence[int]) -> tuple[float, float]:
    return sum(town.units[at].x for at in part) / len(part), sum(town.units[at].y for at in part) / len(part)


def _from_north_west(position: tuple[float, float]) -> tuple[float, float]:
    return -position[1], position[0]
