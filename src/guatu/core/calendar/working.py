"""The working calendar: which days are worked, and arithmetic over them.

Source of the national table: the yearly notices of the General Office of the State Council under 全国年节及纪念日放假办法,
with holidays and make-up working days (调休上班). A county or a unit lays its own rows over it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

import msgspec

MONDAY_TO_FRIDAY = (True, True, True, True, True, False, False)


class DayRow(msgspec.Struct, frozen=True):
    """One day that is not as its weekday says, and its name (春节, 国庆节调休)."""

    day: date
    working: bool
    name: str = ""


class WorkingCalendar:
    """A week, and the days that differ from it.

    `years` are those whose table has been announced. Other years count by weekday and the rows that there are: a date
    counted into one is provisional, which `is_known` tells. Of two rows for one day the later one holds.
    """

    __slots__ = ("_changes", "_days", "_named", "_week", "_week_sums", "years")

    def __init__(
        self,
        rows: Iterable[DayRow] = (),
        years: Iterable[int] = (),
        week: tuple[bool, ...] = MONDAY_TO_FRIDAY,
    ) -> None:
        if len(week) != 7 or not any(week):
            raise ValueError(f"a week has seven days and at least one of work: {week}")
        self._named = {row.day: row for row in rows}
        self._week = week
        self.years = frozenset(years)
        # Counting goes by the weekday, then by the sum of the differences up to the day: no walk over days.
        self._week_sums = [0, *accumulate(map(int, week))]
        differing = sorted(day.toordinal() for day, row in self._named.items() if row.working != week[day.weekday()])
        self._days = differing
        signs = (1 if self._named[date.fromordinal(at)].working else -1 for at in differing)
        self._changes = [0, *accumulate(signs)]

    def over(self, rows: Iterable[DayRow], years: Iterable[int] = ()) -> "WorkingCalendar":
        """This calendar with other rows laid over it; `years` are those whose whole table they
        are."""
        return WorkingCalendar([*self._named.values(), *rows], self.years | frozenset(years), self._week)

    def is_working(self, day: date) -> bool:
        row = self._named.get(day)
        return row.working if row else self._week[day.weekday()]

    def is_known(self, day: date) -> bool:
        """Whether the table for the day's year has been announced."""
        return day.year in self.years

    def name(self, day: date) -> str:
        """The day's own name, or nothing."""
        row = self._named.get(day)
        return row.name if row else ""

    def between(self, after: date, until: date) -> int:
        """Number of working days `d` with after < d <= until; negative when `until` comes first."""
        return self._up_to(until.toordinal()) - self._up_to(after.toordinal())

    def shift(self, day: date, working_days: int) -> date:
        """The n-th working day after `day`, or before it for n < 0; for 0 the day itself, or the next one of work.

        Raises OverflowError for a day that `date` cannot hold.
        """
        at = day.toordinal()
        if working_days > 0:
            return self._of_rank(self._up_to(at) + working_days)
        return self._of_rank(self._up_to(at - 1) + 1 + working_days)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next that is."""
        return self.shift(day, 0)

    def on_or_before(self, day: date) -> date:
        """The day itself when it is worked, else the last that was."""
        return day if self.is_working(day) else self.shift(day, -1)

    def _up_to(self, at: int) -> int:
        """Working days from day 1 to ordinal `at`; ordinal 1 was a Monday."""
        weeks, rest = divmod(at, 7)
        by_week = weeks * self._week_sums[7] + self._week_sums[rest]
        return by_week + self._changes[bisect_right(self._days, at)]

    def _of_rank(self, rank: int) -> date:
        """The day that is working day number `rank` since day 1."""
        days = range(1, date.max.toordinal() + 1)
        if not 1 <= rank <= self._up_to(days[-1]):
            raise OverflowError("so many working days lead out of the calendar")
        return date.fromordinal(days[bisect_left(days, rank, key=self._up_to)])


def days(first: date, last: date) -> Iterable[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=at) for at in range((last - first).days + 1))
