"""What every kind of setting can do: take what people and programs give, keep it as JSON, hand it out typed."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid

V = TypeVar("V")
VALUE = "value"
"""The field at which problems of a value are shown; those of a row's cell name row and cell behind it."""


class Sent(Protocol):
    """What a form sends."""

    def get(self, name: str, default: Any = None) -> Any: ...

    def getlist(self, name: str) -> list[Any]: ...


class Kind(Generic[V]):
    """Three forms of a value: as given (a form, a text, JSON), as kept (JSON in the table), as the program has it."""

    control = ""
    """The template part that asks for it."""

    def take(self, given: Any) -> Any:
        """What is kept of what was given; raises `Invalid` that says what is wrong, at `value` or a cell below it."""
        raise NotImplementedError

    def value(self, kept: Any) -> V:
        """What the program gets of what is kept. Raises `Invalid` for what does not fit (any more)."""
        raise NotImplementedError

    def of_form(self, sent: Sent) -> Any:
        """What a form says, to be taken."""
        raise NotImplementedError

    def of_text(self, text: str) -> Any:
        """What a command line says, to be taken: JSON."""
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Invalid(_("应为 JSON:%(reason)s") % {"reason": error}, field=VALUE, code="setting.no-json") from error

    def lines(self, kept: Any) -> list[str]:
        """The value in words, for people: one line, or one for each row."""
        raise NotImplementedError

    def markup(self, kept: Any) -> list[SafeString]:
        """The same for a page, where what only the program reads stands as code."""
        return [escape(line) for line in self.lines(kept)]

    def described(self) -> str:
        """What may be given, in words."""
        raise NotImplementedError


def as_json(value: Any) -> Any:
    """A value of a core field as JSON keeps it."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, datetime.date) else value
