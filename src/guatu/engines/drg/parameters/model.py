"""A region-year set of parameters as it was written: it may be incomplete, and says of each value where it is from."""

from datetime import date
from typing import Literal

import msgspec

Reliability = Literal["verified", "unverified"]


class Entry(msgspec.Struct, frozen=True):
    """One value of a parameter for a time; `to` is the last day on which it holds.

    `value` is what the file says (Decimal, int, str or a list of tables), already checked against the catalogue.
    """

    value: object
    start: date
    to: date
    source: str
    reliability: Reliability
    line: int = 0

    def holds_on(self, day: date) -> bool:
        return self.start <= day <= self.to

    @property
    def unverified(self) -> str:
        """The source line when nobody has checked the value against the standard itself, else nothing."""
        return self.source if self.reliability == "unverified" else ""


class Approval(msgspec.Struct, frozen=True):
    """Somebody's approval of the parameters of one digest: a set that was changed afterwards has lost it."""

    by: str
    on: date
    digest: str


class ParameterSet(msgspec.Struct, frozen=True):
    """The parameters of a region and year under a version name."""

    region: str
    year: int
    version: str
    start: date
    to: date
    entries: dict[str, tuple[Entry, ...]]
    approvals: tuple[Approval, ...] = ()
    name: str = ""
    """The file that it was read from."""

    def entry_on(self, parameter: str, day: date) -> Entry | None:
        return next((entry for entry in self.entries.get(parameter, ()) if entry.holds_on(day)), None)

    def with_value(self, parameter: str, value: object, source: str) -> "ParameterSet":
        """The set with one other value for its whole time, for simulation; it has no approval any more."""
        entry = Entry(value, self.start, self.to, source, "unverified")
        return msgspec.structs.replace(self, entries={**self.entries, parameter: (entry,)}, approvals=())
