"""What a list may be asked for: how an address says it, how it narrows the rows, and by which control it is chosen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.kit.values import day_of, id_or_none, text_of

Wanted = Mapping[str, Any]
"""What an address asks for, by the names of the filters. A filter that asks for nothing is not in it."""
Choices = Iterable[tuple[object, object]]
LONGEST = 100


@dataclass(frozen=True)
class Filter:
    """`field` is the look-up by which rows are narrowed; with "" they are narrowed by whoever gives them.

    `hidden`: asked for by links alone, without a control of its own.
    """

    name: str
    label: str | Promise = ""
    field: str = ""
    wide: bool = False
    hidden: bool = False
    control: ClassVar[str] = "text"

    def read(self, given: Mapping[str, Any], actor: Actor) -> Any:
        """The value that is asked for; None for nothing, and for what cannot be read."""
        return text_of(given, self.name)[:LONGEST] or None

    def q(self, value: Any, actor: Actor) -> Q:
        return Q(**{self.field: value}) if self.field else Q()

    def choices_for(self, actor: Actor) -> Choices:
        return ()

    def typed(self, value: Any) -> str:
        """The value as an address says it."""
        return "" if value is None else str(value)

    def said(self, value: Any, choices: Choices) -> str:
        """The value in words, for the print."""
        return next((str(name) for key, name in choices if str(key) == self.typed(value)), self.typed(value))


@dataclass(frozen=True)
class Search(Filter):
    """Words that stand in any of some fields."""

    fields: tuple[str, ...] = ()
    control: ClassVar[str] = "search"

    def q(self, value: Any, actor: Actor) -> Q:
        found = Q(pk__in=()) if self.fields else Q()
        for field in self.fields:
            found |= Q(**{f"{field}__icontains": value})
        return found


@dataclass(frozen=True)
class Choose(Filter):
    """One of a few values; anything else counts as `default`. Without a default "all" is a choice; with one it is so
    where it has a name, `every`, and is asked for by an address that says nothing after the filter's name.

    `which` says what a value means where that is no field's value.
    """

    choices: Choices | Callable[[Actor], Choices] = ()
    default: str | Callable[[Actor], str | None] | None = None
    which: Callable[[Any, Actor], Q] | None = None
    every: str | Promise = ""
    control: ClassVar[str] = "select"

    def read(self, given: Mapping[str, Any], actor: Actor) -> Any:
        asked = text_of(given, self.name)
        if not asked and self.every and self.name in given:
            return None
        return asked if asked in {str(value) for value, _name in self.choices_for(actor)} else self.otherwise(actor)

    def offered(self, choices: Choices) -> Choices:
        """The choices as the control has them."""
        return [("", self.every or _("全部")), *choices] if self.every or self.default is None else choices

    def q(self, value: Any, actor: Actor) -> Q:
        return self.which(value, actor) if self.which else super().q(value, actor)

    def otherwise(self, actor: Actor) -> str | None:
        return self.default(actor) if callable(self.default) else self.default

    def choices_for(self, actor: Actor) -> Choices:
        return self.choices(actor) if callable(self.choices) else self.choices


@dataclass(frozen=True)
class Pick(Choose):
    """One of many by its id, such as a unit, or by what `by` reads. Choices are asked for only where they are shown."""

    by: Callable[[Mapping[str, Any], str], Any] = id_or_none

    def read(self, given: Mapping[str, Any], actor: Actor) -> Any:
        return self.by(given, self.name) if self.name in given else self.otherwise(actor)


@dataclass(frozen=True)
class Word(Choose):
    """A word out of the rows themselves, such as a class; one that is in none finds none. Its choices are asked for
    only where they are shown."""

    def read(self, given: Mapping[str, Any], actor: Actor) -> Any:
        return Filter.read(self, given, actor)


@dataclass(frozen=True)
class Flag(Filter):
    """Only rows of which something is so, said by `which`."""

    which: Callable[[Actor], Q] | None = None
    control: ClassVar[str] = "flag"

    def read(self, given: Mapping[str, Any], actor: Actor) -> Any:
        return True if text_of(given, self.name) == "1" else None

    def q(self, value: Any, actor: Actor) -> Q:
        return self.which(actor) if self.which else super().q(value, actor)

    def typed(self, value: Any) -> str:
        return "1" if value else ""

    def said(self, value: Any, choices: Choices) -> str:
        return str(_("是"))


@dataclass(frozen=True)
class Day(Filter):
    """A day; today where none is asked for and `today` is so, or what is asked for is none."""

    today: bool = True
    control: ClassVar[str] = "date"

    def read(self, given: Mapping[str, Any], actor: Actor) -> datetime.date | None:
        try:
            asked = day_of(given, self.name)
        except Invalid:
            asked = None
        return asked or (actor.today if self.today else None)

    def typed(self, value: Any) -> str:
        return value.isoformat() if value else ""


@dataclass(frozen=True)
class States(Filter):
    """Groups of rows with their numbers, above the list: each by its name, words and condition; the first where none is
    asked for. Unlike other filters it is counted over what all the others let through. `late` is the group that is to
    be seen at once."""

    groups: Callable[[Actor], Iterable[tuple[str, str | Promise, Q]]] = lambda actor: ()
    late: str = ""
    control: ClassVar[str] = "states"

    def read(self, given: Mapping[str, Any], actor: Actor) -> str:
        names = [name for name, _words, _which in self.groups(actor)]
        asked = text_of(given, self.name)
        return asked if asked in names else names[0]

    def q(self, value: Any, actor: Actor) -> Q:
        return next((which for name, _words, which in self.groups(actor) if name == value), Q(pk__in=()))

    def choices_for(self, actor: Actor) -> Choices:
        return [(name, words) for name, words, _which in self.groups(actor)]
