"""Weights from history. Reference: DRG point-method settlement, items 1, 2, 6 and 7.

Sums are whole numbers, decisions (trimming, stability) are made on exact fractions: the same rows give the same table
in whatever order they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

import numpy as np

from guatu.engines.drg.parameters.terms import Terms
from guatu.engines.drg.stays.columns import Codes, Ints, Stays
from guatu.engines.drg.weights.model import BASE, Coefficient, GroupState, GroupWeight, Weights, to_places
from guatu.engines.drg.weights.sums import Moments, moments_by
from guatu.engines.drg.weights.trim import kept

ONE = Decimal(1)
_PLACES = 4


@dataclass(frozen=True)
class _Costs:
    """What weighing needs of stays; the other columns are not carried along."""

    hospital: Codes
    group: Codes
    cost: Ints
    days: Ints
    year: Ints
    """Of discharge."""

    def take(self, rows: np.ndarray) -> "_Costs":
        columns = (self.cost[rows], self.days[rows], self.year[rows])
        return _Costs(self.hospital.take(rows), self.group.take(rows), *columns)


@dataclass(frozen=True)
class _Yearly:
    """The moments of groups with their means by year; without weights, the mean of all stays alike."""

    whole: list[Moments]
    means: list[Fraction]

    @classmethod
    def of(cls, at: Ints, costs: _Costs, size: int, weights: tuple[int, ...]) -> "_Yearly":
        """`weights` are those of the years, the oldest first. A year without stays of a group has no part in it."""
        whole = moments_by(at, costs.cost, size)
        if not weights or not len(costs.year):
            return cls(whole, [one.mean for one in whole])
        place = costs.year - (int(costs.year.max()) - len(weights) + 1)
        each = moments_by(np.where(at < 0, -1, at * len(weights) + place), costs.cost, size * len(weights))
        return cls(whole, [_mean(each[n * len(weights) : (n + 1) * len(weights)], weights) for n in range(size)])


def _mean(years: list[Moments], weights: tuple[int, ...]) -> Fraction:
    used = [(one.mean, weight) for one, weight in zip(years, weights, strict=True) if one.count and weight]
    whole = sum(weight for _, weight in used)
    return sum((mean * weight for mean, weight in used), Fraction(0)) / whole if whole else Fraction(0)


def weigh(stays: Stays, terms: Terms, levels: Mapping[str, str]) -> Weights:
    """The table of a region from the stays of its base period; `levels` gives the level of each hospital.

    Weighed are grouped stays of a length that is not outside. The region's mean is that of all of them that trimming
    left, whether their group is stable or not; bed-day groups are weighed by the day.
    """
    years = stays.discharged.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    whole_table = _Costs(stays.hospital, stays.group, stays.cost, stays.days, years)
    used = whole_table.take(_inside(stays, terms) & ~stays.ungrouped)
    by_day = np.isin(np.array(used.group.words, object), terms.bed_day_groups)[used.group.at]
    whole, daily = used.take(~by_day), used.take(by_day)
    keep = kept(whole.group.at, whole.cost, terms)
    weighed = whole.take(keep)
    region = _Yearly.of(np.zeros(len(weighed.cost), np.int64), weighed, 1, terms.year_weights).means[0]
    counts = np.bincount(whole.group.at, minlength=len(whole.group.words))
    yearly = _Yearly.of(weighed.group.at, weighed, len(weighed.group.words), terms.year_weights)
    moments = yearly.whole
    words = weighed.group.words
    rows = [
        _group(word, moments[at], yearly.means[at], int(counts[at]) - moments[at].count, region, terms)
        for at, word in enumerate(words)
        if counts[at]
    ]
    stable = {row.group for row in rows if row.stable}
    coefficients = _coefficients(
        weighed, yearly.means, [word in stable - set(terms.coefficient_exempt) for word in words], levels, terms
    )
    rows += _bed_days(daily, region)
    return Weights(
        region_mean=round_half_up(region),
        groups=tuple(sorted(rows, key=lambda row: row.group)),
        coefficients=tuple(sorted(coefficients, key=lambda row: (row.of, row.group))),
        coefficient_by=terms.coefficient_by,
        region_days=to_places(Fraction(int(weighed.days.sum()), max(len(weighed.cost), 1)), _PLACES),
        cases=len(weighed.cost),
        hospitals=tuple(sorted({stays.hospital.words[at] for at in np.unique(stays.hospital.at)})),
        levels=dict(sorted(levels.items())),
    )


def round_half_up(value: Fraction) -> int:
    return int(to_places(value, 0))


def _inside(stays: Stays, terms: Terms) -> np.ndarray:
    days = stays.days
    long = days >= terms.outside_from_days if terms.outside_from_days else np.zeros(len(stays), bool)
    by_day = np.isin(np.array([*stays.group.words, ""], object), terms.bed_day_groups)[stays.group.at]
    found: np.ndarray = ((days > terms.outside_up_to_days) & ~long) | by_day
    return found


def base_points(mean: Fraction, region: Fraction) -> Decimal:
    """Item 1: BP = mean of the group / mean of the region x 100, to four decimals."""
    return to_places(mean / region * BASE, _PLACES)


def _group(word: str, found: Moments, mean: Fraction, trimmed: int, region: Fraction, terms: Terms) -> GroupWeight:
    state = _state(found, mean, terms)
    points = base_points(mean, region) if region and found.count else Decimal(0)
    cv = Decimal(str(round(sqrt(found.cv_squared(terms.cv_denominator)), _PLACES)))
    return GroupWeight(word, found.count, trimmed, round_half_up(mean), cv, points, state)


def _state(found: Moments, mean: Fraction, terms: Terms) -> GroupState:
    """Item 7: too few stays, or costs that spread too far. A variance of one stay is none at all."""
    if found.count < terms.min_cases:
        return "few"
    if not round_half_up(mean):
        return "free"
    spread = found.cv_squared(terms.cv_denominator) > Fraction(terms.cv_limit) ** 2
    return "spread" if spread else "stable"


def _bed_days(daily: _Costs, region: Fraction) -> list[GroupWeight]:
    """Item 6: points of a day = mean cost of a bed-day / mean of the region x 100."""
    rows = []
    size = len(daily.group.words)
    costs, days = (moments_by(daily.group.at, column, size) for column in (daily.cost, daily.days))
    for word, cost, day in zip(daily.group.words, costs, days, strict=True):
        if cost.count and region:
            per_day = Fraction(cost.total, day.total)
            points = base_points(per_day, region)
            rows.append(
                GroupWeight(word, cost.count, 0, round_half_up(per_day), Decimal(0), points, "bed-day", day.total)
            )
    return rows


def _coefficients(
    weighed: _Costs, groups: list[Fraction], weighty: list[bool], levels: Mapping[str, str], terms: Terms
) -> list[Coefficient]:
    """Item 2: mean of the hospital (or its level) in the group / mean of the group, held in a band.

    `groups` are the means of the groups; those that are not `weighty` (not stable, exempt) have no coefficient."""
    names, owner = _owners(weighed, levels, terms)
    size = len(weighed.group.words)
    pairs = owner * size + weighed.group.at
    used, at = np.unique(pairs[owner >= 0], return_inverse=True)
    own_years = _Yearly.of(at.astype(np.int64), weighed.take(owner >= 0), len(used), terms.year_weights)
    low, high = terms.coefficient_min, terms.coefficient_max
    rows = []
    for pair, own, mean in zip(used.tolist(), own_years.whole, own_years.means, strict=True):
        if own.count < terms.coefficient_min_cases or not weighty[pair % size]:
            continue
        raw = to_places(mean / groups[pair % size], _PLACES)
        value = min(max(raw, low), high)
        word = weighed.group.words[pair % size]
        rows.append(Coefficient(names[pair // size], word, own.count, round_half_up(mean), raw, value))
    return rows


def _owners(stays: _Costs, levels: Mapping[str, str], terms: Terms) -> tuple[tuple[str, ...], Ints]:
    """Who has a coefficient, and which of them each stay belongs to (-1: none)."""
    if terms.coefficient_by == "hospital":
        return stays.hospital.words, stays.hospital.at
    names = tuple(sorted(set(levels.values())))
    of = np.array([*(names.index(levels[w]) if w in levels else -1 for w in stays.hospital.words), -1], np.int64)
    return names, of[stays.hospital.at]
