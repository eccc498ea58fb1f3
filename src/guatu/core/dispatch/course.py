"""Courses: which share of the way should lie behind at which share of the time.

smooth is 3u^2 - 2u^3; logistic is the logistic curve scaled to begin at 0 and end at 1. Own figures stand at the ends
of their periods. Every shape rises from 0 to 1 and never falls.
"""

from bisect import bisect_right
from datetime import date
from math import exp
from typing import Literal

import msgspec

from guatu.core.calendar.keys import span_of

Form = Literal["linear", "smooth", "logistic"]


class Shape(msgspec.Struct, frozen=True, tag="shape"):
    """A course by formula; `steepness` is the logistic curve's (10: hardly anything in the first and last tenth)."""

    form: Form = "linear"
    steepness: float = 10

    def __post_init__(self) -> None:
        if not 0 < self.steepness <= 100:
            raise ValueError(f"a steepness of {self.steepness} is no curve: give one in (0, 100]")


class Figures(msgspec.Struct, frozen=True, tag="figures"):
    """A course in the county's own figures: the figure to stand at each period's end, by period key.

    Between two ends the figure is on the straight line (linear) or still the earlier one (step).
    """

    figures: dict[str, float]
    between: Literal["linear", "step"] = "linear"

    def __post_init__(self) -> None:
        ends = [span_of(key)[1] for key in self.figures]
        if not ends or len(set(ends)) != len(ends):
            raise ValueError("a course of own figures has one at least, and one for each period's end")


Course = Shape | Figures


def share(shape: Shape, time: float) -> float:
    """Share of the way in [0, 1] that is due at a share of the time."""
    u = min(max(time, 0.0), 1.0)
    if shape.form == "linear":
        return u
    if shape.form == "smooth":
        return u * u * (3 - 2 * u)
    low, high = _logistic(-shape.steepness / 2), _logistic(shape.steepness / 2)
    return min(max((_logistic(shape.steepness * (u - 0.5)) - low) / (high - low), 0.0), 1.0)


def figure_at(
    course: Figures, base: float | None, start: date, deadline: date, on: date
) -> tuple[float, date, date] | None:
    """The figure due on a day, with the days between which it was found; None before the first where no base is known.

    The figure of the period in which the deadline lies stands at the deadline.
    """
    points = sorted((min(span_of(key)[1], deadline), value) for key, value in course.figures.items())
    if base is not None and start < points[0][0]:
        points.insert(0, (start, base))
    at = bisect_right(points, on, key=lambda point: point[0])
    if at == 0:
        return None
    (before, low), (after, high) = points[at - 1], points[min(at, len(points) - 1)]
    if course.between == "step" or after == before:
        return low, before, after
    return low + (high - low) * ((on - before).days / (after - before).days), before, after


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))
