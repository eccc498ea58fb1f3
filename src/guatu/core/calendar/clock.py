"""The one clock engine: when a time limit ends, how much of it is used, whether it is late.

A clock is a limit, the instant at which it began, and what happened to it since. Reading it at an instant is a pure
function of these, so that the same case read again gives the same answer, and nothing runs backwards: with time the
used part only grows, and no event moves the due instant before where it stood while the clock ran (a suspension that
is lifted before its end gives back what it had added for the rest).
A limit may have a floor beside its end: what must take its time (a notice that hangs, a look-back) is not done before.
Sources: Civil Code art. 200-204 (periods); the four kinds of clock follow the filing and closing tables of digital
urban management (GB/T 30428 family), as cities publish them. A working day is the hours of work of that day, as the
county declares them by season; a table that says "a working day is 8 working hours" says so with `hours_per_day`.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Literal

import msgspec

from guatu.core.calendar.hours import WorkTime, instant, local
from guatu.core.calendar.timeline import ONE_DAY, SHARED_DAY, ZERO, Basis, advance, measure
from guatu.core.kernel.explained import Explained, Label, Part, Rule, Unknown

LimitUnit = Literal["urgent-hour", "working-hour", "working-day", "natural-day"]
EventKind = Literal["pause", "resume", "suspend", "extend", "stop", "appeal-granted"]
ClockState = Literal["running", "paused", "suspended", "stopped"]

MOST_HOURS = 24

_LIMIT = Label("limit", "时限", "limit")
_START = Label("start", "起算", "began")
_GRANTED = Label("granted", "延期", "extended by")
_PAUSED = Label("paused", "暂停次数", "pauses")
_KNOWN = Label("known", "当年放假安排已公布", "holidays of that year are announced")
_DUE_AT = Label("due", "截止", "due")
_SINCE = Label("since", "暂停自", "paused since")
_LEAST = Label("least", "至少", "at least")

_DUE = Rule(
    "clock.due",
    "自 {start} 起算,时限 {limit},延期 {granted},暂停 {paused},应于 {value} 前办结",
    "from {start}, limit {limit}, extended by {granted}, paused {paused}: due {value}",
)
_DUE_PROVISIONAL = Rule(
    "clock.due-provisional",
    "自 {start} 起算,时限 {limit},延期 {granted},暂停 {paused},应于 {value} 前办结(暂定:当年放假安排未公布)",
    "from {start}, limit {limit}, extended by {granted}, paused {paused}: due {value} (provisional: the holidays of"
    " that year are not announced yet)",
)
_PAUSED_NOW = Rule(
    "clock.paused",
    "自 {since} 起暂停计时,恢复后才能算出截止时间",
    "paused since {since}; the due time is known once it runs again",
)
_FLOOR = Rule(
    "clock.floor",
    "自 {start} 起算至少 {least}(暂停 {paused}),{value} 起可以办理",
    "from {start} at least {least} (paused {paused}): can be done from {value} on",
)
_FLOOR_PAUSED = Rule(
    "clock.floor-paused",
    "至少 {least},自 {since} 起暂停计时,恢复后才能算出最早何时可以办理",
    "at least {least}, paused since {since}: from when it can be done is known once it runs again",
)


class Limit(msgspec.Struct, frozen=True):
    """An amount of time and how it is counted.

    Urgent hours and natural days run on through nights and holidays; working hours and working days only in hours of
    work, a working day being `hours_per_day` of them, or all hours of the day where that is 0. With `whole_days` days
    are counted as days (Civil Code art. 201, 203): the first day does not count, the limit ends with the last day's
    business; `roll` moves an end on a day of rest to the next day of work. `unverified` is the source line of an amount
    that nobody has checked against it. `at_least` of the same units must have passed before the thing may be done.
    """

    amount: float
    unit: LimitUnit
    whole_days: bool = False
    roll: bool = False
    hours_per_day: float = 0
    unverified: str = ""
    at_least: float = 0

    def __post_init__(self) -> None:
        if not self.amount > 0:
            raise ValueError(f"a limit of {self.amount} is no limit")
        if not 0 <= self.at_least <= self.amount:
            raise ValueError(f"nobody can take at least {self.at_least} of at most {self.amount}")
        if not 0 <= self.hours_per_day <= MOST_HOURS:
            raise ValueError(f"a day has no {self.hours_per_day} hours of work")
        if self.hours_per_day and self.unit != "working-day":
            raise ValueError("hours a day are said of working days alone")
        if self.whole_days and self.unit.endswith("hour"):
            raise ValueError("hours are not counted as whole days")

    @property
    def basis(self) -> Basis:
        if self.unit in ("urgent-hour", "natural-day"):
            return "always"
        if self.whole_days:
            return "working-days"
        return "day-shares" if self.unit == "working-day" and not self.hours_per_day else "shifts"

    @property
    def shown_basis(self) -> Basis:
        """That of times which are shown: of hours of work, hours."""
        return "shifts" if self.basis == "day-shares" else self.basis

    @property
    def asks_calendar(self) -> bool:
        """Whether days of rest move its end."""
        return self.basis != "always" or self.roll

    @property
    def one(self) -> timedelta:
        """What one unit of the limit is, in counted time."""
        if self.unit.endswith("hour"):
            return timedelta(hours=1)
        if self.basis == "day-shares":
            return SHARED_DAY
        return timedelta(hours=self.hours_per_day) if self.basis == "shifts" else ONE_DAY


class Event(msgspec.Struct, frozen=True):
    """What happened to a clock: `until` ends a suspension by itself, `amount` (in the limit's unit) is an extension's.

    `by` is the role of who decided. A granted appeal takes the clock out of the statistics and changes nothing else.
    """

    kind: EventKind
    at: datetime
    until: datetime | None = None
    amount: float = 0
    by: str = ""

    def __post_init__(self) -> None:
        if (self.kind == "suspend") != (self.until is not None):
            raise ValueError("a suspension, and no other event, has an end")
        if (self.kind == "extend") != (self.amount > 0):
            raise ValueError("an extension, and no other event, has an amount")


class Clock(msgspec.Struct, frozen=True):
    """A limit that began to run, with its events in order. Raises ValueError for events out of order."""

    limit: Limit
    start: datetime
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        moments = [local(self.start), *(local(event.at) for event in self.events)]
        if moments != sorted(moments):
            raise ValueError("the events of a clock stand in order, none before its start")

    def with_event(self, event: Event) -> "Clock":
        return Clock(self.limit, self.start, (*self.events, event))


class ClockReading(msgspec.Struct, frozen=True):
    """A clock at an instant. Times are counted time (of the limit's kind); `used` is a share of the whole limit, from
    0.

    `due` is Unknown while a pause without an end keeps it open. `overdue` is counted from the due instant. `late` and
    `overdue` are raw; `counted_late` is what the statistics see, which leave out a clock whose appeal was granted.
    """

    state: ClockState
    late: bool
    elapsed: timedelta
    remaining: timedelta
    overdue: timedelta
    used: float
    due: Explained[datetime] | Unknown
    counted_late: bool = False

    @property
    def provisional(self) -> bool:
        """Whether the due instant may still move with the holidays of its year."""
        return isinstance(self.due, Explained) and self.due.rule == _DUE_PROVISIONAL.code


def read_clock(clock: Clock, now: datetime, work: WorkTime) -> ClockReading:
    """The clock as it stands at `now`; events after `now` have not happened yet."""
    now = local(now)
    events = [event for event in clock.events if local(event.at) <= now]
    stop = next((at for at, event in enumerate(events) if event.kind == "stop"), None)
    exempt = any(event.kind == "appeal-granted" for event in events)
    # What is granted after the end can no longer move it.
    events = events if stop is None else events[: stop + 1]
    end = now if stop is None else local(events[stop].at)
    limit = clock.limit
    budget = limit.one * (limit.amount + sum(event.amount for event in events))
    running = list(_running(_first_instant(clock), events))
    counted = _passed(limit.basis, running, end, work)
    due = _due(clock, budget, running, work)
    late = isinstance(due, Explained) and end > due.value
    return ClockReading(
        state=_state(events, now),
        late=late,
        elapsed=counted if limit.shown_basis == limit.basis else _passed(limit.shown_basis, running, end, work),
        remaining=ZERO if late else _remaining(limit, max(budget - counted, ZERO), end, work),
        overdue=measure(limit.shown_basis, due.value, end, work) if isinstance(due, Explained) else ZERO,
        used=counted / budget,
        due=due,
        counted_late=late and not exempt,
    )


def read_floor(clock: Clock, now: datetime, work: WorkTime) -> Explained[datetime] | Unknown | None:
    """From when on the thing may be done, by what happened until `now`; None where it may be done at once.

    An extension does not move it. A pause does: what does not hang does not count.
    """
    limit = clock.limit
    if not limit.at_least:
        return None
    events = [event for event in clock.events if local(event.at) <= local(now)]
    running = list(_running(_first_instant(clock), events))
    least = _LEAST.of(limit.at_least, _unit(limit), limit.unverified)
    # Whole days are over when the next one begins.
    first = _reached(limit.basis, limit.one * limit.at_least, running, work)
    if first is None:
        return _FLOOR_PAUSED.lacks(least, _SINCE.of(running[-1][1] or clock.start))
    return _FLOOR.gives(first, least, _START.of(local(clock.start)), _PAUSED.of(len(running) - 1, "time"))


def _passed(basis: Basis, running: list[tuple[datetime, datetime | None]], end: datetime, work: WorkTime) -> timedelta:
    return sum((measure(basis, a, min(b, end) if b else end, work) for a, b in running), ZERO)


def _remaining(limit: Limit, left: timedelta, end: datetime, work: WorkTime) -> timedelta:
    """What is left, in hours where hours of work are counted."""
    if limit.shown_basis == limit.basis:
        return left
    return measure(limit.shown_basis, end, advance(limit.basis, end, left, work), work)


def _first_instant(clock: Clock) -> datetime:
    start = local(clock.start)
    return instant(start.date() + ONE_DAY, time.min) if clock.limit.whole_days else start


def _running(start: datetime, events: list[Event]) -> Iterator[tuple[datetime, datetime | None]]:
    """Stretches in which the clock runs; the last is open unless a pause without an end stands."""
    since: datetime | None = start
    resumes: datetime | None = None
    for event in events:
        at = max(local(event.at), start)
        if resumes and resumes <= at:
            since, resumes = resumes, None
        if event.kind in ("pause", "suspend") and since is not None:
            yield since, at
            since = None
            resumes = max(local(event.until), at) if event.until else None
        elif event.kind == "resume" and since is None:
            since, resumes = at, None
    if since is None and resumes is not None:
        since = resumes
    if since is not None:
        yield since, None


def _state(events: list[Event], now: datetime) -> ClockState:
    state: ClockState = "running"
    until: datetime | None = None
    for event in events:
        if until and until <= event.at:
            state, until = "running", None
        if event.kind == "stop":
            return "stopped"
        if event.kind == "resume":
            state, until = "running", None
        elif event.kind in ("pause", "suspend") and state == "running":
            state, until = ("suspended" if event.until else "paused"), event.until
    return "running" if until and until <= now else state


def _due(
    clock: Clock, budget: timedelta, running: list[tuple[datetime, datetime | None]], work: WorkTime
) -> Explained[datetime] | Unknown:
    limit = clock.limit
    raw = _reached(limit.basis, budget, running, work)
    if raw is None:
        return _PAUSED_NOW.lacks(_SINCE.of(running[-1][1] or clock.start))
    due = _ended(limit, raw, work)
    certain = work.calendar.is_known(due.date()) or not limit.asks_calendar
    rule = _DUE if certain else _DUE_PROVISIONAL
    return rule.gives(due, *_reasons(clock, budget, len(running) - 1, due, work))


def _reached(
    basis: Basis, amount: timedelta, running: list[tuple[datetime, datetime | None]], work: WorkTime
) -> datetime | None:
    """When so much has been counted while the clock ran; None where a pause without an end comes before."""
    left = amount
    for start, end in running:
        counted = measure(basis, start, end, work) if end else None
        if counted is None or counted >= left:
            return advance(basis, start, left, work)
        left -= counted
    return None


def _ended(limit: Limit, raw: datetime, work: WorkTime) -> datetime:
    """The instant at which the limit ends: whole days end with the business of their last day."""
    if not limit.whole_days:
        return raw
    # Counting ends at a midnight, which is the end of the day before.
    day = (raw - timedelta(microseconds=1)).date()
    return work.closing(work.calendar.on_or_after(day) if limit.roll else day)


def _reasons(clock: Clock, budget: timedelta, pauses: int, due: datetime, work: WorkTime) -> list[Part]:
    limit = clock.limit
    unit = _unit(limit)
    return [
        _LIMIT.of(limit.amount, unit, limit.unverified),
        _START.of(local(clock.start)),
        _GRANTED.of(budget / limit.one - limit.amount, unit),
        _PAUSED.of(pauses, "time"),
        _DUE_AT.of(due),
        _KNOWN.of(work.calendar.is_known(due.date())),
    ]


def _unit(limit: Limit) -> str:
    return {"urgent-hour": "hour", "natural-day": "day"}.get(limit.unit, limit.unit)
