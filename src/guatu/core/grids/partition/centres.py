"""The parts of a network improved by CP-SAT: units are assigned to the centres of the parts that the trees gave.

Each unit goes to one of its nearest centres or stays. It may go to a centre only together with a neighbour that is
nearer to that centre, nearness being the length of the way through the network; so a chain of neighbours leads from
each unit to its centre and every part is connected. Ways inside a present part count far less than others, which makes
the present parts themselves a solution: the solver can only improve on them. Source of the model: S. W. Hess and
others, Nonpartisan political redistricting by computer, Oper. Res. 13, 1965; A. A. Zoltners and P. Sinha, Manage. Sci.
29, 1983.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush
from math import hypot
from typing import Any

import msgspec

from guatu.core.grids.partition.search import neighbours
from guatu.core.grids.partition.trees import Loads, Network, network

Parts = list[list[int]]
Position = tuple[float, float]

# A way through another part is longer than any way inside a part.
_FOREIGN = 1_000_000.0
_NEAREST_CENTRES = 6
# Unevenness of a resident against a resident's way to the centre, in the mean way of now.
_EVENNESS = 2


class Solving(msgspec.Struct, frozen=True):
    """How the solver is used: parts put before it at once, passes over all parts, and its limits each time.

    `work` is its own deterministic time, which ends at the same place on every machine; `seconds` are reached only by a
    machine far too slow.
    """

    together: int = 7
    passes: int = 2
    work: float = 1.0
    seconds: float = 20.0


class Solved(msgspec.Struct, frozen=True):
    """Parts, how often the solver answered with which status of its own (OPTIMAL, FEASIBLE, UNKNOWN, ...), and how
    often it ran out of seconds, after which another machine may answer otherwise."""

    parts: Parts
    statuses: dict[str, int]
    out_of_time: int = 0


def available() -> bool:
    """Whether OR-Tools is installed."""
    try:
        from ortools.sat.python import cp_model  # noqa: F401
    except ImportError:
        return False
    return True


def improve(
    of: Network,
    parts: Parts,
    loads: Loads,
    positions: Sequence[Position],
    limit: int,
    solving: Solving,
    told: Callable[[float], None] = lambda share: None,
) -> Solved:
    """As many parts, more even and nearer to their centres; the given ones where the solver has no better.

    A part and its neighbours at a time: so small a model is solved to its end, and the time grows with the town alone.
    `told` hears which share of the work is done.
    """
    found = [list(part) for part in parts]
    mean = sum(loads[vertex] for vertex in of.vertices) // max(1, len(parts))
    statuses: dict[str, int] = {}
    late = 0
    turns = [*range(len(parts))] * solving.passes
    for turn, at in enumerate(turns):
        told(turn / len(turns))
        beside = sorted({place for pair in neighbours(of, found) if at in pair for place in pair} - {at})
        window = [at, *beside[: solving.together - 1]]
        if len(window) < 2:
            continue
        inside = network(sorted(vertex for place in window for vertex in found[place]), of.pairs, of.lengths)
        better, status, out = _improve_window(
            inside, [found[place] for place in window], loads, positions, limit, mean, solving
        )
        statuses[status] = statuses.get(status, 0) + 1
        late += out
        for place, part in zip(window, better, strict=True):
            found[place] = part
    return Solved(found, statuses, late)


def _improve_window(
    of: Network, parts: Parts, loads: Loads, positions: Sequence[Position], limit: int, mean: int, solving: Solving
) -> tuple[Parts, str, bool]:
    from ortools.sat.python import cp_model

    centres = [_centre(part, loads, positions) for part in parts]
    home = {vertex: at for at, part in enumerate(parts) for vertex in part}
    before = _nearer_neighbours(of, centres, home, positions)
    model = cp_model.CpModel()
    goes = {(vertex, at): model.new_bool_var(f"{vertex} to {at}") for vertex, chain in before.items() for at in chain}
    for vertex, chain in before.items():
        model.add_exactly_one(goes[vertex, at] for at in chain)
        for at, nearer in chain.items():
            if vertex != centres[at]:
                model.add_bool_or([goes[other, at] for other in nearer] + [goes[vertex, at].negated()])
    for at, centre in enumerate(centres):
        model.add(goes[centre, at] == 1)
    uneven = _unevenness(model, goes, loads, limit, mean)
    model.minimize(_EVENNESS * uneven + _ways(goes, centres, home, loads, positions))
    for (vertex, at), chosen in goes.items():
        model.add_hint(chosen, home[vertex] == at)
    return _solve(cp_model, model, goes, parts, solving)


def _solve(
    cp_model: Any, model: Any, goes: dict[tuple[int, int], Any], parts: Parts, solving: Solving
) -> tuple[Parts, str, bool]:
    solver = cp_model.CpSolver()
    # One worker and a limit counted in work instead of seconds: the same answer every time.
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = solving.work
    solver.parameters.max_time_in_seconds = solving.seconds
    status = solver.solve(model)
    late = solver.wall_time >= solving.seconds
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return parts, solver.status_name(status), late
    found: Parts = [[] for _ in parts]
    for (vertex, at), chosen in goes.items():
        if solver.boolean_value(chosen):
            found[at].append(vertex)
    return [sorted(part) for part in found], solver.status_name(status), late


def _unevenness(model: Any, goes: dict[tuple[int, int], Any], loads: Loads, limit: int, mean: int) -> Any:
    """The sum over the parts of their distance from the mean, in residents; no part exceeds the limit."""
    away = []
    for at in sorted({to for _, to in goes}):
        load = sum(loads[vertex] * chosen for (vertex, to), chosen in goes.items() if to == at)
        model.add(load <= limit)
        away.append(model.new_int_var(0, max(limit, mean), f"away {at}"))
        model.add(away[-1] >= load - mean)
        model.add(away[-1] >= mean - load)
    return sum(away)


def _ways(
    goes: dict[tuple[int, int], Any],
    centres: Sequence[int],
    home: dict[int, int],
    loads: Loads,
    positions: Sequence[Position],
) -> Any:
    """Residents times their way to the centre, in the mean way of now; whole numbers, as the solver wants them."""
    residents = max(1, sum(loads[vertex] for vertex in home))
    now = sum(loads[v] * _distance(positions, v, centres[at]) for v, at in home.items()) / residents or 1.0
    return sum(
        round(loads[vertex] * _distance(positions, vertex, centres[at]) / now) * chosen
        for (vertex, at), chosen in goes.items()
    )


def _nearer_neighbours(
    of: Network, centres: Sequence[int], home: dict[int, int], positions: Sequence[Position]
) -> dict[int, dict[int, list[int]]]:
    """For each vertex the centres that it may go to, each with the neighbours one of which must go there too."""
    beside: dict[int, list[int]] = {vertex: [] for vertex in of.vertices}
    for one, other in of.pairs:
        beside[one].append(other)
        beside[other].append(one)
    may = {vertex: _choices(vertex, centres, home, positions) for vertex in of.vertices}
    found: dict[int, dict[int, list[int]]] = {vertex: {} for vertex in of.vertices}
    for at, centre in enumerate(centres):
        ways = _ways_from(centre, at, beside, home, positions)
        for vertex in sorted(of.vertices, key=ways.__getitem__):
            nearer = [other for other in beside[vertex] if at in found[other] and ways[other] < ways[vertex]]
            if vertex == centre or (at in may[vertex] and nearer):
                found[vertex][at] = nearer
    return found


def _choices(vertex: int, centres: Sequence[int], home: dict[int, int], positions: Sequence[Position]) -> set[int]:
    near = sorted(range(len(centres)), key=lambda at: (_distance(positions, vertex, centres[at]), at))
    return {home[vertex], *near[:_NEAREST_CENTRES]}


def _ways_from(
    centre: int, at: int, beside: dict[int, list[int]], home: dict[int, int], positions: Sequence[Position]
) -> dict[int, float]:
    """Shortest ways from a centre (Dijkstra), those outside of its present part made long."""
    ways: dict[int, float] = {}
    heap = [(0.0, centre)]
    while heap:
        way, vertex = heappop(heap)
        if vertex in ways:
            continue
        ways[vertex] = way
        for other in beside[vertex]:
            if other not in ways:
                step = max(_distance(positions, vertex, other), 1e-6)
                heappush(heap, (way + step * (1.0 if home[other] == at else _FOREIGN), other))
    return ways


def _centre(part: Sequence[int], loads: Loads, positions: Sequence[Position]) -> int:
    def ways(of: int) -> tuple[float, int]:
        return sum(loads[other] * _distance(positions, of, other) for other in part), of

    return min(part, key=ways)


def _distance(positions: Sequence[Position], one: int, other: int) -> float:
    (x1, y1), (x2, y2) = positions[one], positions[other]
    return hypot(x2 - x1, y2 - y1)
