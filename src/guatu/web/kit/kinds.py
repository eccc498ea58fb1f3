"""Kinds of fields: what a cell or a control may hold, read by the core's fields."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from guatu.core.fields import choice, code, number, text
from guatu.web.base.language import joined
from guatu.web.base.parsing import day_of, taken
from guatu.web.kit.field import Field
from guatu.web.kit.table.columns import Kind as Look
from guatu.web.kit.values import text_of


@dataclass(frozen=True)
class Text(Field):
    longest: int = 120
    blank: ClassVar[Any] = ""

    @property
    def limits(self) -> dict[str, Any]:
        return {"maxlength": self.longest}

    def read(self, value: Any) -> Any:
        return taken(text.Text(longest=self.longest, many_lines=True).read(value)) or ""


@dataclass(frozen=True)
class Code(Text):
    """A code: half-width, without blanks or what cannot be seen."""

    def read(self, value: Any) -> Any:
        return taken(code.Code(longest=self.longest).read(value)) or ""


@dataclass(frozen=True)
class Whole(Field):
    """A whole number in a range."""

    kind: str = "whole"
    least: int = 0
    most: int = 1_000_000
    blank: ClassVar[Any] = 0
    look: ClassVar[Look] = "number"

    def read(self, value: Any) -> int:
        kind = number.Number(places=0, least=Decimal(self.least), most=Decimal(self.most))
        return int(taken(kind.read(value)) or 0)


@dataclass(frozen=True)
class WholeOrNone(Whole):
    """One that may be left empty and then is not there."""

    blank: ClassVar[Any] = None


@dataclass(frozen=True)
class Day(Field):
    kind: str = "date"
    width: int = 14
    look: ClassVar[Look] = "day"

    def read(self, value: Any) -> datetime.date | None:
        return day_of(value)

    def shown(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else ""


@dataclass(frozen=True)
class Choice(Field):
    """One of a few values, written as its label (in any of our languages) or as the value itself."""

    kind: str = "select"
    width: int = 14
    blank: ClassVar[Any] = ""

    def bound(self) -> Self:
        # The labels are those of a day and a language: a copy keeps them for one sheet.
        return replace(self)

    def read(self, value: Any) -> str:
        return taken(self._kind.read(value)) or ""

    def shown(self, value: Any) -> Any:
        return self.labels.get(value, value or "")

    @property
    def how(self) -> str:
        return "。".join(filter(None, (joined(self.bound().labels.values()), super().how)))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Of all values, in the language of the page."""
        return self._labels()

    def _labels(self) -> dict[str, str]:
        known = self.choices(timezone.localdate()) if callable(self.choices) else self.choices
        assert not isinstance(known, str), "what stands in the context of a page is known to no sheet"
        return {str(value): str(label) for value, label in known}

    @cached_property
    def _kind(self) -> choice.Choice:
        labels: dict[str, list[str]] = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for key, label in self._labels().items():
                    labels.setdefault(key, []).append(label)
        return choice.Choice(options=labels)


@dataclass(frozen=True)
class Tick(Choice):
    """Whether something is so: a box to tick, in a sheet a word."""

    kind: str = "tick"
    width: int = 8
    choices: Any = (("yes", _("是")), ("no", _("否")))
    blank: ClassVar[Any] = False

    def read(self, value: Any) -> Any:
        return super().read(value) == "yes"

    def typed(self, request: HttpRequest) -> bool:
        return text_of(request.POST, self.name) not in ("", "0", "no")

    def shown(self, value: Any) -> Any:
        return super().shown("yes" if value else "no")
