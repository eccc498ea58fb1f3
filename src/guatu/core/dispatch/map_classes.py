"""Classes of a map: values of places parted so that places that differ look different, and equal ones alike.

Distinct values, in their order, are parted into as many groups of nearly equal number as there are colours (quantiles,
as atlases of statistics part them: J. Bertin, Sémiologie graphique, 1967), and not into equal intervals: one town far
behind would push all others into one colour. A class is named by the least and the greatest value that is in it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

COLOURS = 5


class MapClass(msgspec.Struct, frozen=True):
    """`shade` is its place in a scale of `COLOURS` colours: 0 for the best, the last for the worst."""

    least: float
    greatest: float
    shade: int

    def holds(self, value: float) -> bool:
        return self.least <= value <= self.greatest


def map_classes(values: Iterable[float], high_is_good: bool, most: int = COLOURS) -> list[MapClass]:
    """The classes of some values from the best to the worst; at most as many as there are distinct values."""
    distinct = sorted(set(values))
    count = min(most, len(distinct))
    groups = [distinct[at * len(distinct) // count : (at + 1) * len(distinct) // count] for at in range(count)]
    in_order = groups[::-1] if high_is_good else groups
    # Of few classes the colours stay apart; a single one is neither good nor bad.
    shades = [round(at * (most - 1) / (count - 1)) for at in range(count)] if count > 1 else [most // 2] * count
    return [MapClass(group[0], group[-1], shade) for group, shade in zip(in_order, shades, strict=True)]


def places_of(values: Sequence[float], high_is_good: bool) -> list[int]:
    """The place of each value among all, from 1; equal ones share the better place, and the next is left out."""
    ordered = sorted(-value if high_is_good else value for value in values)
    return [bisect_left(ordered, -value if high_is_good else value) + 1 for value in values]
