"""Reports that were due: who delivered, who was late, and the rates of completeness and timeliness."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.kernel.explained import RATIO, Explained, Label, Part, Rule, Unknown

DUE = Label("due", "应报", "due")
REPORTED = Label("reported", "已报", "reported")
IN_TIME = Label("in_time", "按时", "in time")
EXCUSED = Label("excused", "免报", "excused")
MISSING = Label("missing", "缺报", "missing")
_ON = Label("on", "截至", "as of")
_SINCE = Label("since", "最早缺报期的截止日", "due day of the oldest missing report")

_COMPLETENESS = Rule(
    "delivery.completeness",
    "截至 {on} 应报 {due},已报 {reported},报送率 {value}",
    "as of {on}, {due} were due and {reported} reported: completeness {value}",
)
_TIMELINESS = Rule(
    "delivery.timeliness",
    "截至 {on} 应报 {due},按时 {in_time},及时率 {value}",
    "as of {on}, {due} were due and {in_time} came in time: timeliness {value}",
)
_NOTHING_DUE = Rule(
    "delivery.nothing-due",
    "截至 {on} 没有应报的期,免报 {excused},不计算比率",
    "as of {on} nothing was due ({excused} excused): there is no rate",
)
_MISSING = Rule(
    "delivery.missing",
    "截至 {on} 应报 {due},缺报 {value}",
    "as of {on}, {due} were due and {value} are missing",
    official="应报{due.number}份，缺报{value.number}份",
)
_MISSING_ROW = Rule(
    "delivery.missing-in-a-row",
    "截至 {on} 最近连续缺报 {value}",
    "as of {on} the last {value} that were due are missing",
    official="连续{value.number}期缺报",
)
_LATE = Rule(
    "delivery.late",
    "截至 {on} 应报 {due},迟报 {value}",
    "as of {on}, {due} were due and {value} came late",
    official="迟报{value.number}份",
)
_DAYS_LATE = Rule(
    "delivery.days-late",
    "最早缺报的一期应于 {since} 前报送,截至 {on} 已迟 {value}",
    "the oldest missing report was due on {since}: on {on} it is {value} late",
    official="应于{since}前报送的进展尚未报送，已迟{value}",
)
_NONE_LATE = Rule("delivery.none-late", "截至 {on} 没有缺报", "as of {on} no report is missing", official="没有缺报")


class Delivery(msgspec.Struct, frozen=True):
    """One report that a unit owes for a period; `submitted` is the day it first came, None while it has not.

    A report on the due day is in time. An excused one (new unit, suspended task) counts nowhere but is named.
    """

    unit: str
    key: str
    due: date
    submitted: date | None = None
    excused: bool = False

    def is_due(self, on: date) -> bool:
        """Whether it counts on the day: it has come, or its due day has passed."""
        return not self.excused and (self.due < on or self.has_come(on))

    def has_come(self, on: date) -> bool:
        return self.submitted is not None and self.submitted <= on

    def is_missing(self, on: date) -> bool:
        return self.is_due(on) and not self.has_come(on)

    def is_late(self, on: date) -> bool:
        """Whether it came, but after its due day."""
        return self.is_due(on) and self.submitted is not None and self.due < self.submitted <= on


def completeness(deliveries: Iterable[Delivery], on: date) -> Explained[float] | Unknown:
    """Share of due reports that have come by the day, late ones included."""
    rows = list(deliveries)
    due = [row for row in rows if row.is_due(on)]
    if not due:
        return _nothing_due(rows, on)
    come = sum(row.has_come(on) for row in due)
    parts = (REPORTED.of(come, "item"), DUE.of(len(due), "item"), EXCUSED.of(_excused(rows), "item"), _ON.of(on))
    return _COMPLETENESS.gives(come / len(due), *parts, unit=RATIO)


def timeliness(deliveries: Iterable[Delivery], on: date) -> Explained[float] | Unknown:
    """Share of due reports that came by their due day."""
    rows = list(deliveries)
    due = [row for row in rows if row.is_due(on)]
    if not due:
        return _nothing_due(rows, on)
    in_time = sum(row.has_come(on) and not row.is_late(on) for row in due)
    parts = (IN_TIME.of(in_time, "item"), DUE.of(len(due), "item"), EXCUSED.of(_excused(rows), "item"), _ON.of(on))
    return _TIMELINESS.gives(in_time / len(due), *parts, unit=RATIO)


def missing_reports(deliveries: Sequence[Delivery], on: date) -> Explained[int]:
    """How many due reports are missing on the day."""
    due = [row for row in deliveries if row.is_due(on)]
    return _MISSING.gives(sum(row.is_missing(on) for row in due), *_counted(len(due), on), unit="item")


def late_reports(deliveries: Sequence[Delivery], on: date) -> Explained[int]:
    """How many reports came after their due day."""
    due = [row for row in deliveries if row.is_due(on)]
    return _LATE.gives(sum(row.is_late(on) for row in due), *_counted(len(due), on), unit="item")


def missing_in_a_row(deliveries: Sequence[Delivery], on: date) -> Explained[int]:
    """How many of the last due reports are missing without one between them; of one unit and one figure."""
    due = sorted((row for row in deliveries if row.is_due(on)), key=lambda row: row.due, reverse=True)
    count = next((at for at, row in enumerate(due) if row.has_come(on)), len(due))
    return _MISSING_ROW.gives(count, *_counted(len(due), on), unit="item")


def days_late(deliveries: Sequence[Delivery], on: date, calendar: WorkingCalendar) -> Explained[int]:
    """Working days since the due day of the oldest missing report; 0 where none is missing."""
    missing = [row.due for row in deliveries if row.is_missing(on)]
    if not missing:
        return _NONE_LATE.gives(0, _ON.of(on), unit="working-day")
    since = min(missing)
    return _DAYS_LATE.gives(calendar.between(since, on), _SINCE.of(since), _ON.of(on), unit="working-day")


def _nothing_due(rows: list[Delivery], on: date) -> Unknown:
    return _NOTHING_DUE.lacks(_ON.of(on), EXCUSED.of(_excused(rows), "item"))


def _excused(rows: list[Delivery]) -> int:
    return sum(row.excused for row in rows)


def _counted(due: int, on: date) -> tuple[Part, Part]:
    return DUE.of(due, "item"), _ON.of(on)
