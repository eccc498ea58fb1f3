"""Indicators of a hospital: case mix, cost and time against the region, share of grouped stays. Reference, item 16.

Cost and time are compared group by group and weighed by the hospital's own stays, so that a hospital with heavy cases
is not called dear: index = sum over groups of (own mean / mean of the region x own stays) / own stays.
"""

from decimal import Decimal
from fractions import Fraction

import msgspec
import numpy as np

from guatu.core.kernel.explained import Explained, Label, Rule, Unknown
from guatu.engines.drg.stays.columns import Ints, Stays
from guatu.engines.drg.weights.model import SCALE, Weights, to_places

_PLACES = 4
STAYS = Label("stays", "病例数", "stays")
GROUPED = Label("grouped", "入组病例", "grouped stays")
WEIGHTS = Label("weights", "权重合计", "sum of weights")
WEIGHED = Label("weighed", "有权重的病例", "stays with a weight")
GROUPS = Label("groups", "病组数", "groups")

CMI = Rule(
    "drg.cmi", "权重合计 {weights} ÷ 病例 {weighed} = {value}", "sum of weights {weights} / stays {weighed} = {value}"
)
COST = Rule("drg.cost-index", "{groups} 个病组的次均费用与地区相比，按本院病例加权 = {value}",
            "mean costs of {groups} groups against the region, weighed by own stays = {value}")  # fmt: skip
TIME = Rule("drg.time-index", "{groups} 个病组的平均住院日与地区相比，按本院病例加权 = {value}",
            "mean days of {groups} groups against the region, weighed by own stays = {value}")  # fmt: skip
RATE = Rule("drg.grouping-rate", "入组 {grouped} ÷ 病例 {stays} = {value}（0000 与 QY 计为未入组）",
            "grouped {grouped} / stays {stays} = {value} (0000 and QY are not grouped)")  # fmt: skip
NONE = Rule("drg.indicator-none", "本院没有可比的病例，无法计算", "the hospital has no stay that can be compared")

Figure = Explained[Decimal] | Unknown


class Indicators(msgspec.Struct, frozen=True):
    """Of one hospital; the rates are ratios (unit "1")."""

    hospital: str
    stays: int
    cmi: Figure
    cost_index: Figure
    time_index: Figure
    grouping_rate: Figure


def indicators(stays: Stays, weights: Weights) -> list[Indicators]:
    """The indicators of each hospital that has a stay, in the order of their codes."""
    region = _Sums(stays)
    by_hospital = np.argsort(stays.hospital.at, kind="stable")
    edges = np.flatnonzero(np.diff(stays.hospital.at[by_hospital])) + 1
    parts = np.split(by_hospital, edges) if len(stays) else []
    found = [_of_one(stays.take(rows), region, weights) for rows in parts]
    return sorted(found, key=lambda row: row.hospital)


class _Sums:
    """Stays, costs and days by group."""

    def __init__(self, stays: Stays) -> None:
        self.words = stays.group.words
        grouped = ~stays.ungrouped
        at = stays.group.at[grouped]
        self.stays, self.cost, self.days = (
            summed(at, column, len(self.words))
            for column in (np.ones_like(at), stays.cost[grouped], stays.days[grouped])
        )


def summed(at: Ints, values: Ints, size: int) -> list[int]:
    found = np.zeros(size, np.int64)
    np.add.at(found, at, values)
    return found.tolist()


def _of_one(own: Stays, region: _Sums, weights: Weights) -> Indicators:
    sums = _Sums(own)
    grouped = sum(sums.stays)
    rate = to_places(Fraction(grouped, len(own)), _PLACES)
    return Indicators(
        own.hospital[0],
        len(own),
        _cmi(sums, weights),
        _index(COST, sums.cost, region.cost, sums, region),
        _index(TIME, sums.days, region.days, sums, region),
        RATE.gives(rate, GROUPED.of(grouped, "stay"), STAYS.of(len(own), "stay"), unit="1"),
    )


def _cmi(sums: _Sums, weights: Weights) -> Figure:
    total, count = 0, 0
    for word, stays in zip(sums.words, sums.stays, strict=True):
        row = weights.by_group.get(word)
        if stays and row is not None and row.state != "bed-day":
            total += stays * int(row.base_points * SCALE)
            count += stays
    if not count:
        return NONE.lacks()
    whole = Fraction(total, SCALE * 100)
    parts = (WEIGHTS.of(to_places(whole, _PLACES)), WEIGHED.of(count, "stay"))
    return CMI.gives(to_places(whole / count, _PLACES), *parts)


def _index(rule: Rule, own: list[int], region: list[int], sums: _Sums, all_: _Sums) -> Figure:
    """Own mean / mean of the region x own stays = own sum x stays of the region / sum of the region."""
    weighed, count, groups = Fraction(0), 0, 0
    for mine, stays, theirs, everybody in zip(own, sums.stays, region, all_.stays, strict=True):
        if stays and theirs:
            weighed += Fraction(mine * everybody, theirs)
            count += stays
            groups += 1
    if not count:
        return NONE.lacks()
    return rule.gives(to_places(weighed / count, _PLACES), GROUPS.of(groups), STAYS.of(count, "stay"))
