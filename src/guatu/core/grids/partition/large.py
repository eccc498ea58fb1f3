"""Grids put together to large grids: a declared number of them, each in one piece, as even as the trees allow."""

from collections.abc import Sequence
from math import hypot

from guatu.core.grids.partition.search import Effort, even_out
from guatu.core.grids.partition.town import pieces
from guatu.core.grids.partition.trees import Loads, Network, even_cut, network, parts_of, random_tree

Parts = list[list[int]]
Position = tuple[float, float]

# Large grids have long borders whatever one does; what is wanted of them is that they are even.
_BORDER_WEIGHT = 0.002


def large_parts(of: Network, loads: Loads, count: int, effort: Effort, seed: str) -> Parts:
    """Exactly `count` connected parts of a connected network, or one for each vertex where there are fewer."""
    if len(of.vertices) <= count:
        return [[vertex] for vertex in of.vertices]
    limit = max(1, sum(loads[vertex] for vertex in of.vertices))
    best: Parts = []
    for at in range(max(1, effort.trees)):
        tree = random_tree(of, f"{seed}|large|{at}")
        parts = _exactly(of, parts_of(tree, even_cut(tree, loads, limit, count)), loads, count, f"{seed}|{at}")
        if not best or _heaviest(parts, loads) < _heaviest(best, loads):
            best = parts
    for at in range(effort.passes):
        best = even_out(of, best, loads, limit, effort.trials, f"{seed}|large-even|{at}", _BORDER_WEIGHT)
    return best


def bridged(of: Network, positions: Sequence[Position]) -> tuple[Network, int]:
    """The network in one piece: pieces are joined at their nearest vertices; and how many bridges that took."""
    pairs, lengths = list(of.pairs), list(of.lengths)
    while len(found := pieces(of.vertices, pairs)) > 1:
        smallest = min(found, key=lambda piece: (len(piece), piece))
        first = set(smallest)
        rest = [vertex for vertex in of.vertices if vertex not in first]
        pairs.append(min(((one, other) for one in sorted(first) for other in rest), key=lambda p: _gap(positions, *p)))
        lengths.append(0.0)
    return Network(of.vertices, pairs, lengths), len(pairs) - len(of.pairs)


def _exactly(of: Network, parts: Parts, loads: Loads, count: int, seed: str) -> Parts:
    """Where residents lie so that the tree fell into fewer parts, the heaviest is divided again."""
    found = list(parts)
    while len(found) < count:
        heaviest = max((part for part in found if len(part) > 1), key=lambda part: (_load(part, loads), len(part)))
        tree = random_tree(network(heaviest, of.pairs, of.lengths), f"{seed}|{len(found)}")
        cuts = even_cut(tree, loads, max(1, _load(heaviest, loads)), 2) or [len(tree.order) - 1]
        found.remove(heaviest)
        found += parts_of(tree, cuts)
    return found


def _heaviest(parts: Parts, loads: Loads) -> int:
    return max(_load(part, loads) for part in parts)


def _load(part: Sequence[int], loads: Loads) -> int:
    return sum(loads[vertex] for vertex in part)


def _gap(positions: Sequence[Position], one: int, other: int) -> tuple[float, int, int]:
    (x1, y1), (x2, y2) = positions[one], positions[other]
    return hypot(x2 - x1, y2 - y1), one, other
