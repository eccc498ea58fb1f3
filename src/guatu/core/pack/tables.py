"""What a pack declares in its tables. Every number has a source, and is `unverified` until somebody has checked it.

A key that is not known is refused, because it is a typing error.
"""

from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Literal

import msgspec

from guatu.core.calendar.admission import ClockPolicy
from guatu.core.calendar.clock import HOURS_IN_WORKING_DAY, Event, EventKind, Limit, LimitUnit
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import HoursRow, Shift

PackKind = Literal["event", "component", "matter"]


class Title(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words in both languages."""

    zh: str
    en: str


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who acts: a post, not a person; the county says who holds it."""

    id: str
    zh: str
    en: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """pack.toml: the pack's name, its version, its words, and the roles that its flows name."""

    name: str
    version: str
    valid_from: date
    title: Title
    summary: Title | None = None
    role: tuple[Role, ...] = ()


class ClassRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of cases with its code; a class belongs to the class whose code its own begins with."""

    code: str
    zh: str
    en: str
    kind: PackKind = "matter"
    closing: str = ""
    source: str = ""
    unverified: bool = False


class ConditionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case of a class may be like, so that another limit holds: tilted, blocked; in words."""

    code: str
    zh: str
    en: str


class ClassTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    class_: tuple[ClassRow, ...] = msgspec.field(name="class", default=())
    condition: tuple[ConditionRow, ...] = ()


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


def _shift(words: str) -> Shift:
    start, _, end = words.partition("-")
    try:
        times = time.fromisoformat(start), time.fromisoformat(end)
    except ValueError as error:
        raise ValueError(f"hours are written as 08:00-12:00, not {words}") from error
    return Shift(*times)


class LimitEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time limit of a clock, for a class, a condition, a county; "" means any."""

    clock: str
    amount: float
    unit: LimitUnit
    class_: str = msgspec.field(name="class", default="")
    condition: str = ""
    county: str = ""
    whole_days: bool = False
    roll: bool = False
    hours_per_day: int = HOURS_IN_WORKING_DAY
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
            limit=Limit(self.amount, self.unit, self.whole_days, self.roll, self.hours_per_day, note),
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


class DutyRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which kind of unit answers for a class; the county says which unit that is, place by place."""

    class_: str = msgspec.field(name="class")
    unit: str
    unit_en: str = ""
    source: str = ""
    unverified: bool = False


class DutyTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    duty: tuple[DutyRow, ...] = ()


class ParameterRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that rules use, valid from a day on; old values stay."""

    name: str
    zh: str
    en: str
    value: float | str | bool
    unit: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    source: str = ""
    unverified: bool = False


class ParameterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    parameter: tuple[ParameterRow, ...] = ()


class SampleRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case of the example county."""

    class_: str = msgspec.field(name="class")
    zh: str
    en: str
    condition: str = ""
    fields: dict[str, Any] = {}


class SampleTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    case: tuple[SampleRow, ...] = ()


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens to a clock in a case."""

    kind: EventKind
    amount: float = 0
    until: datetime | None = None
    by: str = ""


class CaseStep(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a case: a move, or with `event` something that happens to the step's clock."""

    at: datetime
    step: str
    role: str = ""
    move: str = "forward"
    verb: str = ""
    reason: str = ""
    fields: dict[str, Any] = {}
    event: CaseEvent | None = None

    def __post_init__(self) -> None:
        if self.event is not None:
            Event(self.event.kind, self.at, self.event.until, self.event.amount)


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case must come to. A bad case states the code and the whole message of what stands against its
    last step."""

    open: tuple[str, ...] | None = None
    ended: bool | None = None
    returns: int | None = None
    read_at: datetime | None = None
    due: dict[str, str] = {}
    late: tuple[str, ...] | None = None
    counted_late: tuple[str, ...] | None = None
    fields: dict[str, Any] = {}
    code: str = ""
    zh: str = ""
    en: str = ""


class PackCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of cases/good or cases/bad; its name is a sentence."""

    name: str
    zh: str
    flow: str
    opened: datetime
    class_: str = msgspec.field(name="class", default="")
    county: str = ""
    data: dict[str, Any] = {}
    step: tuple[CaseStep, ...] = ()
    expect: Expected
