"""The facts that lights and the ladder of supervision may go by, and their rules as conditions over these facts.

A rule is text in the language of `core.rules`. It says itself what a fact that is not known counts as:
`not(is defined(met)) or met = false` takes an unknown target for one that is not met.
"""

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.rules import Expression, Facts, Judgement, Term, Vocabulary, check_text, judge, parse

__all__ = ["FACTS", "Fact", "Facts", "check_condition", "condition", "judged"]

Fact = Explained[int] | Explained[float] | Explained[bool] | Unknown

FACTS = Vocabulary(
    (
        Term("days_to_start", "number", "距开始", "days to the start", "day"),
        Term("days_left", "number", "距期限", "days to the deadline", "day"),
        Term("met", "boolean", "已达目标", "target met"),
        Term("attainment", "number", "完成率", "attainment", "1"),
        Term("lag", "number", "差距占全程", "shortfall of the whole change", "1"),
        Term("forecast_attainment", "number", "预计期末完成率", "attainment forecast for the deadline", "1"),
        Term("missing_reports", "number", "缺报", "missing reports", "item"),
        Term("missing_in_a_row", "number", "连续缺报", "missing reports in a row", "item"),
        Term("late_reports", "number", "迟报", "late reports", "item"),
        Term("report_days_late", "number", "缺报已迟", "oldest missing report late by", "working-day"),
        Term("milestones_overdue", "number", "逾期节点", "milestones overdue", "item"),
        Term("milestone_days_late", "number", "节点最多逾期", "latest milestone late by", "working-day"),
        Term("reds_in_a_row", "number", "连续红灯", "red lights in a row", "period"),
        Term("ambers_in_a_row", "number", "连续黄灯或红灯", "amber or red lights in a row", "period"),
        Term("order_days_overdue", "number", "督办单逾期", "supervision order overdue by", "working-day"),
        Term("problem_days_open", "number", "问题未销号", "problem open for", "working-day"),
    )
)

_ALWAYS = "true"


def condition(text: str) -> Expression:
    """The condition of a rule; without a text it always holds. Raises RuleError."""
    return parse(text.strip() or _ALWAYS, FACTS)


def judged(text: str, facts: Facts) -> Judgement:
    """The verdict on a rule's text over the facts of a day."""
    return judge(condition(text), facts, FACTS)


def check_condition(rule: str, text: str) -> list[RowFinding]:
    """What is wrong with the condition of the rule of that name."""
    return check_text(text.strip() or _ALWAYS, FACTS, rule, "when")
