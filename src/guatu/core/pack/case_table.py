"""Files of cases/good and cases/bad as types: a case whose name is a sentence, and what it must come to."""

from datetime import datetime
from typing import Any

import msgspec

from guatu.core.calendar.clock import Event, EventKind


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
    post: str = ""
    actor: str = ""
    """Who: only where it matters that two steps are done by different people."""
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
