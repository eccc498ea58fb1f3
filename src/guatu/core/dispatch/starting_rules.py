"""Light rules and a ladder to start from. They are this program's own proposal, from no standard; a county declares its own.

The order carries the sense: what is certain bad news comes first, so that a missing figure does not hide it.
"""

from guatu.core.dispatch.conditions import Condition
from guatu.core.dispatch.ladder import Step
from guatu.core.dispatch.lights import LightRule

STARTING_RULES: tuple[LightRule, ...] = (
    LightRule("not-begun", "grey", "尚未开始", "not begun", (Condition("days_to_start", ">", 0),)),
    LightRule(
        "overdue",
        "red",
        "期限已过,未见达标",
        "past the deadline and not shown to be met",
        (Condition("days_left", "<", 0), Condition("met", "=", 0, if_unknown="yes")),
    ),
    LightRule(
        "no-reports",
        "red",
        "连续两期以上缺报",
        "two reports or more missing in a row",
        (Condition("missing_in_a_row", ">=", 2),),
    ),
    LightRule(
        "milestone-very-late",
        "red",
        "节点逾期超过二十个工作日",
        "a milestone more than twenty working days late",
        (Condition("milestone_days_late", ">", 20),),
    ),
    LightRule("met", "green", "已达目标", "target met", (Condition("met", "=", 1),)),
    LightRule(
        "far-behind",
        "red",
        "进度不足应达的八成",
        "less than four fifths of what is due",
        (Condition("attainment", "<", 0.8),),
    ),
    LightRule(
        "behind",
        "amber",
        "进度不足应达的九成五",
        "less than 95 % of what is due",
        (Condition("attainment", "<", 0.95),),
    ),
    LightRule(
        "report-missing",
        "amber",
        "最近一期缺报",
        "the last report is missing",
        (Condition("missing_in_a_row", ">=", 1),),
    ),
    LightRule(
        "milestone-late", "amber", "有节点逾期", "a milestone is overdue", (Condition("milestones_overdue", ">=", 1),)
    ),
    LightRule(
        "forecast-short",
        "amber",
        "按目前趋势期末不足九成",
        "by its trend it will end below nine tenths",
        (Condition("forecast_attainment", "<", 0.9, if_unknown="no"),),
    ),
    LightRule("on-course", "green", "进度正常", "on course"),
)

STARTING_LADDER: tuple[Step, ...] = (
    Step(
        "reminder",
        "提醒",
        "reminder",
        ((Condition("report_days_late", ">=", 1),), (Condition("ambers_in_a_row", ">=", 1),)),
    ),
    Step(
        "amber-card",
        "黄牌警示",
        "amber card",
        ((Condition("report_days_late", ">=", 3),), (Condition("ambers_in_a_row", ">=", 2),)),
        wait=2,
    ),
    Step(
        "red-card",
        "红牌警示",
        "red card",
        ((Condition("missing_in_a_row", ">=", 2),), (Condition("reds_in_a_row", ">=", 1),)),
        at_once=True,
    ),
    Step(
        "order",
        "下发督办单",
        "supervision order",
        ((Condition("reds_in_a_row", ">=", 2),), (Condition("problem_days_open", ">=", 1),)),
        wait=5,
    ),
    Step(
        "circular",
        "通报批评",
        "circular",
        ((Condition("order_days_overdue", ">=", 1),), (Condition("reds_in_a_row", ">=", 3),)),
        wait=5,
    ),
    Step(
        "talk",
        "约谈",
        "talk",
        ((Condition("order_days_overdue", ">=", 10),), (Condition("reds_in_a_row", ">=", 4),)),
        wait=10,
    ),
)
