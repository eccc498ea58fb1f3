"""Conditions over facts, with a third answer: what is not known is neither true nor false.

Lights and the ladder of supervision are rules of such conditions. A fact that is unknown leaves a conjunction open unless
another of its conditions already fails (Kleene's strong logic of three values); a condition may say itself what an unknown
fact counts as.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from guatu.core.kernel.explained import Explained, Label, Part, Unknown, Word, show
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Verdict = Literal["yes", "no", "unknown"]
Operator = Literal["<", "<=", ">", ">=", "=", "!="]
Fact = Explained[Any] | Unknown
Facts = Mapping[str, Fact]

# The facts that rules may speak of, with the unit in which their limits are written.
FACTS: dict[str, tuple[Label, str]] = {
    key: (Label(key, zh, en), unit)
    for key, zh, en, unit in (
        ("days_to_start", "距开始", "days to the start", "day"),
        ("days_left", "距期限", "days to the deadline", "day"),
        ("met", "已达目标", "target met", ""),
        ("attainment", "完成率", "attainment", "1"),
        ("lag", "差距占全程", "shortfall of the whole change", "1"),
        ("forecast_attainment", "预计期末完成率", "attainment forecast for the deadline", "1"),
        ("missing_reports", "缺报", "missing reports", "item"),
        ("missing_in_a_row", "连续缺报", "missing reports in a row", "item"),
        ("late_reports", "迟报", "late reports", "item"),
        ("report_days_late", "缺报已迟", "oldest missing report late by", "working-day"),
        ("milestones_overdue", "逾期节点", "milestones overdue", "item"),
        ("milestone_days_late", "节点最多逾期", "latest milestone late by", "working-day"),
        ("reds_in_a_row", "连续红灯", "red lights in a row", "period"),
        ("ambers_in_a_row", "连续黄灯或红灯", "amber or red lights in a row", "period"),
        ("order_days_overdue", "督办单逾期", "supervision order overdue by", "working-day"),
        ("problem_days_open", "问题未销号", "problem open for", "working-day"),
    )
}

UNKNOWN_FACT = Kind(
    "condition.unknown-fact",
    "error",
    "规则“{rule}”用到了没有的指标“{fact}”;可用的有 {known}",
    "rule “{rule}” speaks of “{fact}”, which is no fact; there are {known}",
)

_HOLDS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


class Condition(msgspec.Struct, frozen=True):
    """One comparison of a fact with a limit; `if_unknown` is what a fact that is not known counts as."""

    fact: str
    op: Operator
    limit: float
    if_unknown: Verdict = "unknown"


def judge(conditions: Sequence[Condition], facts: Facts) -> Verdict:
    """Whether all conditions hold; of none, yes. A fact that was not handed in is unknown."""
    answers = {_answer(one, facts) for one in conditions}
    if "no" in answers:
        return "no"
    return "unknown" if "unknown" in answers else "yes"


def judge_any(triggers: Sequence[Sequence[Condition]], facts: Facts) -> Verdict:
    """Whether one of several conjunctions holds; of none, no."""
    answers = {judge(conditions, facts) for conditions in triggers}
    return "yes" if "yes" in answers else "unknown" if "unknown" in answers else "no"


def open_facts(conditions: Sequence[Condition], facts: Facts) -> list[str]:
    """Names of the facts that leave the conjunction open."""
    return [one.fact for one in conditions if _answer(one, facts) == "unknown"]


def described(conditions: Sequence[Condition], facts: Facts) -> Word:
    """The conditions with their numbers as words: 完成率 72% < 80%."""
    return Word(
        ",".join(_described(one, facts, "zh") for one in conditions) or "无条件",
        ", ".join(_described(one, facts, "en") for one in conditions) or "no condition",
    )


def fact_parts(names: Sequence[str], facts: Facts) -> list[Part]:
    """The facts as parts, each with its own reason, once each; those that were not handed in are left out."""
    return [FACTS[name][0].of(facts[name]) for name in dict.fromkeys(names) if name in facts]


def check_conditions(rule: str, conditions: Sequence[Condition]) -> list[RowFinding]:
    """Conditions that speak of a fact that does not exist."""
    known = "、".join(FACTS)
    return [
        row_finding(UNKNOWN_FACT, rule, "fact", rule=rule, fact=one.fact, known=known)
        for one in conditions
        if one.fact not in FACTS
    ]


def _answer(one: Condition, facts: Facts) -> Verdict:
    fact = facts.get(one.fact)
    if not isinstance(fact, Explained):
        return one.if_unknown
    return "yes" if _HOLDS[one.op](fact.value, one.limit) else "no"


def _described(one: Condition, facts: Facts, language: Literal["zh", "en"]) -> str:
    label, unit = FACTS[one.fact]
    name = label.zh if language == "zh" else label.en
    fact = facts.get(one.fact)
    unknown = "未知" if language == "zh" else "unknown"
    value = show(fact.value, fact.unit, language) if isinstance(fact, Explained) else unknown
    return f"{name} {value} {one.op} {show(one.limit, unit, language)}"
