"""Fewer severe stays than the other hospitals of the level: patients may have been sent on or refused.

A stay is severe when its group weighs at least `severe_weight`. Hospitals are compared within their level, since a
health centre has fewer of them for good reasons.
"""

import numpy as np

from guatu.core.kernel.explained import Label, Rule
from guatu.engines.drg.quality.model import Signal, Subject
from guatu.engines.drg.quality.tally import standouts
from guatu.engines.drg.weights.model import BASE

NAME = ("疑似推诿重症", "possibly refused severe cases")
LEVEL = Label("level", "等级", "level")
RULE = Rule("drg.refusal", "权重 {severe_weight} 以上的病例占 {share}，同为{level}的其他医院 {others}，相差 {z} 个标准误",
            "{share} of stays weigh {severe_weight} or more, {others} at other hospitals of the level {level}, "
            "{z} standard errors"
            " apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays, terms = subject.stays, subject.terms
    rows = subject.weights.by_group
    limit = terms.severe_weight * BASE
    severe = [word in rows and rows[word].stable and rows[word].base_points >= limit for word in stays.group.words]
    hit = np.array([*severe, False])[stays.group.at]
    found = []
    for level in sorted(set(subject.levels.values())):
        among = np.array([*(subject.levels.get(word) == level for word in stays.hospital.words), False])[
            stays.hospital.at
        ]
        for one in standouts(stays, among & ~stays.ungrouped, hit, terms, low=True):
            figure = RULE.gives(one.share, LEVEL.of(level), terms.part("severe_weight"), *one.parts, unit="1")
            found.append(Signal("refusal", one.hospital, "", figure))
    return found
