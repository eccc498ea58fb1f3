"""Spanning trees drawn by a seed, and the fewest parts under a limit into which a tree can be cut.

A part of a tree is connected, so whatever is cut from a spanning tree is a contiguous grid. For one tree the fewest
parts are found exactly and in one pass: from the leaves up, while a vertex with what hangs on it exceeds the limit, the
heaviest branch is cut off (S. Kundu and J. Misra, A linear tree partitioning algorithm, SIAM J. Comput. 6, 1977).
"""

from collections.abc import Sequence
from hashlib import shake_256
from math import log

import msgspec
import numpy as np

Loads = Sequence[int]


class Tree(msgspec.Struct, frozen=True):
    """Vertices from the root outwards, each with the place of its parent in `order` (-1 for the root)."""

    order: list[int]
    parent: list[int]


class Network(msgspec.Struct, frozen=True):
    """A connected piece of the town: its vertices and the edges among them, by length."""

    vertices: list[int]
    pairs: list[tuple[int, int]]
    lengths: list[float]


def network(vertices: Sequence[int], pairs: Sequence[tuple[int, int]], lengths: Sequence[float]) -> Network:
    """The part of a larger network that lies among the vertices."""
    inside = set(vertices)
    kept = [at for at, (one, other) in enumerate(pairs) if one in inside and other in inside]
    return Network(list(vertices), [pairs[at] for at in kept], [lengths[at] for at in kept])


def draws(seed: str, count: int) -> list[float]:
    """Numbers in (0, 1) that depend on the seed alone, the same on every machine (SHAKE-256)."""
    words = np.frombuffer(shake_256(seed.encode()).digest(8 * count), dtype=">u8")
    found: list[float] = ((words.astype(np.float64) + 0.5) / 2.0**64).tolist()
    return found


def random_tree(of: Network, seed: str) -> Tree:
    """A spanning tree that prefers long borders: units that share much of their border stay together."""
    keys = [-log(draw) / max(length, 1e-9) for draw, length in zip(draws(seed, len(of.pairs)), of.lengths, strict=True)]
    kin = {vertex: vertex for vertex in of.vertices}
    branches: dict[int, list[int]] = {vertex: [] for vertex in of.vertices}
    for at in sorted(range(len(keys)), key=keys.__getitem__):
        one, other = of.pairs[at]
        if (mine := _eldest(kin, one)) != (theirs := _eldest(kin, other)):
            kin[mine] = theirs
            branches[one].append(other)
            branches[other].append(one)
    return _rooted(of.vertices[0], branches)


def cut(tree: Tree, loads: Loads, limit: int) -> list[int]:
    """Places in the tree's order whose branch is cut off, so that the parts are fewest and none exceeds the limit.

    Raises ValueError when a single vertex exceeds it.
    """
    weight = [loads[vertex] for vertex in tree.order]
    if max(weight, default=0) > limit:
        raise ValueError(f"a single unit exceeds the limit of {limit}")
    children: list[list[int]] = [[] for _ in tree.order]
    for at, parent in enumerate(tree.parent):
        if parent >= 0:
            children[parent].append(at)
    cuts = []
    for at in range(len(weight) - 1, -1, -1):
        weight[at] += sum(weight[child] for child in children[at])
        if weight[at] > limit:
            for child in sorted(children[at], key=lambda child: (-weight[child], child)):
                cuts.append(child)
                weight[at] -= weight[child]
                if weight[at] <= limit:
                    break
    return cuts


def even_cut(tree: Tree, loads: Loads, limit: int, parts: int) -> list[int]:
    """The cut into at most that many parts whose heaviest part is lightest (by halving the limit's range)."""
    low = max(max(loads[vertex] for vertex in tree.order), -(-sum(loads[vertex] for vertex in tree.order) // parts))
    best = cut(tree, loads, limit)
    while low < limit:
        middle = (low + limit) // 2
        trial = cut(tree, loads, middle)
        if len(trial) < parts:
            best, limit = trial, middle
        else:
            low = middle + 1
    return best


def parts_of(tree: Tree, cuts: Sequence[int]) -> list[list[int]]:
    """The vertices of each part."""
    roots = {0, *cuts}
    part: dict[int, list[int]] = {root: [] for root in sorted(roots)}
    owner = [0] * len(tree.order)
    for at, vertex in enumerate(tree.order):
        owner[at] = at if at in roots else owner[tree.parent[at]]
        part[owner[at]].append(vertex)
    return [sorted(vertices) for vertices in part.values()]


def _eldest(kin: dict[int, int], vertex: int) -> int:
    while kin[vertex] != vertex:
        kin[vertex] = kin[kin[vertex]]
        vertex = kin[vertex]
    return vertex


def _rooted(root: int, branches: dict[int, list[int]]) -> Tree:
    order, parent, place = [root], [-1], {root: 0}
    for vertex in order:  # grows while it is walked
        for other in branches[vertex]:
            if other not in place:
                place[other] = len(order)
                order.append(other)
                parent.append(place[vertex])
    return Tree(order, parent)
