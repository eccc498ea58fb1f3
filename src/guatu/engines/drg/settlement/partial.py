"""Sums of stays by hospital: what a settlement needs of a part of the stays. Sums of parts add up to those of the
whole.

Readmissions, duplicates and the cap on reviews look at all stays; find them before the stays are parted (or part by
hospital, when readmissions count within one).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guatu.engines.drg.points.model import OUTSIDE, RULES, Points
from guatu.engines.drg.stays.columns import Ints, Stays

MONTHS = 12


@dataclass(frozen=True)
class Partial:
    """Whole numbers only: `units` are ten-thousandths of points, amounts are fen. Rows are hospitals in their order."""

    hospitals: tuple[str, ...]
    groups: tuple[str, ...]
    """The groups of the table of weights; the last column of a table by group holds all others."""
    cases: Ints
    units: Ints
    cost: Ints
    fund: Ints
    """[hospital, rule]"""
    month_units: Ints
    month_fund: Ints
    """[hospital, month of discharge]"""
    group_cases: Ints
    group_units: Ints
    group_cost: Ints
    """[hospital, group]"""

    def __add__(self, other: "Partial") -> "Partial":
        """The sums of both parts. Raises ValueError when they are not about the same hospitals and groups."""
        if (self.hospitals, self.groups) != (other.hospitals, other.groups):
            raise ValueError("parts of different hospitals or groups cannot be added")
        tables = {name: getattr(self, name) + getattr(other, name) for name in _TABLES}
        return Partial(self.hospitals, self.groups, **tables)

    def same_as(self, other: "Partial") -> bool:
        same = all(np.array_equal(getattr(self, name), getattr(other, name)) for name in _TABLES)
        return same and (self.hospitals, self.groups) == (other.hospitals, other.groups)

    @property
    def paid(self) -> Ints:
        """A mask of the rules whose stays are paid by points."""
        return np.flatnonzero(np.arange(len(RULES)) != OUTSIDE)


_TABLES = (
    "cases", "units", "cost", "fund", "month_units", "month_fund", "group_cases", "group_units", "group_cost",
)  # fmt: skip


def partial_of(stays: Stays, points: Points, hospitals: Sequence[str], groups: Sequence[str]) -> Partial:
    """The sums of some stays. Raises ValueError for a stay of another hospital: reading should have refused it."""
    h = stays.hospital.into(hospitals)
    if len(h) and h.min() < 0:
        raise ValueError("a stay of a hospital that is not in the list")
    rule = points.rule.astype(np.int64)
    month = stays.discharged.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % MONTHS
    group = stays.group.into(groups)
    group[group < 0] = len(groups)
    inside = rule != OUTSIDE
    ones = np.ones(len(h), np.int64)
    rows, size = len(hospitals), len(RULES)
    by_month = (h[inside], month[inside], (rows, MONTHS))
    by_group = (h[inside], group[inside], (rows, len(groups) + 1))
    return Partial(
        tuple(hospitals),
        tuple(groups),
        cases=_summed(h, rule, (rows, size), ones),
        units=_summed(h, rule, (rows, size), points.units),
        cost=_summed(h, rule, (rows, size), stays.cost),
        fund=_summed(h, rule, (rows, size), stays.fund),
        month_units=_summed(*by_month, points.units[inside]),
        month_fund=_summed(*by_month, stays.fund[inside]),
        group_cases=_summed(*by_group, ones[inside]),
        group_units=_summed(*by_group, points.units[inside]),
        group_cost=_summed(*by_group, stays.cost[inside]),
    )


def _summed(row: Ints, column: Ints, shape: tuple[int, int], values: Ints) -> Ints:
    found = np.zeros(shape[0] * shape[1], np.int64)
    np.add.at(found, row * shape[1] + column, values)
    return found.reshape(shape)
