"""Costs that crowd right above the threshold of a low stay, where points jump.

Of the stays near the threshold, the share above it is compared with that of the other hospitals: a cheap hospital has
more stays near the threshold on both sides, but no reason to have them on one.
"""

import numpy as np

from guatu.core.kernel.explained import Rule
from guatu.engines.drg.points.many import to_units
from guatu.engines.drg.quality.model import Signal, Subject
from guatu.engines.drg.quality.tally import standouts
from guatu.engines.drg.weights.model import SCALE

NAME = ("组内费用分布异常", "costs crowd at a threshold")
RULE = Rule("drg.cost-distribution", "费用在低倍率界限 {low_threshold} 上下 {edge_width} 以内的病例中，恰在界限之上的占 {share}，其他医院 "
    "{others}，相差 {z} 个标准误",
            "of the stays within {edge_width} of the threshold {low_threshold} of a low stay {share} are above it,"
            " {others} elsewhere,"
            " {z} standard errors apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays, terms, rows = subject.stays, subject.terms, subject.weights.by_group
    means = [rows[word].mean if word in rows and rows[word].stable else 0 for word in stays.group.words]
    mean = np.array([*means, 0], np.int64)[stays.group.at]
    low, width = to_units(terms.low_threshold), to_units(terms.edge_width)
    scaled = stays.cost * SCALE
    near = (mean > 0) & (scaled >= (low - width) * mean) & (scaled < (low + width) * mean)
    found = []
    for one in standouts(stays, near, scaled >= low * mean, terms):
        figure = RULE.gives(one.share, terms.part("low_threshold"), terms.part("edge_width"), *one.parts, unit="1")
        found.append(Signal("cost_distribution", one.hospital, "", figure, one.ids(stays)))
    return found
