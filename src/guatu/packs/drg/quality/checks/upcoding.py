"""Stays of an ADRG that are graded with complications more often than elsewhere: upcoding would look like this.

The grade is the last sign of the group (1 with severe, 3 with some complications, 5 without). A hospital that truly has
heavier patients looks the same, so the mean cost of its graded stays against the region's stands beside: a high grade at
the cost of a low one is the stronger sign.
"""

import numpy as np

from guatu.core.kernel.explained import Label, Rule
from guatu.packs.drg.quality.model import Signal, Subject
from guatu.packs.drg.quality.statistics import share
from guatu.packs.drg.quality.tally import standouts

NAME = ("疑似高套", "possible upcoding")
GRADED, GRADES = "1", ("1", "3", "5")
COST = Label("cost_ratio", "高等级病例费用与地区同组之比", "cost of these against the region's in the same group")
ADRG = Label("adrg", "核心病组", "ADRG")
RULE = Rule("drg.upcoding", "{adrg}：伴严重并发症的占 {share}，其他医院 {others}，相差 {z} 个标准误；这些病例的费用为地区同组的 {cost_ratio}",
            "{adrg}: {share} with severe complications, {others} elsewhere, {z} standard errors apart; their cost is {cost_ratio} of"
            " the region's in the same group")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays = subject.stays
    words = stays.group.words
    stems = tuple(sorted({word[:-1] for word in words if word[-1:] in GRADES and len(word) > 1}))
    place = {stem: at for at, stem in enumerate(stems)}
    stem = np.array([*(place.get(word[:-1], -1) if word[-1:] in GRADES else -1 for word in words), -1])[stays.group.at]
    graded = np.array([*(word.endswith(GRADED) for word in words), False])[stays.group.at]
    order = np.argsort(stem, kind="stable")
    edges = np.searchsorted(stem[order], np.arange(len(stems) + 1))
    found = []
    for at, name in enumerate(stems):
        rows = order[edges[at] : edges[at + 1]]
        part, high = stays.take(rows), graded[rows]
        if not high.any() or high.all():
            continue
        region = int(part.cost[high].sum()), int(high.sum())
        for one in standouts(part, np.ones(len(rows), bool), high, subject.terms):
            costs = part.cost[one.rows]
            ratio = share(int(costs.sum()) * region[1], region[0] * len(costs))
            figure = RULE.gives(one.share, ADRG.of(name), COST.of(ratio, "1"), *one.parts, unit="1")
            found.append(Signal("upcoding", one.hospital, name, figure, one.ids(part)))
    return found
