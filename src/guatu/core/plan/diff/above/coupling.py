"""Which statement of the lower plan belongs to which goal of the higher one.

Only statements of one name are held against each other. Names that are merely alike are shown to a person and never
judged: 农村自来水普及率 and 城市自来水普及率 have five of seven character pairs in common.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final

import msgspec

from guatu.core.plan.diff.above.amounts import comparable
from guatu.core.plan.diff.above.statements import Statement
from guatu.core.plan.diff.likeness import likeness
from guatu.core.plan.diff.matching import Couples, match_best, match_equal, sharing

ALIKE: Final = 0.6
"""Least likeness of two names at which a person is asked whether they are one."""
SAME_TASK: Final = 0.5
"""Least likeness of two titles at which two tasks are one; as between versions of a plan."""
_KEYS: Final[tuple[Callable[[Statement], Hashable], ...]] = (
    lambda one: (one.scope, one.task, one.due, one.amount),
    lambda one: (one.scope, one.task, one.due),
    lambda one: (one.scope, one.task),
)
"""What statements of one name have in common that belong together, the most telling first."""
FEW: Final = 40_000
MOST: Final = 256
"""As between versions: up to so many couples each is looked at, beyond only those that share a telling pair."""


class Coupled(msgspec.Struct, frozen=True):
    """Couples by their places in both lists. `unsure` are goals of whose name there are several, and nothing tells
    which; `alike` couples what is left by likeness of the names."""

    couples: Couples
    unsure: frozenset[int]
    alike: Couples
    named: dict[str, list[int]]
    """Places of the lower statements by their names."""


def coupled(higher: Sequence[Statement], lower: Sequence[Statement]) -> Coupled:
    above, below = _by_name(higher), _by_name(lower)
    couples: Couples = {}
    unsure: set[int] = set()
    for name, places in above.items():
        others = below.get(name, [])
        if len(places) == len(others) == 1:
            couples[places[0]] = others[0]
            continue
        found, doubtful = _of_one_name(higher, lower, places, others)
        couples |= found
        unsure |= doubtful
    left = [i for i in range(len(higher)) if i not in couples and higher[i].name not in below]
    used = set(couples.values())
    free = [j for j in range(len(lower)) if j not in used and lower[j].name not in above]
    in_full = match_equal([higher[i].in_full for i in left], [lower[j].in_full for j in free])
    couples |= {left[a]: free[b] for a, b in in_full.items()}
    left, free = _rest(left, free, couples)
    return Coupled(couples, frozenset(unsure), _alike(higher, lower, left, free), below)


def _by_name(statements: Sequence[Statement]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(statements):
        found[one.name].append(at)
    return dict(found)


def _of_one_name(
    higher: Sequence[Statement], lower: Sequence[Statement], places: list[int], others: list[int]
) -> tuple[Couples, set[int]]:
    """The best couples, and the goals of them for whose couple nothing speaks but the name."""

    def score(i: int, j: int) -> float:
        one, other = higher[i], lower[j]
        return _evidence(one, other) + 0.5 * (one.due == other.due) + 0.25 * (one.amount == other.amount)

    found: Couples = {}
    for key in _KEYS:
        left, free = _rest(places, others, found)
        equal = match_equal([key(higher[i]) for i in left], [key(lower[j]) for j in free])
        found |= {left[a]: free[b] for a, b in equal.items()}
    left, free = _rest(places, others, found)
    if len(left) * len(free) <= FEW:
        found = match_best([(i, j) for i in left for j in free], score, found)
    return found, {i for i, j in found.items() if score(i, j) < 1}


def _rest(places: list[int], others: list[int], found: Couples) -> tuple[list[int], list[int]]:
    used = set(found.values())
    return [i for i in places if i not in found], [j for j in others if j not in used]


def _evidence(one: Statement, other: Statement) -> float:
    """What speaks for a couple beside its name: the same part of the area, the same task, none in both."""
    same_scope = 2.0 if one.scope and one.scope == other.scope else 0.0
    if one.task and other.task:
        alike = likeness(one.task_pairs, other.task_pairs)
        return same_scope + (1 + alike if alike >= SAME_TASK else 0.0)
    # Figures for different parts of the area are two, whatever else they have in common.
    return same_scope + (0.5 if one.scope == other.scope and one.task == other.task else 0.0)


def _alike(
    higher: Sequence[Statement], lower: Sequence[Statement], left: Sequence[int], free: Sequence[int]
) -> Couples:
    def score(i: int, j: int) -> float | None:
        one, other = higher[i], lower[j]
        if one.amount is not None and other.amount is not None and not comparable(one.amount, other.amount):
            return None
        value = likeness(one.name_pairs, other.name_pairs)
        return value if value >= ALIKE else None

    return match_best(_candidates(higher, lower, left, free), score, {})


def _candidates(
    higher: Sequence[Statement], lower: Sequence[Statement], left: Sequence[int], free: Sequence[int]
) -> Iterable[tuple[int, int]]:
    if len(left) * len(free) <= FEW:
        return [(i, j) for i in left for j in free]
    shared = sharing([higher[i].name_pairs for i in left], [lower[j].name_pairs for j in free], MOST)
    return [(left[a], free[b]) for a, b in shared]
