"""Points of many stays at once, in whole ten-thousandths of a point. Reference, items 3 to 7.

This is the fast form of `one.points_of`; the tests hold both to the same digits. Products that do not fit in 64 bits
are made with integers of any size: no digit depends on how large a cost is.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.points.exact import rounded
from guatu.engines.drg.points.model import (
    BAND,
    BED_DAY,
    COST,
    HIGH,
    LOW,
    NORMAL,
    OUTSIDE,
    REVIEW,
    Points,
    Review,
    state_of,
)
from guatu.engines.drg.points.review import review_units
from guatu.engines.drg.stays.columns import Ints, Stays
from guatu.engines.drg.weights.model import BASE, SCALE, Weights, to_places

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
    full, rule = rows.made()
    units = full
    if readmitted is not None and readmitted.any():
        # From the beginning with the share, and not of what was rounded already.
        rows.share = np.where(readmitted, to_units(terms.readmission_share), SCALE).astype(np.int64)
        units, _ = rows.made()
    if reviews:
        _review(stays, rows, reviews, (full, units), rule)
    for column in (full, units):
        column[rule == OUTSIDE] = 0
    return Points(units, full, rule, rows.k)


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
        self.share = np.full(len(stays), SCALE, np.int64)
        """Of the points, which a readmission leaves."""

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
        added = np.zeros(len(stays), np.int64)
        for band in terms.ratio_bands:
            start, end = (to_units(edge) * self.mean for edge in (band.start, band.end))
            inside = self.stable & (cost * SCALE >= start) & (cost * SCALE < end)
            rule[inside], added[inside] = BAND, to_units(band.add)
        long = days >= terms.outside_from_days if terms.outside_from_days else np.zeros(len(stays), bool)
        rule[(days <= terms.outside_up_to_days) | long] = OUTSIDE
        rule[self.by_day] = BED_DAY
        units = np.zeros(len(stays), np.int64)
        for made, which in ((self._normal, NORMAL), (self._low, LOW), (self._cost, COST), (self._day, BED_DAY)):
            at = np.flatnonzero(rule == which)
            units[at] = made(at)
        for made_of, which, column in ((self._high, HIGH, threshold), (self._band, BAND, added)):
            at = np.flatnonzero(rule == which)
            units[at] = made_of(at, column[at])
        return units, rule

    def _rounded(self, at: Ints, above: Sequence[Ints], below: Sequence[Ints] = ()) -> Ints:
        """The one place where points are rounded: their factors, the share of a readmission among them, at once."""
        return rounded([*above, self.share[at]], [*below, _ONE])

    def _normal(self, at: Ints) -> Ints:
        """Item 3: BP x k."""
        return self._rounded(at, [self.base[at], self.k[at]], [_ONE])

    def _low(self, at: Ints) -> Ints:
        """Item 4: BP x x, or BP x k x x, neither above BP."""
        cost, mean, base = self._stays.cost[at], self.mean[at], self.base[at]
        most = self._rounded(at, [base])
        if self._terms.low_rule == "cost":
            return np.minimum(self._rounded(at, [base, cost], [mean]), most)
        return np.minimum(self._rounded(at, [base, self.k[at], cost], [mean, _ONE]), most)

    def _high(self, at: Ints, threshold: Ints) -> Ints:
        """Item 5: BP x (k + x - t), or BP x (1 + x - t)."""
        first = self.k[at] if self._terms.high_rule == "trimmed" else _ONE
        return self._plus_ratio(at, first - threshold)

    def _band(self, at: Ints, added: Ints) -> Ints:
        """BP x (x + what the band adds)."""
        return self._plus_ratio(at, added)

    def _plus_ratio(self, at: Ints, added: Ints) -> Ints:
        inner = added * self.mean[at] + self._stays.cost[at] * SCALE
        return self._rounded(at, [self.base[at], inner], [self.mean[at], _ONE])

    def _cost(self, at: Ints) -> Ints:
        """Item 7: C / C0 x 100 x discount of its state."""
        if len(at) and not self._weights.region_mean:
            raise ValueError("the region's mean cost is 0: there is nothing to make points of")
        by_group, words = self._weights.by_group, (*self._stays.group.words, "")
        discounts = [to_units(self._terms.discount(state_of(word, by_group.get(word)))) for word in words]
        factor = np.array(discounts, np.int64)[self._stays.group.at[at]] * BASE
        mean = np.array([self._weights.region_mean], np.int64)
        return self._rounded(at, [self._stays.cost[at], factor], [mean])

    def _day(self, at: Ints) -> Ints:
        """Item 6: points of a day x days."""
        return self._rounded(at, [self.base[at], self._stays.days[at]])


def _review(
    stays: Stays, rows: _Rows, reviews: Mapping[str, Review], columns: tuple[Ints, Ints], rule: NDArray[np.int8]
) -> None:
    """Item 8, in place: the points before and after a readmission."""
    full, units = columns
    for at in np.flatnonzero([id_ in reviews for id_ in stays.id]).tolist():
        if rule[at] == OUTSIDE:
            continue
        review, cost = reviews[stays.id[at]], int(stays.cost[at])
        if rows.stable[at]:
            table = (int(rows.base[at]), int(rows.mean[at]))
        else:
            table = (BASE * SCALE, rows._weights.region_mean)
        exact = review_units(review, cost, *table, int(rows.k[at]) if rows.stable[at] else 0)
        units[at] = int(to_places(exact * Fraction(int(rows.share[at]), SCALE), 0))
        full[at] = int(to_places(exact, 0))
        rule[at] = REVIEW


def _column(values: Sequence[int | bool]) -> Ints:
    """Values by position, with a last one for stays whose group is unknown (position -1)."""
    return np.array([*(int(value) for value in values), 0], np.int64)
