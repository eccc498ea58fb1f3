"""Points of many stays at once, in whole ten-thousandths of a point. Reference, items 3 to 7.

This is the fast form of `one.points_of`; the tests hold both to the same digits. Products that do not fit in 64 bits
are made with integers of any size: no digit depends on how large a cost is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.points.exact import rounded
from guatu.engines.drg.points.model import BED_DAY, COST, HIGH, LOW, NORMAL, OUTSIDE, REVIEW, Points, Review
from guatu.engines.drg.points.review import review_units
from guatu.engines.drg.stays.columns import Ints, Stays
from guatu.engines.drg.weights.model import BASE, SCALE, Weights

Mask = NDArray[np.bool_]
_ONE = np.array([SCALE], np.int64)
_EPOCH = date(1970, 1, 1)


def to_units(value: Decimal) -> int:
    """A rate or points in whole ten-thousandths. Raises ValueError for what has more decimals."""
    scaled = value * SCALE
    if scaled != int(scaled):
        raise ValueError(f"{value} has more than four decimals")
    return int(scaled)


def points_of_many(
    stays: Stays,
    weights: Weights,
    terms: Terms,
    levels: Mapping[str, str],
    readmitted: Mask | None = None,
    reviews: Mapping[str, Review] | None = None,
) -> Points:
    """The points of stays under the terms of one time; `readmitted` marks stays that a readmission followed.

    Raises ValueError where `high_thresholds` lacks a row (`thresholds_missing` says where beforehand).
    """
    rows = _Rows(stays, weights, terms, levels)
    units, rule = rows.made()
    if reviews:
        _review(stays, rows, reviews, units, rule)
    units[rule == OUTSIDE] = 0
    return Points(_after_readmission(units, readmitted, terms), units, rule, rows.k)


def points_over_time(
    stays: Stays,
    weights: Weights,
    times: Sequence[tuple[date, date, Terms]],
    levels: Mapping[str, str],
    readmitted: Mask | None = None,
    reviews: Mapping[str, Review] | None = None,
) -> Points:
    """Each stay by the terms that held when it was discharged. A stay outside of all times has no points: see
    `times`."""
    size = len(stays)
    found = Points(
        np.zeros(size, np.int64), np.zeros(size, np.int64), np.full(size, OUTSIDE, np.int8), np.full(size, SCALE)
    )
    for first, last, terms in times:
        within = (stays.discharged >= (first - _EPOCH).days) & (stays.discharged <= (last - _EPOCH).days)
        whole = bool(within.all())
        part = stays if whole else stays.take(within)
        again = readmitted if readmitted is None or whole else readmitted[within]
        made = points_of_many(part, weights, terms, levels, again, reviews)
        if whole:
            return made
        for name in ("units", "full", "rule", "coefficient"):
            getattr(found, name)[within] = getattr(made, name)
    return found


def _after_readmission(units: Ints, readmitted: Mask | None, terms: Terms) -> Ints:
    if readmitted is None or not readmitted.any():
        return units
    left = units.copy()
    share = np.array([to_units(terms.readmission_share)], np.int64)
    left[readmitted] = rounded([units[readmitted], share], [_ONE])
    return left


class _Rows:
    """What the tables say of each stay, as columns: base points, mean, coefficient, threshold."""

    def __init__(self, stays: Stays, weights: Weights, terms: Terms, levels: Mapping[str, str]) -> None:
        self._stays, self._weights, self._terms = stays, weights, terms
        groups = weights.groups
        self.g = stays.group.into([row.group for row in groups])
        self.base = _column([to_units(row.base_points) for row in groups])[self.g]
        self.mean = _column([row.mean for row in groups])[self.g]
        self.stable = _column([row.stable for row in groups])[self.g].astype(bool)
        self.by_day = _column([row.state == "bed-day" for row in groups])[self.g].astype(bool)
        self.level = tuple(levels.get(word, "") for word in stays.hospital.words)
        self.k = self._coefficients()

    def _coefficients(self) -> Ints:
        """1 for a new hospital, a new group, or too few stays of the hospital in the group."""
        owners = self._stays.hospital.words if self._weights.coefficient_by == "hospital" else self.level
        places: dict[str, list[int]] = {}
        for at, owner in enumerate(owners):
            places.setdefault(owner, []).append(at)
        column = {row.group: at for at, row in enumerate(self._weights.groups)}
        table = np.full((len(owners) + 1, len(column) + 1), SCALE, np.int64)
        for row in self._weights.coefficients:
            for at in places.get(row.of, ()):
                table[at, column[row.group]] = to_units(row.value)
        found: Ints = np.where(self.stable, table[self._stays.hospital.at, self.g], SCALE)
        return found

    def _thresholds(self) -> Ints:
        """Of each stay of a stable group, in ten-thousandths."""
        names = sorted(set(self.level))
        table = np.zeros((len(names), len(self._weights.groups) + 1), np.int64)
        for y, level in enumerate(names):
            for x, row in enumerate(self._weights.groups):
                value = self._terms.high_threshold(level, row.base_points)
                table[y, x] = -1 if value is None else to_units(value)
        of_level = np.array([*(names.index(level) for level in self.level), 0], np.int64)
        found: Ints = table[of_level[self._stays.hospital.at], self.g]
        if (found[self.stable] < 0).any():
            raise ValueError("high_thresholds has no row for a level or for base points that occur")
        return found

    def made(self) -> tuple[Ints, NDArray[np.int8]]:
        """Points before reviews and readmissions, and the rule that gave them."""
        stays, terms = self._stays, self._terms
        cost, days = stays.cost, stays.days
        rule = np.full(len(stays), COST, np.int8)
        rule[self.stable] = NORMAL
        threshold = self._thresholds()
        rule[self.stable & (cost * SCALE < to_units(terms.low_threshold) * self.mean)] = LOW
        rule[self.stable & (cost * SCALE > threshold * self.mean)] = HIGH
        long = days >= terms.outside_from_days if terms.outside_from_days else np.zeros(len(stays), bool)
        rule[(days <= terms.outside_up_to_days) | long] = OUTSIDE
        rule[self.by_day] = BED_DAY
        units = np.zeros(len(stays), np.int64)
        for made, which in ((self._normal, NORMAL), (self._low, LOW), (self._cost, COST), (self._day, BED_DAY)):
            at = np.flatnonzero(rule == which)
            units[at] = made(at)
        at = np.flatnonzero(rule == HIGH)
        units[at] = self._high(at, threshold[at])
        return units, rule

    def _normal(self, at: Ints) -> Ints:
        """Item 3: BP x k."""
        return rounded([self.base[at], self.k[at]], [_ONE])

    def _low(self, at: Ints) -> Ints:
        """Item 4: BP x x, or BP x k x x, neither above BP."""
        cost, mean, base = self._stays.cost[at], self.mean[at], self.base[at]
        if self._terms.low_rule == "cost":
            return np.minimum(rounded([base, cost], [mean]), base)
        return np.minimum(rounded([base, self.k[at], cost], [mean, _ONE]), base)

    def _high(self, at: Ints, threshold: Ints) -> Ints:
        """Item 5: BP x (k + x - t), or BP x (1 + x - t)."""
        first = self.k[at] if self._terms.high_rule == "trimmed" else _ONE
        inner = (first - threshold) * self.mean[at] + self._stays.cost[at] * SCALE
        return rounded([self.base[at], inner], [self.mean[at], _ONE])

    def _cost(self, at: Ints) -> Ints:
        """Item 7: C / C0 x 100 x discount."""
        if len(at) and not self._weights.region_mean:
            raise ValueError("the region's mean cost is 0: there is nothing to make points of")
        factor = np.array([BASE * to_units(self._terms.cost_discount)], np.int64)
        return rounded([self._stays.cost[at], factor], [np.array([self._weights.region_mean], np.int64)])

    def _day(self, at: Ints) -> Ints:
        """Item 6: points of a day x days."""
        found: Ints = self.base[at] * self._stays.days[at]
        return found


def _review(stays: Stays, rows: _Rows, reviews: Mapping[str, Review], units: Ints, rule: NDArray[np.int8]) -> None:
    """Item 8, in place."""
    for at in np.flatnonzero([id_ in reviews for id_ in stays.id]).tolist():
        if rule[at] == OUTSIDE:
            continue
        review, cost = reviews[stays.id[at]], int(stays.cost[at])
        if rows.stable[at]:
            table = (int(rows.base[at]), int(rows.mean[at]))
        else:
            table = (BASE * SCALE, rows._weights.region_mean)
        units[at] = review_units(review, cost, *table, int(rows.k[at]) if rows.stable[at] else 0)
        rule[at] = REVIEW


def _column(values: Sequence[int | bool]) -> Ints:
    """Values by position, with a last one for stays whose group is unknown (position -1)."""
    return np.array([*(int(value) for value in values), 0], np.int64)
