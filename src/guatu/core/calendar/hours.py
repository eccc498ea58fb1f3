"""Hours of work: morning and afternoon, summer and winter, valid from - to."""

from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise

import msgspec

from guatu.core.calendar.working import WorkingCalendar, days
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

# One zone for the whole country, without summer time since 1992.
CHINA = timezone(timedelta(hours=8), "CST")

NO_HOURS = Kind(
    "hours.none",
    "error",
    "{day} 没有作息时间;请补一行覆盖该日的作息时间",
    "no hours of work on {day}; add a row of hours that covers it",
)


class Shift(msgspec.Struct, frozen=True, order=True):
    """One unbroken stretch of work within a day; the lunch break lies between two of them."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError(f"a shift from {self.start} to {self.end} ends before it begins")


class HoursRow(msgspec.Struct, frozen=True):
    """Shifts in order, the days they are valid, and for a season its first and last day of the year ("05-01", "09-30").

    A season may pass the turn of the year ("10-01" to "04-30").
    """

    shifts: tuple[Shift, ...]
    valid_from: date = date.min
    valid_to: date = date.max
    season: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if not self.shifts or any(a.end > b.start for a, b in pairwise(self.shifts)):
            raise ValueError("hours of work are one shift or more, in order and apart")
        for day in self.season or ():
            # A leap year, so that 02-29 may end a season.
            date.fromisoformat(f"2000-{day}")

    @property
    def hours(self) -> float:
        """Hours of work of such a day."""
        return self.length / timedelta(hours=1)

    @property
    def length(self) -> timedelta:
        return sum((_length(shift) for shift in self.shifts), timedelta(0))

    def covers(self, day: date) -> bool:
        if not self.valid_from <= day <= self.valid_to:
            return False
        if self.season is None:
            return True
        first, last = self.season
        here = f"{day.month:02d}-{day.day:02d}"
        return first <= here <= last if first <= last else here >= first or here <= last


class WorkTime:
    """A working calendar with its hours. Where rows overlap, a season goes before the whole year, then the
    newest row."""

    __slots__ = ("_day_lengths", "_lengths", "_rows", "calendar")

    def __init__(self, calendar: WorkingCalendar, rows: tuple[HoursRow, ...]) -> None:
        self.calendar = calendar
        self._rows = sorted(rows, key=lambda row: (row.season is not None, row.valid_from), reverse=True)
        # Years of overdue time are summed by whole days, again for each case on a page: lengths are worked out once.
        self._lengths = [row.length for row in self._rows]
        self._day_lengths: dict[date, timedelta] = {}

    def shifts(self, day: date) -> tuple[Shift, ...]:
        """The day's shifts, none on a day of rest. Raises LookupError for a working day that no row covers."""
        return self._rows[self._row(day)].shifts if self.calendar.is_working(day) else ()

    def length(self, day: date) -> timedelta:
        """All hours of work of the day. Raises LookupError for a working day that no row covers."""
        length = self._day_lengths.get(day)
        if length is None:
            length = self._lengths[self._row(day)] if self.calendar.is_working(day) else timedelta(0)
            self._day_lengths[day] = length
        return length

    def _row(self, day: date) -> int:
        for at, row in enumerate(self._rows):
            if row.covers(day):
                return at
        raise LookupError(f"no hours of work on {day}")

    def closing(self, day: date) -> datetime:
        """The end of business on the day; of a day of rest its last instant (Civil Code art. 203)."""
        shifts = self.shifts(day)
        return instant(day, shifts[-1].end if shifts else time.max)

    def check(self, first: date, last: date) -> list[RowFinding]:
        """The first working day of each gap in the hours."""
        found: list[RowFinding] = []
        covered = True
        for day in days(first, last):
            if self.calendar.is_working(day):
                now = any(row.covers(day) for row in self._rows)
                if covered and not now:
                    found.append(row_finding(NO_HOURS, "hours", "valid_from", day=day.isoformat()))
                covered = now
        return found


def _length(shift: Shift) -> timedelta:
    return timedelta(hours=shift.end.hour - shift.start.hour) + timedelta(
        minutes=shift.end.minute - shift.start.minute,
        seconds=shift.end.second - shift.start.second,
        microseconds=shift.end.microsecond - shift.start.microsecond,
    )


def instant(day: date, at: time) -> datetime:
    """A day and a time of day in China as an instant."""
    return datetime.combine(day, at, CHINA)


def local(moment: datetime) -> datetime:
    """The same instant on China's clocks. Raises ValueError for one without a zone: nobody could say when it was."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone: hand in an aware datetime")
    return moment.astimezone(CHINA)
