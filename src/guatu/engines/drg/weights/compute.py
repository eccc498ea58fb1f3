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
from guatu.engines.drg.weights.model import BASE, Coefficient, GroupState, GroupWeight, Weights, quotient, to_places
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

    def take(self, rows: np.ndarray) -> "_Costs":
        return _Costs(self.hospital.take(rows), self.group.take(rows), self.cost[rows], self.days[rows])


def weigh(stays: Stays, terms: Terms, levels: Mapping[str, str]) -> Weights:
    """The table of a region from the stays of its base period; `levels` gives the level of each hospital.

    Weighed are grouped stays of a length that is not outside. The region's mean is that of all of them that trimming
    left, whether their group is stable or not; bed-day groups are weighed by the day.
    """
    used = _Costs(stays.hospital, stays.group, stays.cost, stays.days).take(_inside(stays, terms) & ~stays.ungrouped)
    by_day = np.isin(np.array(used.group.words, object), terms.bed_day_groups)[used.group.at]
    whole, daily = used.take(~by_day), used.take(by_day)
    keep = kept(whole.group.at, whole.cost, terms)
    weighed = whole.take(keep)
    everything = moments_by(np.zeros(len(weighed.cost), np.int64), weighed.cost, 1)[0]
    region = everything.mean
    counts = np.bincount(whole.group.at, minlength=len(whole.group.words))
    moments = moments_by(weighed.group.at, weighed.cost, len(weighed.group.words))
    words = weighed.group.words
    rows = [
        _group(word, moments[at], int(counts[at]) - moments[at].count, region, terms)
        for at, word in enumerate(words)
        if counts[at]
    ]
    stable = {row.group for row in rows if row.stable}
    coefficients = _coefficients(weighed, moments, [word in stable for word in words], levels, terms)
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


def _group(word: str, found: Moments, trimmed: int, region: Fraction, terms: Terms) -> GroupWeight:
    state = _state(found, terms)
    points = base_points(found.mean, region) if region and found.count else Decimal(0)
    cv = Decimal(str(round(sqrt(found.cv_squared(terms.cv_denominator)), _PLACES)))
    return GroupWeight(word, found.count, trimmed, round_half_up(found.mean), cv, points, state)


def _state(found: Moments, terms: Terms) -> GroupState:
    """Item 7: too few stays, or costs that spread too far. A variance of one stay is none at all."""
    if found.count < terms.min_cases:
        return "few"
    if not round_half_up(found.mean):
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
    weighed: _Costs, groups: list[Moments], stable: list[bool], levels: Mapping[str, str], terms: Terms
) -> list[Coefficient]:
    """Item 2: mean of the hospital (or its level) in the group / mean of the group, held in a band."""
    names, owner = _owners(weighed, levels, terms)
    size = len(weighed.group.words)
    pairs = owner * size + weighed.group.at
    used, at = np.unique(pairs[owner >= 0], return_inverse=True)
    found = moments_by(at.astype(np.int64), weighed.cost[owner >= 0], len(used))
    low, high = terms.coefficient_min, terms.coefficient_max
    rows = []
    for pair, own in zip(used.tolist(), found, strict=True):
        if own.count < terms.coefficient_min_cases or not stable[pair % size]:
            continue
        group = groups[pair % size]
        raw = quotient(own.total * group.count, own.count * group.total, _PLACES)
        value = min(max(raw, low), high)
        word = weighed.group.words[pair % size]
        rows.append(
            Coefficient(names[pair // size], word, own.count, int(quotient(own.total, own.count, 0)), raw, value)
        )
    return rows


def _owners(stays: _Costs, levels: Mapping[str, str], terms: Terms) -> tuple[tuple[str, ...], Ints]:
    """Who has a coefficient, and which of them each stay belongs to (-1: none)."""
    if terms.coefficient_by == "hospital":
        return stays.hospital.words, stays.hospital.at
    names = tuple(sorted(set(levels.values())))
    of = np.array([*(names.index(levels[w]) if w in levels else -1 for w in stays.hospital.words), -1], np.int64)
    return names, of[stays.hospital.at]
