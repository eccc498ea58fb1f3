"""Stays of one patient at one hospital that follow each other within days: one stay may have been parted in two."""

import numpy as np

from guatu.core.kernel.explained import Rule
from guatu.engines.drg.quality.model import Signal, Subject
from guatu.engines.drg.quality.tally import standouts

NAME = ("疑似分解住院", "possible split stays")
RULE = Rule("drg.splitting", "{split_days}内又在本院住院的占 {share}，其他医院 {others}，相差 {z} 个标准误",
            "{share} came back to the same hospital within {split_days}, {others} elsewhere, {z} standard errors "
            "apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays, terms = subject.stays, subject.terms
    split = np.zeros(len(stays), bool)
    rows = np.flatnonzero((stays.patient.at >= 0) & ~stays.planned)
    keys = (
        stays.row[rows],
        stays.discharged[rows],
        stays.admitted[rows],
        stays.hospital.at[rows],
        stays.patient.at[rows],
    )
    rows = rows[np.lexsort(keys)]
    before, after = rows[:-1], rows[1:]
    same = (stays.patient.at[before] == stays.patient.at[after]) & (
        stays.hospital.at[before] == stays.hospital.at[after]
    )
    gap = stays.admitted[after] - stays.discharged[before]
    split[before[same & (gap <= terms.split_days)]] = True
    found = standouts(stays, np.ones(len(stays), bool), split, terms)
    return [
        Signal(
            "splitting",
            one.hospital,
            "",
            RULE.gives(one.share, *one.parts, terms.part("split_days"), unit="1"),
            one.ids(stays),
        )
        for one in found
    ]
