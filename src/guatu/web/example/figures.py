"""Figures that a unit of a certain diligence would report: along the course, some weeks behind it, never
falling back."""

from __future__ import annotations

import datetime
import random

from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.explained import Explained

NEVER = 0.96
"""A unit of a lower pace than this does not arrive at all; the others arrive late."""
PERCENT = ("%", "％")


def figure(
    course: Trajectory, on: datetime.date, behind: int, pace: float, before: float | None, rng: random.Random
) -> str:
    """What is typed for a period that ends `on`: the course as it stood `behind` days ago, times `pace`.

    `before` is what was reported last, as a sum so far; a sum never falls. Whole numbers stay whole.
    """
    due = expected(course, on - datetime.timedelta(days=behind))
    first = course.first if course.first is not None else course.target
    asked = due.value if isinstance(due, Explained) else first
    value = first + (asked - first) * pace if course.direction != "hold" else course.target
    if asked == course.target and pace > NEVER:
        value = course.target
    if course.kind == "level" and course.direction != "hold":
        value += (course.target - first) * rng.uniform(-0.015, 0.015)
    if course.kind == "cumulative" and before is not None:
        value = max(value, before) if course.target >= first else min(value, before)
    if course.unit in PERCENT:
        value = min(max(value, 0.0), 100.0)
    return plain(value, whole=course.target == int(course.target) and course.unit not in PERCENT)


def plain(value: float, *, whole: bool) -> str:
    text = f"{value:.0f}" if whole else f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
