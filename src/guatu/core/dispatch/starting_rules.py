"""Light rules and a ladder to start from. They are this program's own proposal, from no standard; a county declares its
own.

The order carries the sense: what is certain bad news comes first, so that a missing figure does not hide it.
"""

from guatu.core.dispatch.ladder import Step
from guatu.core.dispatch.lights import LightRule

STARTING_RULES: tuple[LightRule, ...] = (
    LightRule("not-begun", "grey", "尚未开始", "not begun", "days_to_start > 0"),
    LightRule(
        "overdue",
        "red",
        "期限已过,未见达标",
        "past the deadline and not shown to be met",
        "days_left < 0 and (not(is defined(met)) or met = false)",
    ),
    LightRule(
        "no-reports",
        "red",
        "连续两期以上缺报",
        "two reports or more missing in a row",
        "missing_in_a_row >= 2",
    ),
    # What is met is not made red by a milestone on the way to it.
    LightRule("met", "green", "已达目标", "target met", "is defined(met) and met"),
    LightRule(
        "milestone-very-late",
        "red",
        "节点逾期超过二十个工作日",
        "a milestone more than twenty working days late",
        "milestone_days_late > 20",
    ),
    LightRule(
        "far-behind",
        "red",
        "进度不足应达的八成",
        "less than four fifths of what is due",
        "attainment < 0.8",
    ),
    LightRule(
        "behind",
        "amber",
        "进度不足应达的九成五",
        "less than 95 % of what is due",
        "attainment < 0.95",
    ),
    LightRule(
        "report-missing",
        "amber",
        "最近一期缺报",
        "the last report is missing",
        "missing_in_a_row >= 1",
    ),
    LightRule("milestone-late", "amber", "有节点逾期", "a milestone is overdue", "milestones_overdue >= 1"),
    LightRule(
        "forecast-short",
        "amber",
        "按目前趋势期末不足九成",
        "by its trend it will end below nine tenths",
        "is defined(forecast_attainment) and forecast_attainment < 0.9",
    ),
    LightRule("on-course", "green", "进度正常", "on course"),
)

STARTING_LADDER: tuple[Step, ...] = (
    Step(
        "reminder",
        "提醒",
        "reminder",
        "report_days_late >= 1 or ambers_in_a_row >= 1",
    ),
    Step(
        "amber-card",
        "黄牌警示",
        "amber card",
        "report_days_late >= 3 or ambers_in_a_row >= 2",
        wait=2,
    ),
    Step(
        "red-card",
        "红牌警示",
        "red card",
        "missing_in_a_row >= 2 or reds_in_a_row >= 1",
        at_once=True,
    ),
    Step(
        "order",
        "下发督办单",
        "supervision order",
        "reds_in_a_row >= 2 or problem_days_open >= 1",
        wait=5,
    ),
    Step(
        "circular",
        "通报批评",
        "circular",
        "order_days_overdue >= 1 or reds_in_a_row >= 3",
        wait=5,
    ),
    Step(
        "talk",
        "约谈",
        "talk",
        "order_days_overdue >= 10 or reds_in_a_row >= 4",
        wait=10,
    ),
)
