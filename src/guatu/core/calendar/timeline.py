"""Time as a limit counts it: how much of it lies between two instants, and where a given amount of it ends.

`advance` and `measure` are each other's inverse: measure(b, s, advance(b, s, x)) == x. Hours follow Civil Code art. 201
(from the hour on), whole days the same article (the day on which a period begins does not count).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

from guatu.core.calendar.hours import WorkTime, instant, local
from guatu.core.calendar.working import days

# always: nights and holidays too; shifts: only hours of work; working-days: whole days, but only those of work.
Basis = Literal["always", "shifts", "working-days"]

ZERO = timedelta(0)
ONE_DAY = timedelta(days=1)


def measure(basis: Basis, start: datetime, end: datetime, work: WorkTime) -> timedelta:
    """Counted time in [start, end); 0 when `end` comes first."""
    start, end = local(start), local(end)
    if end <= start:
        return ZERO
    if basis == "always":
        return end - start
    first, last = start.date(), end.date()
    if first == last:
        return _within(basis, first, start, end, work)
    ends = _within(basis, first, start, end, work) + _within(basis, last, start, end, work)
    if basis == "working-days":
        return ends + ONE_DAY * work.calendar.between(first, last - ONE_DAY)
    return ends + sum((work.length(day) for day in days(first + ONE_DAY, last - ONE_DAY)), ZERO)


def advance(basis: Basis, start: datetime, amount: timedelta, work: WorkTime) -> datetime:
    """The first instant at which `amount` has been counted since `start`."""
    start = local(start)
    if amount <= ZERO:
        return start
    if basis == "always":
        return start + amount
    day = start.date()
    while True:
        for a, b in _spans(basis, day, work):
            begin = max(a, start)
            if amount <= b - begin:
                return begin + amount
            amount -= max(b - begin, ZERO)
        day += ONE_DAY


def _within(basis: Basis, day: date, start: datetime, end: datetime, work: WorkTime) -> timedelta:
    """Counted time of the day that lies in [start, end)."""
    parts = (min(b, end) - max(a, start) for a, b in _spans(basis, day, work))
    return sum((part for part in parts if part > ZERO), ZERO)


def _spans(basis: Basis, day: date, work: WorkTime) -> Iterator[tuple[datetime, datetime]]:
    if basis == "shifts":
        for shift in work.shifts(day):
            yield instant(day, shift.start), instant(day, shift.end)
    elif work.calendar.is_working(day):
        yield instant(day, time.min), instant(day + ONE_DAY, time.min)
