"""clocks.toml as types: hours of work, limits, and how limits may be changed. A county edits such a table too."""

import re
from datetime import date, time
from functools import cached_property

import msgspec

from guatu.core.calendar.admission import ClockPolicy
from guatu.core.calendar.clock import Limit, LimitUnit
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import HoursRow, Shift


class HoursEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours of work as in `shifts = ["08:00-12:00", "14:00-18:00"]`."""

    shifts: tuple[str, ...]
    valid_from: date = date.min
    valid_to: date = date.max
    season: tuple[str, str] | None = None
    source: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        self.row()

    def row(self) -> HoursRow:
        shifts = tuple(_shift(words) for words in self.shifts)
        return HoursRow(shifts, self.valid_from, self.valid_to, self.season)


_SHIFT = re.compile(r"(?P<start>[01]\d|2[0-3]):(?P<after>[0-5]\d)-(?P<end>[01]\d|2[0-3]):(?P<past>[0-5]\d)")


def _shift(words: str) -> Shift:
    read = _SHIFT.fullmatch(words)
    if read is None:
        raise ValueError(f"hours are written as 08:00-12:00, not {words}")
    return Shift(time(int(read["start"]), int(read["after"])), time(int(read["end"]), int(read["past"])))


class LimitEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time limit of a clock, for a class, a condition, a county; "" means any.

    A working day is all hours of the day, or `hours_per_day` of them. Before `at_least` of the same units have passed,
    the step cannot be done.
    """

    clock: str
    amount: float
    unit: LimitUnit
    class_: str = msgspec.field(name="class", default="")
    condition: str = ""
    county: str = ""
    whole_days: bool = False
    roll: bool = False
    hours_per_day: float = 0
    at_least: float = 0
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""
    unverified: bool = False

    def __post_init__(self) -> None:
        self.row()

    def row(self) -> LimitRow:
        note = self.source if self.unverified else ""
        return LimitRow(
            clock=self.clock,
            limit=Limit(self.amount, self.unit, self.whole_days, self.roll, self.hours_per_day, note, self.at_least),
            class_code=self.class_,
            condition=self.condition,
            county=self.county,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            source=self.source,
        )


class PolicyEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often limits may be extended or suspended, and the roles that decide."""

    max_extensions: int = 2
    extension_share: float = 1
    max_suspensions: int = 1
    suspension_days: int = 365
    when_late: bool = False
    reviewers: tuple[str, ...] = ()
    source: str = ""
    unverified: bool = False

    def policy(self) -> ClockPolicy:
        return ClockPolicy(
            self.max_extensions,
            self.extension_share,
            self.max_suspensions,
            self.suspension_days,
            self.when_late,
            self.reviewers,
        )


class ClockTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    hours: tuple[HoursEntry, ...] = ()
    limit: tuple[LimitEntry, ...] = ()
    policy: PolicyEntry | None = None

    @property
    def names(self) -> frozenset[str]:
        """The clocks that have a limit."""
        return frozenset(entry.clock for entry in self.limit)

    @cached_property
    def limit_rows(self) -> tuple[LimitRow, ...]:
        return tuple(entry.row() for entry in self.limit)

    @cached_property
    def hours_rows(self) -> tuple[HoursRow, ...]:
        return tuple(entry.row() for entry in self.hours)

    @cached_property
    def rules(self) -> ClockPolicy:
        """How limits may be changed; what usually holds where the table says nothing."""
        return self.policy.policy() if self.policy else ClockPolicy()
