"""What may be published: one kind of notice as a pack, or the program itself, declares it."""

import datetime
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from guatu.core.fields.day import Day
from guatu.core.fields.identity import CitizenNumber
from guatu.core.fields.kind import Field
from guatu.core.fields.number import Number
from guatu.core.fields.person import PersonName
from guatu.core.fields.phone import Phone
from guatu.core.fields.text import Text
from guatu.core.kernel.finding import Language

Discloser = Literal["county", "village"]
Disclosed = Literal["month", "quarter", "half-year", "year"]
ColumnKind = Literal["text", "number", "day", "person", "identity", "phone"]
PERSONAL: frozenset[ColumnKind] = frozenset({"person", "identity", "phone"})
"""Kinds of columns of which the public sees no more than the mask."""


class PublishedColumn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A column of the table that a notice is."""

    kind: ColumnKind = "text"
    zh: str
    en: str


class Publication(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of notice: who discloses it, how often, how long it hangs, and what stands in its table."""

    name: str
    zh: str
    en: str
    by: Discloser = "county"
    every: Disclosed | None = None
    """Without a rhythm it is published when there is something to publish."""
    due_day: int = 10
    """The day of the month after the period by which it hangs."""
    hangs: int = 0
    """So many days at least, the first one counted."""
    ends: bool = False
    """It is taken down by itself: an end has to be said."""
    basis: str = ""
    """The ground that is offered to who writes one."""
    column: tuple[PublishedColumn, ...] = ()
    source: str = ""
    unverified: bool = False

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    @property
    def is_personal(self) -> bool:
        """Whether people stand in its table."""
        return any(one.kind in PERSONAL for one in self.column)


def field_of(kind: ColumnKind, today: datetime.date) -> Field[Any]:
    """What reads a cell of a column, and masks it."""
    kinds: Mapping[ColumnKind, Field[Any]] = {
        "text": Text(longest=300),
        "number": Number(),
        "day": Day(),
        "person": PersonName(),
        "identity": CitizenNumber(today=today),
        "phone": Phone(),
    }
    return kinds[kind]
