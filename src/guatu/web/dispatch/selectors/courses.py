"""The course of what a unit answers for: the whole target, or its share of it."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from guatu.core.calendar.keys import month_end
from guatu.core.dispatch.course import Figures
from guatu.core.dispatch.progress import Report
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.dispatch.selectors.answering import Answer
from guatu.web.ledger.models import Target
from guatu.web.ledger.selectors.trajectories import trajectory_of

RATES = ("%", "％")
MOST_POINTS = 180
"""Ends of months that a chart shows: fifteen years."""


def course_of(answer: Answer) -> Trajectory | Unknown:
    """The course, or why there is none. The target's plan and steps are to be there (see `Answering`)."""
    # Without a course of its own a target has no steps to ask for.
    steps = answer.target.steps.all() if answer.target.course == Target.Course.OWN else ()
    whole = trajectory_of(answer.target, answer.target.plan.issued_on, steps)
    if isinstance(whole, Unknown) or answer.part == "whole":
        return whole
    if answer.part == "sum":
        # What is added up are totals, however the units report.
        return msgspec.structs.replace(whole, reported="total")
    return _share(answer.target, whole, answer.share or 0.0, answer.shared)


def due_by(answer: Answer, on: datetime.date) -> Explained[float] | Unknown:
    """The figure that is due on a day for what a unit answers for."""
    course = course_of(answer)
    return course if isinstance(course, Unknown) else expected(course, on)


def days_of(course: Trajectory, totals: Sequence[Report]) -> list[datetime.date]:
    """The start, the ends of months up to the deadline, the deadline, and the days of reports."""
    days = {course.start, course.deadline} | {report.on for report in totals}
    year, month = course.start.year, course.start.month
    while (end := month_end(year, month)) < course.deadline and len(days) < MOST_POINTS:
        days.add(end)
        month += 1
        year, month = (year + 1, 1) if month > 12 else (year, month)
    return sorted(days)


def _share(target: Target, whole: Trajectory, share: float, shared: float | None) -> Trajectory | Unknown:
    """A share runs like the whole. Of a sum it takes its part of the base as well; a rate has the same base
    everywhere."""
    sums = target.kind == Target.Kind.CUMULATIVE and shared is not None
    # A target that was moved while its shares still make the old one asks no more, and no less, of each of them.
    all_of_it = float(shared or 0) if sums else float(target.value)
    part = share / all_of_it if all_of_it else 0.0
    own = copy.copy(target)
    own.value, own.value_max = Decimal(str(share)), None
    if target.kind == Target.Kind.CUMULATIVE and target.base_value is not None:
        own.base_value = target.base_value * Decimal(str(part))
    found = trajectory_of(own, target.plan.issued_on)
    if isinstance(found, Unknown) or not isinstance(whole.course, Figures):
        return found
    figures = {key: value * part for key, value in whole.course.figures.items()}
    if sums and whole.direction == "up":
        figures = {key: min(value, share) for key, value in figures.items()}
    return msgspec.structs.replace(found, course=Figures(figures, whole.course.between))


def bounds(target: Target) -> tuple[float | None, float | None]:
    """What a figure cannot pass: a rate lies between 0 and 100."""
    return (0.0, 100.0) if target.unit_text in RATES and target.change == Target.Sense.TO else (None, None)
