"""Which item of the old version is which of the new one.

Nothing here depends on which version is called old: swapping the two yields the same couples, swapped.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Couples = dict[int, int]
"""Index in the old list to index in the new list."""


def match_equal(old: Sequence[Hashable], new: Sequence[Hashable]) -> Couples:
    """The k-th item of each key in the old list with the k-th of that key in the new one."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j, key in enumerate(new):
        places[key].append(j)
    seen: Counter[Hashable] = Counter()
    couples: Couples = {}
    for i, key in enumerate(old):
        k = seen[key]
        seen[key] += 1
        if k < len(places.get(key, ())):
            couples[i] = places[key][k]
    return couples


def match_best(
    candidates: Iterable[tuple[int, int]], score: Callable[[int, int], float | None], taken: Couples
) -> Couples:
    """`taken`, extended greedily by the candidate couple with the highest score; a score of None forbids a couple.

    Of equal scores the couple nearest the beginning wins, then the one nearest to its old place: couples that are
    equal in this too are (i, j) and (j, i), which cannot compete for one item, so their order does not matter.
    """
    used_old, used_new = set(taken), set(taken.values())
    scored = []
    for i, j in candidates:
        if i in used_old or j in used_new:
            continue
        value = score(i, j)
        if value is not None:
            scored.append((-value, i + j, abs(i - j), i, j))
    couples = dict(taken)
    for _, _, _, i, j in sorted(scored):
        if i not in used_old and j not in used_new:
            couples[i] = j
            used_old.add(i)
            used_new.add(j)
    return couples


def sharing(old: Sequence[Iterable[str]], new: Sequence[Iterable[str]], most: int) -> set[tuple[int, int]]:
    """Couples that share a feature, leaving out features that would make more than `most` couples.

    This keeps the number of comparisons linear where every pair of items shares some feature.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for j, features in enumerate(new):
        for feature in set(features):
            postings[feature].append(j)
    places: dict[str, list[int]] = defaultdict(list)
    for i, features in enumerate(old):
        for feature in set(features):
            if feature in postings:
                places[feature].append(i)
    found: set[tuple[int, int]] = set()
    for feature, left in places.items():
        right = postings[feature]
        if len(left) * len(right) <= most:
            found.update((i, j) for i in left for j in right)
    return found
