"""Records that are coded worse than elsewhere: not grouped, or with a principal diagnosis that says 'unspecified'."""

import numpy as np

from guatu.core.kernel.explained import Rule
from guatu.engines.drg.quality.model import Signal, Subject
from guatu.engines.drg.quality.tally import standouts

NAME = ("编码质量", "coding quality")
UNGROUPED = Rule("drg.coding-ungrouped", "未入组占 {share}，其他医院 {others}，相差 {z} 个标准误",
                 "{share} are not grouped, {others} elsewhere, {z} standard errors apart")  # fmt: skip
UNSPECIFIC = Rule("drg.coding-unspecific", "主要诊断为未特指编码（.9）的占 {share}，其他医院 {others}，相差 {z} 个标准误",
                  "{share} have an unspecified principal diagnosis (.9), {others} elsewhere, {z} standard errors "
                  "apart")  # fmt: skip
ALONE = Rule("drg.coding-no-secondary", "没有其他诊断的占 {share}，其他医院 {others}，相差 {z} 个标准误",
             "{share} have no secondary diagnosis, {others} elsewhere, {z} standard errors apart")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    stays = subject.stays
    told = stays.secondary >= 0
    everyone = np.ones(len(stays), bool)
    cases = (
        (UNGROUPED, everyone, stays.ungrouped),
        (UNSPECIFIC, told, stays.unspecific),
        (ALONE, told, stays.secondary == 0),
    )
    return [
        Signal("coding", one.hospital, "", rule.gives(one.share, *one.parts, unit="1"), one.ids(stays))
        for rule, among, hit in cases
        for one in standouts(stays, among, hit, subject.terms)
    ]
