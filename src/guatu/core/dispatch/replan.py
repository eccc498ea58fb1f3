"""A target that changed while the work runs: its course and its shares brought along.

What was due at the end of a month that is over stays due: nobody is behind, or ahead, afterwards because the goal was
moved today. From the last of these ends on the course runs straight to the new goal.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from guatu.core.calendar.keys import key_of, span_of, step
from guatu.core.dispatch.allocation import Share, allocate
from guatu.core.dispatch.course import Figures
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.apportion import Weight, exact
from guatu.core.kernel.explained import Explained


def replanned(before: Trajectory, after: Trajectory, on: date) -> Figures:
    """The course of `after` from a day on; what was due by `before` in the months that ended earlier stands."""
    figures: dict[str, float] = {}
    key = key_of("month", before.start)
    while (end := span_of(key)[1]) < min(on, after.deadline):
        due = expected(before, end)
        if isinstance(due, Explained):
            figures[key] = due.value
        key = step(key)
    figures[key_of("month", after.deadline)] = after.target
    return Figures(figures)


def rescaled(total: Weight, shares: Mapping[str, Weight], unit: str = "") -> list[Share]:
    """Shares that make another total, in proportion to those that stand, in steps as fine as the finest of all these
    numbers is written. Raises ValueError where the shares divide nothing.
    """
    return allocate(total, shares, _finest([total, *shares.values()]), unit)


def _finest(numbers: list[Weight]) -> Fraction:
    step_ = Fraction(1)
    while any(exact(number) % step_ for number in numbers):
        step_ /= 10
    return step_
