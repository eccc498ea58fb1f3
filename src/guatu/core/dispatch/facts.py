"""What a light may go by, gathered from a target's course, reports, milestones and forecast on one day.

A figure is judged on the day up to which it was reported, against what was due on that day: a report for March does not
fall behind because April has begun. That April's report is missing is a fact of its own.
"""

from collections.abc import Sequence
from datetime import date

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import Delivery, days_late, late_reports, missing_in_a_row, missing_reports
from guatu.core.dispatch.forecast.outlook import forecast_attainment, outlook
from guatu.core.dispatch.lights import Colour
from guatu.core.dispatch.progress import ACTUAL, Report, attainment, lag, latest, met, running_totals
from guatu.core.dispatch.trajectory import DEADLINE, ON, START, TARGET, Trajectory
from guatu.core.dispatch.vocabulary import Fact, Facts
from guatu.core.kernel.explained import RATIO, Explained, Label, Rule, Unknown

_COUNT = Label("count", "看过的期数", "periods looked at")
_DUE = Label("due", "期限", "due")
_PAST = Label("past", "已逾期", "days past")
_SHARE = Label("share", "占目标", "share of the target")

_TO_START = Rule(
    "fact.days-to-start",
    "{on} 距开始日 {start} 还有 {value}",
    "on {on} it is {value} to the start, {start}",
    official="定于{start}开始",
)
_LEFT = Rule(
    "fact.days-left",
    "{on} 距期限 {deadline} 还有 {value}",
    "on {on} {value} are left to {deadline}",
    official="应于{deadline}前完成",
)
_OVER = Rule(
    "fact.days-past",
    "期限为 {deadline},至 {on} 已逾期 {past}",
    "due on {deadline}: on {on} it is {past} overdue",
    official="已逾期{past}",
)
_IS_MET = Rule(
    "fact.met",
    "最近一期 {actual},目标 {target}:已达标",
    "the latest report, {actual}, meets {target}",
    official="目前为{actual}，已达到目标{target}",
)
_NOT_MET = Rule(
    "fact.not-met",
    "最近一期 {actual},目标 {target}:未达标",
    "the latest report, {actual}, does not meet {target}",
    official="目前为{actual}，未达到目标{target}",
)
# The same rule as a paper says it of a sum, of a figure that is to rise and of one that is to stay below.
_PART_DONE = msgspec.structs.replace(_NOT_MET, official="完成{actual}，为目标{target}的{share}")
_BELOW = msgspec.structs.replace(_NOT_MET, official="目前为{actual}，低于目标{target}")
_ABOVE = msgspec.structs.replace(_NOT_MET, official="目前为{actual}，高于目标{target}")
_IN_A_ROW = Rule(
    "fact.lights-in-a-row",
    "最近 {count} 期中连续 {value}",
    "{value} in a row up to the last of {count} lights",
    official="连续{value}亮黄灯或红灯",
)
_REDS = msgspec.structs.replace(_IN_A_ROW, official="连续{value}亮红灯")
_SINCE = Rule(
    "fact.days-since",
    "应于 {due},至 {on} 已过 {value}",
    "due on {due}; by {on} {value} have passed",
    official="督办单应于{due}前反馈，已逾期{value}",
)
_OPEN = msgspec.structs.replace(_SINCE, official="{due}列入的问题{value}未解决")
_NOT_PENDING = Rule("fact.nothing-pending", "{on} 没有待办", "nothing is pending on {on}", official="没有逾期事项")


class Standing(msgspec.Struct, frozen=True):
    """All that is known of one target: its course, figures in order of time, and what its unit owed and delivered.

    `lowest` and `highest` bound the forecast (0 and 100 of a rate).
    """

    trajectory: Trajectory
    reports: tuple[Report, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    lowest: float | None = None
    highest: float | None = None


def light_facts(of: Standing, on: date, calendar: WorkingCalendar, milestones: Facts | None = None) -> Facts:
    """The facts of `vocabulary.FACTS` that a target has; `milestones` adds those of its milestones (see `delay`)."""
    course = of.trajectory
    known = [report for report in of.reports if report.on <= on]
    missing = [row.key for row in of.deliveries if row.is_missing(on)]
    now = latest(course, known, missing)
    facts: dict[str, Fact] = {
        "days_to_start": _TO_START.gives((course.start - on).days, ON.of(on), START.of(course.start), unit="day"),
        "days_left": days_left(course.deadline, on),
        "met": _met(course, now),
        "attainment": now if isinstance(now, Unknown) else attainment(course, now.value, known[-1].on),
        "lag": now if isinstance(now, Unknown) else lag(course, now.value, known[-1].on),
        "forecast_attainment": _forecast(of, known, now),
        "missing_reports": missing_reports(of.deliveries, on),
        "missing_in_a_row": missing_in_a_row(of.deliveries, on),
        "late_reports": late_reports(of.deliveries, on),
        "report_days_late": days_late(of.deliveries, on, calendar),
    }
    return {
        **facts,
        **(milestones or {"milestones_overdue": _nothing(on, "item"), "milestone_days_late": _nothing(on)}),
    }


def is_finished(of: Standing, on: date) -> bool:
    """Whether nothing that comes later can change that the target is met: a sum has reached it, or the figure of the
    deadline's period satisfies it. A level that is right today may be wrong tomorrow, and a limit is kept to the end.
    """
    course = of.trajectory
    known = [report for report in of.reports if report.on <= on]
    now = latest(course, known, [row.key for row in of.deliveries if row.is_missing(on)])
    if isinstance(now, Unknown) or not met(course, now.value):
        return False
    return known[-1].on >= course.deadline or (course.kind == "cumulative" and course.direction in ("up", "reach"))


def days_left(deadline: date, on: date) -> Explained[int]:
    """Days to a deadline; below 0 once it is past, which is told as what it is overdue."""
    days = (deadline - on).days
    parts = (ON.of(on), DEADLINE.of(deadline))
    return (
        _OVER.gives(days, *parts, _PAST.of(-days, "day"), unit="day")
        if days < 0
        else _LEFT.gives(days, *parts, unit="day")
    )


def lights_in_a_row(colours: Sequence[Colour], among: frozenset[Colour]) -> Explained[int]:
    """How many of the latest lights, newest last, are of these colours; a grey light breaks no row and adds to none."""
    shown = [colour for colour in colours if colour != "grey"]
    count = next((at for at, colour in enumerate(reversed(shown)) if colour not in among), len(shown))
    rule = _REDS if among == frozenset({"red"}) else _IN_A_ROW
    return rule.gives(count, _COUNT.of(len(colours), "period"), unit="period")


def days_since(due: date | None, on: date, calendar: WorkingCalendar, rule: Rule = _SINCE) -> Explained[int]:
    """Working days since something pending fell due (an order's reply, a problem's closing); 0 before, and for None."""
    if due is None:
        return _nothing(on)
    days = max(calendar.between(due, on), 0)
    return rule.gives(days, _DUE.of(due), ON.of(on), unit="working-day")


def ladder_facts(
    colours: Sequence[Colour],
    deliveries: Sequence[Delivery],
    on: date,
    calendar: WorkingCalendar,
    order_due: date | None = None,
    problem_due: date | None = None,
) -> Facts:
    """The facts that the ladder of supervision goes by: lights of the periods so far, newest last, and what is
    pending."""
    return {
        "reds_in_a_row": lights_in_a_row(colours, frozenset({"red"})),
        "ambers_in_a_row": lights_in_a_row(colours, frozenset({"red", "amber"})),
        "missing_reports": missing_reports(deliveries, on),
        "missing_in_a_row": missing_in_a_row(deliveries, on),
        "report_days_late": days_late(deliveries, on, calendar),
        "order_days_overdue": days_since(order_due, on, calendar),
        "problem_days_open": days_since(problem_due, on, calendar, _OPEN),
    }


def _met(course: Trajectory, now: Explained[float] | Unknown) -> Fact:
    if isinstance(now, Unknown):
        return now
    parts = (ACTUAL.of(now), TARGET.of(course.target, course.unit))
    if met(course, now.value):
        return _IS_MET.gives(True, *parts)
    if course.kind == "cumulative" and course.direction == "up" and course.target > 0 <= now.value:
        return _PART_DONE.gives(False, *parts, _SHARE.of(now.value / course.target, RATIO))
    return {"up": _BELOW, "down": _ABOVE}.get(course.direction, _NOT_MET).gives(False, *parts)


def _forecast(of: Standing, known: list[Report], now: Explained[float] | Unknown) -> Fact:
    """Unknown with its reason where a sum is not known; what is missing cannot be carried on."""
    if isinstance(now, Unknown):
        return now
    figures = running_totals(of.trajectory, known)
    return forecast_attainment(of.trajectory, outlook(of.trajectory, figures, lowest=of.lowest, highest=of.highest))


def _nothing(on: date, unit: str = "working-day") -> Explained[int]:
    return _NOT_PENDING.gives(0, ON.of(on), unit=unit)
