"""Stays that last longer than elsewhere for the same groups: the time index is above its limit."""

from guatu.core.kernel.explained import Explained, Rule
from guatu.engines.drg.quality.indicators import indicators
from guatu.engines.drg.quality.model import Signal, Subject

NAME = ("住院日偏长", "long stays")
RULE = Rule("drg.length-of-stay", "时间消耗指数 {value}，高于界限 {time_index_limit}（{groups} 个病组，{stays}）",
            "time index {value}, above the limit {time_index_limit} ({groups} groups, {stays})")  # fmt: skip


def signals(subject: Subject) -> list[Signal]:
    terms = subject.terms
    found = []
    for row in indicators(subject.stays, subject.weights):
        index = row.time_index
        if not isinstance(index, Explained) or index.value <= terms.time_index_limit:
            continue
        if row.stays >= terms.signal_min_cases:
            figure = RULE.gives(index.value, *index.parts, terms.part("time_index_limit"))
            found.append(Signal("length_of_stay", row.hospital, "", figure))
    return found
