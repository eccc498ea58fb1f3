"""The course of a target whose goal a new version of the plan has moved: past months keep what was due in them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from guatu.core.calendar.keys import span_of
from guatu.core.dispatch.replan import replanned
from guatu.core.dispatch.trajectory import Trajectory
from guatu.core.kernel.explained import Unknown
from guatu.web.ledger.models import Target, TargetStep
from guatu.web.ledger.selectors.trajectories import trajectory_of

MOVES = frozenset({"value", "value_max", "due"})
"""What moves the end of a course."""


def standing_course(target: Target) -> Trajectory | Unknown:
    return trajectory_of(target, target.plan.issued_on, list(target.steps.all()))


def carry_course(target: Target, before: Trajectory | Unknown, today: datetime.date) -> None:
    """Own figures in place of the standing ones. Nothing where either course is unknown, or work begins only later."""
    after = standing_course(target)
    if isinstance(before, Unknown) or isinstance(after, Unknown) or before.direction == "hold":
        return
    figures = replanned(before, after, today).figures
    if len(figures) < 2:
        return
    target.steps.all().delete()
    ends = {min(span_of(key)[1], after.deadline): value for key, value in figures.items()}
    TargetStep.objects.bulk_create(
        TargetStep(target=target, on=on, value=Decimal(str(round(value, 6)))) for on, value in ends.items()
    )
    target.course = Target.Course.OWN
    target.save(update_fields=["course"])
