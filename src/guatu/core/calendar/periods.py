"""Reporting periods: rules as data, and when each period opens, falls due and closes.

A rule says "every month, by the 5th of the month after" (每月5日前报送上月情况) and the like. What a plan leaves open, whether a
day that is not worked moves the due day, is said by `roll`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, get_args

import msgspec

from guatu.core.calendar.keys import MONTHS, Every, key_of, month_end, span_of, step
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.explained import Explained, Label, Rule

Rhythm = Literal["day", "week", "month", "quarter", "half-year", "year", "once"]
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
Counting = Literal["day", "working-day"]
Roll = Literal["none", "next", "previous"]
PeriodState = Literal["ahead", "open", "overdue", "closed"]

_PERIOD = Label("period", "期", "period")
_ENDS = Label("ends", "期末", "last day of the period")
_DAY = Label("day", "第几日", "day number")
_NOMINAL = Label("nominal", "顺延前", "before moving")
_DUE = Label("due", "截止", "due")
_KNOWN = Label("known", "当年放假安排已公布", "holidays of that year are announced")

_BY_DAY = Rule(
    "period.due-by-day",
    "{period} 期应于 {value} 前报送(次月或期后第 {day} 日,遇休息日按规则移动)",
    "the report for {period} is due on {value} (day {day} of the month or after the period, moved off rest days "
    "by rule)",
)
_BY_WORKING_DAY = Rule(
    "period.due-by-working-day",
    "{period} 期应于 {value} 前报送(第 {day} 个工作日)",
    "the report for {period} is due on {value} (working day number {day})",
)
_ONCE = Rule("period.due-once", "应于 {value} 前报送,只报一次", "due once, on {value}")


class PeriodRule(msgspec.Struct, frozen=True, kw_only=True):
    """When reports are due.

    `due_day` is counted in the `due_month`-th month after the period's last month (1: the month after, 0: that month
    itself), for days and weeks from the period's end; a day beyond the month's end is its last day. `opens_after` days
    after the period's last day reporting opens (negative: before its end); `closes_after` days after the due day it
    closes, None leaves it open. `once` needs `on`, the due day, and is open from `valid_from`. Periods that touch
    [valid_from, valid_to] are meant.
    """

    every: Rhythm
    due_day: int = 5
    due_month: int = 1
    counting: Counting = "day"
    roll: Roll = "none"
    opens_after: int = 1
    closes_after: int | None = None
    on: date | None = None
    valid_from: date = date.min
    valid_to: date = date.max

    def __post_init__(self) -> None:
        if not 1 <= self.due_day <= 31 or not 0 <= self.due_month <= 12:
            raise ValueError(f"due day {self.due_day} of month {self.due_month}: days are 1 to 31, months 0 to 12")
        if self.closes_after is not None and self.closes_after < 0:
            raise ValueError("a period closes after its due day, not before")
        if (self.every == "once") != (self.on is not None):
            raise ValueError("a rule for once, and no other, names its day in `on`")
        if self.valid_to < self.valid_from:
            raise ValueError(f"valid from {self.valid_from} to {self.valid_to} is no time")


class Period(msgspec.Struct, frozen=True):
    """One period of a rule; all days are included. `why` is the reason of the due day."""

    key: str
    start: date
    end: date
    opens: date
    due: date
    closes: date | None
    provisional: bool
    why: Explained[date]

    def state(self, on: date) -> PeriodState:
        """How the period stands on a day, whoever has reported: open from `opens` to `due`, then overdue, then
        closed."""
        if on < self.opens:
            return "ahead"
        if on <= self.due:
            return "open"
        return "closed" if self.closes is not None and on > self.closes else "overdue"

    def can_be_asked(self, on: date) -> bool:
        """Whether units that are first asked on the day have one more day at least: only then is the report owed."""
        return on < self.due


def period(rule: PeriodRule, key: str, calendar: WorkingCalendar) -> Period:
    """The period of that key. Raises ValueError for a key of another rhythm than the rule's."""
    start, end = _span(rule, key)
    why = _due(rule, key, end, calendar)
    due = why.value
    opens = start if rule.every == "once" else min(end + timedelta(days=rule.opens_after), due)
    closes = None if rule.closes_after is None else due + timedelta(days=rule.closes_after)
    return Period(key, start, end, opens, due, closes, not calendar.is_known(due), why)


def periods(rule: PeriodRule, first: date, last: date, calendar: WorkingCalendar) -> list[Period]:
    """All periods of the rule that touch [first, last], in order of time."""
    return [period(rule, key, calendar) for key in _keys(rule, first, last)]


def due_periods(rule: PeriodRule, since: date, on: date, calendar: WorkingCalendar) -> list[Period]:
    """Periods that began on `since` or later and whose due day has passed on `on` (a report on the due day is
    in time)."""
    return [one for one in periods(rule, since, on, calendar) if one.start >= since and one.due < on]


def _keys(rule: PeriodRule, first: date, last: date) -> Iterator[str]:
    first, last = max(first, rule.valid_from), min(last, rule.valid_to)
    if rule.every == "once":
        assert rule.on is not None
        if first <= rule.on <= last:
            yield rule.on.isoformat()
        return
    if last < first:
        return
    key, end = key_of(rule.every, first), key_of(rule.every, last)
    while key <= end:
        yield key
        key = step(key)


def _span(rule: PeriodRule, key: str) -> tuple[date, date]:
    start, end = span_of(key)
    every: Every = "day" if rule.every == "once" else rule.every
    if key_of(every, start) != key or (rule.on and rule.on != end):
        raise ValueError(f"{key!r} is no period of a rule for every {rule.every}")
    if rule.every == "once" and rule.valid_from != date.min:
        start = min(rule.valid_from, start)
    return start, end


def _due(rule: PeriodRule, key: str, end: date, calendar: WorkingCalendar) -> Explained[date]:
    nominal = rule.on or _nominal(rule, end, calendar)
    due = _rolled(nominal, rule.roll, calendar)
    parts = [_PERIOD.of(key), _ENDS.of(end), _DAY.of(rule.due_day), _NOMINAL.of(nominal), _DUE.of(due)]
    parts.append(_KNOWN.of(calendar.is_known(due)))
    if rule.every == "once":
        return _ONCE.gives(due, *parts)
    return (_BY_DAY if rule.counting == "day" else _BY_WORKING_DAY).gives(due, *parts)


def _nominal(rule: PeriodRule, end: date, calendar: WorkingCalendar) -> date:
    by_month = rule.every in MONTHS
    before = month_end(end.year, end.month + rule.due_month - 1) if by_month else end
    if rule.counting == "working-day":
        return calendar.shift(before, rule.due_day)
    day = before + timedelta(days=rule.due_day)
    return min(day, month_end(end.year, end.month + rule.due_month)) if by_month else day


def _rolled(day: date, roll: Roll, calendar: WorkingCalendar) -> date:
    if roll == "next":
        return calendar.on_or_after(day)
    return calendar.on_or_before(day) if roll == "previous" else day
