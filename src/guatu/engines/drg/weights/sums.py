"""Counts, sums and sums of squares by group, in whole numbers of any size.

A sum of squares of fen does not fit in 64 bits. Each number is cut into a high and a low half, whose products do; the
halves are put together as Python integers, one per group.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from guatu.engines.drg.stays.columns import Ints

_HALF = 20


@dataclass(frozen=True, slots=True)
class Moments:
    """Of the values of one group. Adding two of them gives those of both groups together."""

    count: int
    total: int
    squares: int

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.count + other.count, self.total + other.total, self.squares + other.squares)

    @property
    def mean(self) -> Fraction:
        return Fraction(self.total, self.count) if self.count else Fraction(0)

    def cv_squared(self, denominator: str) -> Fraction:
        """The square of the coefficient of variation, exactly; 0 where it is not defined.

        population: variance over n; sample: over n - 1. Near a limit of 1 the two decide differently.
        """
        if not self.total or (denominator == "sample" and self.count < 2):
            return Fraction(0)
        population = Fraction(self.count * self.squares - self.total**2, self.total**2)
        return population if denominator == "population" else population * Fraction(self.count, self.count - 1)


def moments_by(at: Ints, values: Ints, size: int) -> list[Moments]:
    """The moments of `values` (0 to 2**40) for each group number from 0 to size - 1; rows of -1 are left out."""
    used = at >= 0
    # Numbers of 16 bits are sorted by counting.
    keys = at[used].astype(np.int16) if size <= np.iinfo(np.int16).max else at[used]
    order = np.argsort(keys, kind="stable")
    groups, ordered = keys[order], values[used][order]
    present, starts = np.unique(groups, return_index=True)
    found = [Moments(0, 0, 0)] * size
    if not len(ordered):
        return found
    high, low = ordered >> _HALF, ordered & ((1 << _HALF) - 1)
    columns = (np.ones_like(ordered), ordered, high * high, high * low, low * low)
    sums = [np.add.reduceat(column, starts).tolist() for column in columns]
    for group, count, total, hh, hl, ll in zip(present.tolist(), *sums, strict=True):
        found[group] = Moments(count, total, (hh << 2 * _HALF) + (hl << _HALF + 1) + ll)
    return found
