"""Time as a limit counts it: how much of it lies between two instants, and where a given amount of it ends.

`advance` and `measure` are each other's inverse: measure(b, s, advance(b, s, x)) == x. Hours follow Civil Code art. 201
(from the hour on), whole days the same article (the day on which a period begins does not count). Days are long and
short: where a day of work counts as one, whatever its hours, each hour counts as its share of the day.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Literal

from guatu.core.calendar.hours import WorkTime, instant, local
from guatu.core.calendar.working import days

# always: nights and holidays too; shifts: only hours of work; day-shares: hours of work as shares of their day, so that
# each day of work counts as `SHARED_DAY`; working-days: whole days, but only those of work.
Basis = Literal["always", "shifts", "day-shares", "working-days"]

ZERO = timedelta(0)
ONE_DAY = timedelta(days=1)
SHARED_DAY = timedelta(days=1000)
"""Much longer than any day, so that the share of a microsecond of work is more than a microsecond: nothing is lost."""
_TICK = timedelta(microseconds=1)


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
    if basis in ("working-days", "day-shares"):
        whole = ONE_DAY if basis == "working-days" else SHARED_DAY
        return ends + whole * work.calendar.between(first, last - ONE_DAY)
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
            # Compared as time of the day, so that no crumb of a share leads over to the next one.
            passed = _passed(basis, day, amount, work)
            if passed <= b - begin:
                return begin + passed
            amount -= max(_counted(basis, day, b - begin, work), ZERO)
        day += ONE_DAY


def _within(basis: Basis, day: date, start: datetime, end: datetime, work: WorkTime) -> timedelta:
    """Counted time of the day that lies in [start, end)."""
    parts = (min(b, end) - max(a, start) for a, b in _spans(basis, day, work))
    return _counted(basis, day, sum((part for part in parts if part > ZERO), ZERO), work)


def _counted(basis: Basis, day: date, passed: timedelta, work: WorkTime) -> timedelta:
    """What hours of a day count as."""
    return _times(passed, SHARED_DAY, work.length(day)) if basis == "day-shares" and passed else passed


def _passed(basis: Basis, day: date, counted: timedelta, work: WorkTime) -> timedelta:
    """The hours of a day that count as this much."""
    return _times(counted, work.length(day), SHARED_DAY) if basis == "day-shares" else counted


def _times(one: timedelta, by: timedelta, of: timedelta) -> timedelta:
    """`one * by / of`, rounded to a microsecond once."""
    whole, rest = divmod((one // _TICK) * (by // _TICK), of // _TICK)
    return _TICK * (whole + (2 * rest >= of // _TICK))


def _spans(basis: Basis, day: date, work: WorkTime) -> Iterator[tuple[datetime, datetime]]:
    if basis in ("shifts", "day-shares"):
        for shift in work.shifts(day):
            yield instant(day, shift.start), instant(day, shift.end)
    elif work.calendar.is_working(day):
        yield instant(day, time.min), instant(day + ONE_DAY, time.min)
