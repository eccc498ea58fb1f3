"""Readmissions to the same group more often than elsewhere."""

import numpy as np

from guatu.core.kernel.explained import Rule
from guatu.engines.drg.points.readmission import readmitted
from guatu.engines.drg.quality.model import Signal, Subject
from guatu.engines.drg.quality.tally import standouts

NAME = ("再入院偏多", "many readmissions")
RULE = Rule("drg.readmissions", "{readmission_days}内同病组再入院占 {share}，其他医院 {others}，相差 {z} 个标准误",
            "{share} were readmitted to the same group within {readmission_days}, {others} elsewhere, {z} "
            "standard errors apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays, terms = subject.stays, subject.terms
    again = readmitted(stays, terms)
    return [
        Signal(
            "readmissions", one.hospital, "",
            RULE.gives(one.share, *one.parts, terms.part("readmission_days"), unit="1"), one.ids(stays),
        )
        for one in standouts(stays, np.ones(len(stays), bool), again, terms)
    ]  # fmt: skip
