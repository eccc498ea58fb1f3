"""From many drawn trees to one good set of parts: few, then even, with short borders between them.

Three steps: the best of the drawn trees; neighbouring parts put together and cut again wherever one of them can be
saved; pairs of neighbours put together and cut again wherever that makes them more even or their border shorter.
"""

from collections.abc import Iterator, Sequence

import msgspec

from guatu.core.grids.partition.trees import Loads, Network, cut, even_cut, network, parts_of, random_tree

Parts = list[list[int]]

# How much the length of the border between two parts counts against their unevenness.
_BORDER_WEIGHT = 0.05
_MOST_TOGETHER = 8


class Effort(msgspec.Struct, frozen=True):
    """How long is searched: trees drawn at first, trees for each trial of a few parts, and passes over all of them."""

    trees: int = 80
    trials: int = 8
    passes: int = 6


def search(of: Network, loads: Loads, limit: int, effort: Effort, seed: str) -> Parts:
    """Connected parts of a connected network, none over the limit. Raises ValueError when one vertex exceeds it."""
    best = _best_tree(of, loads, limit, effort.trees, seed)
    for at in range(effort.passes):
        fewer = _save_parts(of, best, loads, limit, effort.trials, f"{seed}|save|{at}")
        if len(fewer) == len(best):
            break
        best = fewer
    for at in range(effort.passes):
        best = even_out(of, best, loads, limit, effort.trials, f"{seed}|even|{at}")
    return best


def even_out(
    of: Network, parts: Parts, loads: Loads, limit: int, trials: int, seed: str, border_weight: float = _BORDER_WEIGHT
) -> Parts:
    """One pass over all pairs of neighbouring parts; their number stays."""
    found = [list(part) for part in parts]
    mean = max(1.0, sum(loads[vertex] for vertex in of.vertices) / len(parts))
    weight = border_weight / max(1e-9, sum(of.lengths) / max(1, len(of.lengths)))
    for one, other in sorted(neighbours(of, found)):
        both = network(sorted(found[one] + found[other]), of.pairs, of.lengths)
        costs = [_cost(both, [found[one], found[other]], loads, mean, weight)]
        best = [found[one], found[other]]
        for trial in range(trials):
            halves = _halves(both, loads, limit, f"{seed}|{one}|{other}|{trial}")
            if len(halves) == 2 and (cost := _cost(both, halves, loads, mean, weight)) < costs[-1] - 1e-12:
                costs.append(cost)
                best = halves
        found[one], found[other] = best
    return found


def neighbours(of: Network, parts: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Pairs of parts, the lower place first, that an edge joins."""
    owner = {vertex: at for at, part in enumerate(parts) for vertex in part}
    ends = ((owner[one], owner[other]) for one, other in of.pairs)
    return {(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}


def _best_tree(of: Network, loads: Loads, limit: int, trees: int, seed: str) -> Parts:
    best: Parts = [[vertex] for vertex in of.vertices]
    best_rank: tuple[int, int] = (len(best) + 1, 0)
    for at in range(trees):
        tree = random_tree(of, f"{seed}|{at}")
        count = len(cut(tree, loads, limit)) + 1
        if count > best_rank[0]:
            continue
        parts = parts_of(tree, even_cut(tree, loads, limit, count))
        rank = len(parts), max(_load(part, loads) for part in parts)
        if rank < best_rank:
            best, best_rank = parts, rank
    return best


def _save_parts(of: Network, parts: Parts, loads: Loads, limit: int, trials: int, seed: str) -> Parts:
    """A pass over the lightest parts: with some neighbours they are cut again, and one part fewer is kept."""
    found: list[list[int] | None] = [list(part) for part in parts]
    for start in sorted(range(len(parts)), key=lambda at: (_load(parts[at], loads), at)):
        present = [part or [] for part in found]
        for together in _groups(of, present, start, loads, limit) if found[start] else ():
            inside = network(sorted(v for at in together for v in present[at]), of.pairs, of.lengths)
            fewer = _fewer(inside, loads, limit, len(together), trials, f"{seed}|{start}|{len(together)}")
            if fewer:
                for at, part in zip(together, [*fewer, *[None] * len(together)], strict=False):
                    found[at] = part
                break
    return [part for part in found if part]


def _groups(of: Network, parts: Parts, start: int, loads: Loads, limit: int) -> Iterator[list[int]]:
    """The part with ever more of its lightest neighbours, wherever their residents would fit into one part fewer."""
    beside: dict[int, set[int]] = {at: set() for at in range(len(parts))}
    for one, other in neighbours(of, parts):
        beside[one].add(other)
        beside[other].add(one)
    group = [start]
    while len(group) < _MOST_TOGETHER:
        around = {other for at in group for other in beside[at]} - set(group)
        if not around:
            return
        group = [*group, min(around, key=lambda at: (_load(parts[at], loads), at))]
        if sum(_load(parts[at], loads) for at in group) <= limit * (len(group) - 1):
            yield group


def _fewer(of: Network, loads: Loads, limit: int, parts: int, trials: int, seed: str) -> Parts:
    for trial in range(trials * parts):
        tree = random_tree(of, f"{seed}|{trial}")
        cuts = cut(tree, loads, limit)
        if len(cuts) + 1 < parts:
            return parts_of(tree, cuts)
    return []


def _halves(of: Network, loads: Loads, limit: int, seed: str) -> Parts:
    tree = random_tree(of, seed)
    # Two that were neighbours when the pass began may have been parted by an earlier change.
    if len(tree.order) < len(of.vertices) or len(cut(tree, loads, limit)) > 1:
        return []
    return parts_of(tree, even_cut(tree, loads, limit, 2))


def _cost(of: Network, parts: Parts, loads: Loads, mean: float, weight: float) -> float:
    owner = {vertex: at for at, part in enumerate(parts) for vertex in part}
    shared = sum(
        length for (one, other), length in zip(of.pairs, of.lengths, strict=True) if owner[one] != owner[other]
    )
    uneven = sum((_load(part, loads) / mean - 1) ** 2 for part in parts)
    return uneven + weight * shared


def _load(part: Sequence[int], loads: Loads) -> int:
    return sum(loads[vertex] for vertex in part)
