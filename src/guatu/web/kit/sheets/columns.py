"""Columns: what a cell may hold, read by the core's fields; what cannot be read is a problem of its cell."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise

from guatu.core.fields import choice, code, number, text
from guatu.web.base.parsing import day_of, taken


@dataclass(frozen=True)
class Column:
    """A column by key and label. `read` gets a cell that is not empty, and raises `Invalid` for one it cannot take."""

    key: str
    label: str | Promise
    required: bool = False
    width: int = 16
    hint: str | Promise = ""
    example: str = ""

    def bound(self) -> Self:
        """The column for one sheet: a kind that has to look something up does so here, once, and not for each cell."""
        return self

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def shown(self, value: Any) -> Any:
        """A value as it is written into a cell."""
        return "" if value is None else value

    @property
    def head(self) -> str:
        return f"{self.label}*" if self.required else str(self.label)


@dataclass(frozen=True)
class Text(Column):
    longest: int = 120

    def read(self, value: Any) -> str:
        return taken(text.Text(longest=self.longest, many_lines=True).read(value)) or ""


@dataclass(frozen=True)
class Code(Column):
    """A code: half-width, without blanks or what cannot be seen."""

    longest: int = 120

    def read(self, value: Any) -> str:
        return taken(code.Code(longest=self.longest).read(value)) or ""


@dataclass(frozen=True)
class Whole(Column):
    """A whole number in a range."""

    least: int = 0
    most: int = 1_000_000

    def read(self, value: Any) -> int:
        kind = number.Number(places=0, least=Decimal(self.least), most=Decimal(self.most))
        return int(taken(kind.read(value)) or 0)


@dataclass(frozen=True)
class Day(Column):
    def read(self, value: Any) -> datetime.date | None:
        return day_of(value)

    def shown(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else ""


@dataclass(frozen=True)
class Choice(Column):
    """One of a few values, written as its label (in any of our languages) or as the value itself."""

    choices: Mapping[str, str | Promise] = field(default_factory=dict)

    def read(self, value: Any) -> str:
        return taken(self._kind.read(value)) or ""

    def shown(self, value: Any) -> Any:
        return str(self.choices.get(value, value or ""))

    @cached_property
    def _kind(self) -> choice.Choice:
        labels: dict[str, list[str]] = {key: [] for key in self.choices}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                for key, label in self.choices.items():
                    labels[key].append(str(label))
        return choice.Choice(options=labels)
