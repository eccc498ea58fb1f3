"""Stays of an ADRG that are graded with complications more often than elsewhere: upcoding would look like this.

The grade is the last sign of the group (1 with severe, 3 with some complications, 5 without). A hospital that truly has
heavier patients looks the same, so the mean cost of its graded stays against the region's stands beside: a high grade
at the cost of a low one is the stronger sign.
"""

from collections.abc import Iterator
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from guatu.core.kernel.explained import Label, Rule
from guatu.engines.drg.quality.model import SHOWN, Signal, Subject
from guatu.engines.drg.quality.statistics import share
from guatu.engines.drg.quality.tally import HITS, Z, standouts
from guatu.engines.drg.stays.columns import Ints, Stays

NAME = ("疑似高套", "possible upcoding")
GRADED, GRADES = "1", ("1", "3", "5")
COST = Label("cost_ratio", "高等级病例费用与地区同组之比", "cost of these against the region's in the same group")
EXPECTED = Label("expected", "预期", "expected")
ADRG = Label("adrg", "核心病组", "ADRG")
RULE = Rule("drg.upcoding", "{adrg}：伴严重并发症的占 {share}，其他医院 {others}，相差 {z} 个标准误；这些病例的费用为地区同组的 {cost_ratio}",
            "{adrg}: {share} with severe complications, {others} elsewhere, {z} standard errors apart; their cost "
            "is {cost_ratio} of"
            " the region's in the same group")  # fmt: skip


WHOLE = Rule("drg.upcoding-whole", "全院：伴严重并发症的 {hits}，按其他医院各核心病组的比例应为 {expected}，相差 {z} 个标准误；这些病例的费用为地区同类的 "
    "{cost_ratio}",
             "whole hospital: {hits} with severe complications where the other hospitals' shares in each ADRG "
             "give {expected},"
             " {z} standard errors apart; their cost is {cost_ratio} of the region's")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    """By ADRG where there are enough stays, and for each hospital over all its ADRGs."""
    graded = _Graded(subject.stays)
    return [*_by_adrg(subject, graded), *_by_hospital(subject, graded)]


class _Graded:
    """The stays of ADRGs that are split by grade."""

    def __init__(self, stays: Stays) -> None:
        words = stays.group.words
        split = [word[-1:] in GRADES and len(word) > 1 for word in words]
        self.stems = tuple(sorted({word[:-1] for word, is_split in zip(words, split, strict=True) if is_split}))
        place = {stem: at for at, stem in enumerate(self.stems)}
        of_word = [place[word[:-1]] if is_split else -1 for word, is_split in zip(words, split, strict=True)]
        self.stem = np.array([*of_word, -1], np.int64)[stays.group.at]
        self.high = np.array([*(word.endswith(GRADED) for word in words), False])[stays.group.at]


def _by_adrg(subject: Subject, graded: _Graded) -> Iterator[Signal]:
    stays = subject.stays
    order = np.argsort(graded.stem, kind="stable")
    edges = np.searchsorted(graded.stem[order], np.arange(len(graded.stems) + 1))
    for at, name in enumerate(graded.stems):
        rows = order[edges[at] : edges[at + 1]]
        part, high = stays.take(rows), graded.high[rows]
        if not high.any() or high.all():
            continue
        region = int(part.cost[high].sum()), int(high.sum())
        for one in standouts(part, np.ones(len(rows), bool), high, subject.terms):
            costs = part.cost[one.rows]
            ratio = share(int(costs.sum()) * region[1], region[0] * len(costs))
            figure = RULE.gives(one.share, ADRG.of(name), COST.of(ratio, "1"), *one.parts, unit="1")
            yield Signal("upcoding", one.hospital, name, figure, one.ids(part))


def _by_hospital(subject: Subject, graded: _Graded) -> Iterator[Signal]:
    """Observed against expected (indirect standardisation): the mix of ADRGs is the hospital's own."""
    stays, terms, size = subject.stays, subject.terms, len(graded.stems)
    used = graded.stem >= 0
    region = _tables(stays, used, graded, size)
    for at, word in enumerate(stays.hospital.words):
        mine = used & (stays.hospital.at == at)
        if int(mine.sum()) < terms.signal_min_cases:
            continue
        own = _tables(stays, mine, graded, size)
        others = np.maximum(region[0] - own[0], 1)
        rate = (region[1] - own[1]) / others
        expected, variance = (
            float((own[0] * rate).sum()),
            float((own[0] * rate * (1 - rate) * (1 + own[0] / others)).sum()),
        )
        hits = int(own[1].sum())
        z = (hits - expected) / sqrt(variance) if variance else 0.0
        if z <= float(terms.signal_z):
            continue
        # What these stays would cost at the region's mean of each ADRG's graded stays.
        usual = float((own[1] * region[2] / np.maximum(region[1], 1)).sum())
        ratio = share(int(own[2].sum()), round(usual))
        parts = (HITS.of(hits, "stay"), EXPECTED.of(round(expected, 1), "stay"), Z.of(round(z, 2)), COST.of(ratio, "1"))
        rows = np.flatnonzero(mine & graded.high)[:SHOWN]
        figure = WHOLE.gives(share(hits, int(mine.sum())), *parts, terms.part("signal_z"), unit="1")
        yield Signal("upcoding", word, "", figure, tuple(str(id_) for id_ in stays.id[rows]))


def _tables(stays: Stays, rows: NDArray[np.bool_], graded: _Graded, size: int) -> tuple[Ints, Ints, Ints]:
    """By ADRG: stays, those of the highest grade, and the cost of these in fen."""
    high = rows & graded.high
    cost = np.zeros(size, np.int64)
    np.add.at(cost, graded.stem[high], stays.cost[high])
    of, hits = (np.bincount(graded.stem[mask], minlength=size).astype(np.int64) for mask in (rows, high))
    return of, hits, cost
