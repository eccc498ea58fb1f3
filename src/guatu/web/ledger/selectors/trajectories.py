"""A target's row as the core's trajectory. Dispatch, forecast and the target's page all go through here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from guatu.core.calendar.keys import key_of
from guatu.core.dispatch.course import Course, Figures, Shape
from guatu.core.dispatch.goal import BOUNDS, CHANGES, DIRECTIONS, GOAL_KINDS, Goal, target_value
from guatu.core.dispatch.trajectory import DEADLINE, REPORTED, START, Trajectory
from guatu.core.kernel.explained import Label, Rule, Unknown
from guatu.web.base.words import one_of
from guatu.web.ledger.models import Target, TargetStep

_METRIC = Label("metric", "指标", "metric")
NO_DEADLINE = Rule(
    "target.deadline-missing",
    "“{metric}”没有时限,排不出进度;请填写时限",
    "“{metric}” has no deadline, so it has no course; enter the deadline",
)
START_AFTER_END = Rule(
    "target.start-after-deadline",
    "“{metric}”的起始日 {start} 不早于时限 {deadline};请改起始日期或时限",
    "“{metric}” begins on {start}, not before its deadline {deadline}; change one of them",
)


def trajectory_of(
    target: Target, issued_on: datetime.date | None, steps: Iterable[TargetStep] = ()
) -> Trajectory | Unknown:
    """The trajectory of a target, or why there is none. `steps` are the figures of a course of its own.

    It starts on the base's day, else on the day of the plan, else with the year of its deadline.
    """
    metric = _METRIC.of(target.metric)
    if target.due is None:
        return NO_DEADLINE.lacks(metric)
    start = _start(target, target.due, issued_on)
    if start >= target.due:
        return START_AFTER_END.lacks(metric, START.of(start), DEADLINE.of(target.due))
    final = final_value(target)
    if isinstance(final, Unknown):
        return final
    # The upper end of a range is a place to arrive at; a rise by so much has none.
    upper = float(target.value_max) if target.value_max is not None and target.change == Target.Sense.TO else None
    return Trajectory(
        name=target.metric,
        unit=target.unit_text,
        target=final,
        start=start,
        deadline=target.due,
        direction=one_of(DIRECTIONS, target.direction),
        kind=one_of(GOAL_KINDS, target.kind),
        base=base_of(target),
        upper=upper,
        tolerance=float(target.tolerance),
        bound=one_of(BOUNDS, target.bound),
        reported=one_of(REPORTED, target.reported),
        course=_course(target, steps),
    )


def final_value(target: Target) -> float | Unknown:
    """Where the course ends, in the target's unit."""
    goal = Goal(
        one_of(DIRECTIONS, target.direction),
        one_of(GOAL_KINDS, target.kind),
        one_of(CHANGES, target.change),
        bound=one_of(BOUNDS, target.bound),
    )
    found = target_value(goal, float(target.value), base_of(target), target.unit_text)
    return found if isinstance(found, Unknown) else found.value


def base_of(target: Target) -> float | None:
    return None if target.base_value is None else float(target.base_value)


def _start(target: Target, due: datetime.date, issued_on: datetime.date | None) -> datetime.date:
    if target.base_date:
        return target.base_date
    if issued_on and issued_on < due:
        return issued_on
    first = datetime.date(due.year, 1, 1)
    return first if first < due else datetime.date(due.year - 1, 1, 1)


def _course(target: Target, steps: Iterable[TargetStep]) -> Course:
    if target.course == Target.Course.OWN:
        figures = {key_of("month", step.on): float(step.value) for step in steps}
        if figures:
            return Figures(figures)
    return Shape("smooth" if target.course == Target.Course.S else "linear")
