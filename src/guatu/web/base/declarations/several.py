"""A setting that is some of a few values, in no order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.choice import Choice
from guatu.web.base.declarations.kind import VALUE, Kind, Sent
from guatu.web.base.declarations.one import described, read
from guatu.web.base.language import joined, language
from guatu.web.base.problems import Invalid

Options = Mapping[str, Sequence[str]]


class Several(Kind[tuple[str, ...]]):
    """`options` are the values with their labels: the Chinese one, then the English one.

    One of them that is no longer known (a role that went with its pack) takes none of the others along: `take` refuses
    it, `value` leaves it out.
    """

    control = "ticks"

    def __init__(self, options: Callable[[], Options]) -> None:
        self._options = options

    @property
    def field(self) -> Choice:
        return Choice(options=self._options())

    @property
    def choices(self) -> list[tuple[str, str]]:
        field = self.field
        return [(key, field.show(key, language())) for key in field.options]

    def take(self, given: Any) -> Any:
        if not isinstance(given, list | tuple):
            raise _not_several()
        field = self.field
        found = {read(field, one, VALUE) for one in given} - {None}
        return [key for key in field.options if key in found]

    def value(self, kept: Any) -> tuple[str, ...]:
        texts = _texts(kept)
        return tuple(key for key in self._options() if key in texts)

    def of_form(self, sent: Sent) -> Any:
        return [str(one) for one in sent.getlist(VALUE)]

    def of_text(self, text: str) -> Any:
        """JSON, or the values with commas between them."""
        if text.lstrip().startswith("["):
            return super().of_text(text)
        return [one for one in text.replace("、", ",").replace("\uff0c", ",").split(",") if one.strip()]

    def lines(self, kept: Any) -> list[str]:
        field = self.field
        return [joined(field.show(one, language()) for one in _texts(kept))] if kept else []

    def described(self) -> str:
        return _("其中若干项:%(choices)s") % {"choices": described(self.field)}


def _texts(kept: Any) -> list[str]:
    """What is kept as names; raises `Invalid` for what is no list of them."""
    if not isinstance(kept, list | tuple) or not all(isinstance(one, str) for one in kept):
        raise _not_several()
    return list(kept)


def _not_several() -> Invalid:
    return Invalid(_("应为若干项的列表。"), field=VALUE, code="setting.not-several")
