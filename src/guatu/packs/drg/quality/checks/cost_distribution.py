"""Costs that crowd right above the threshold of a low stay, where points jump: more often than at other hospitals."""

import numpy as np

from guatu.core.kernel.explained import Rule
from guatu.packs.drg.points.many import to_units
from guatu.packs.drg.quality.model import Signal, Subject
from guatu.packs.drg.quality.tally import standouts
from guatu.packs.drg.weights.model import SCALE

NAME = ("组内费用分布异常", "costs crowd at a threshold")
RULE = Rule("drg.cost-distribution", "费用恰在低倍率界限 {low_threshold} 之上（宽 {edge_width}）的占 {share}，其他医院 {others}，相差 {z} 个标准误",
            "{share} of stays cost just above the threshold {low_threshold} of a low stay (within {edge_width}), {others} elsewhere,"
            " {z} standard errors apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays, terms, rows = subject.stays, subject.terms, subject.weights.by_group
    means = [rows[word].mean if word in rows and rows[word].stable else 0 for word in stays.group.words]
    mean = np.array([*means, 0], np.int64)[stays.group.at]
    low, width = to_units(terms.low_threshold), to_units(terms.edge_width)
    scaled = stays.cost * SCALE
    edge = (mean > 0) & (scaled >= low * mean) & (scaled < (low + width) * mean)
    found = []
    for one in standouts(stays, mean > 0, edge, terms):
        figure = RULE.gives(one.share, terms.part("low_threshold"), terms.part("edge_width"), *one.parts, unit="1")
        found.append(Signal("cost_distribution", one.hospital, "", figure, one.ids(stays)))
    return found
