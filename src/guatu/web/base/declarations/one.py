"""A setting that is one value: any kind of the core's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guatu.core.fields.choice import Choice
from guatu.core.fields.day import Day
from guatu.core.fields.kind import Field
from guatu.core.fields.number import Number, digits
from guatu.core.fields.text import Text
from guatu.core.fields.truth import Truth
from guatu.web.base.declarations.kind import VALUE, Kind, Sent, as_json
from guatu.web.base.language import joined, language
from guatu.web.base.parsing import taken
from guatu.web.base.problems import Invalid

AnyField = Field[Any]


def control_of(field: AnyField) -> str:
    """The control by which a page asks for a field."""
    if isinstance(field, Choice | Truth):
        return "select"
    if isinstance(field, Day):
        return "date"
    if isinstance(field, Number):
        return "whole" if field.places == 0 else "figure"
    return "area" if isinstance(field, Text) and field.many_lines else "text"


def choices_of(field: AnyField) -> list[tuple[str, str]]:
    """What a `select` offers, in the language of the page."""
    if isinstance(field, Truth):
        return [("True", field.show(True, language())), ("False", field.show(False, language()))]
    return [(key, field.show(key, language())) for key in field.options] if isinstance(field, Choice) else []


def read(field: AnyField, given: Any, at: str) -> Any:
    """What a field keeps of what was given, as JSON; None for nothing. Raises `Invalid` at `at`."""
    return as_json(_single(field, given, at))


def _single(field: AnyField, given: Any, at: str) -> Any:
    # A field of text would make words of a list.
    if isinstance(given, list | dict):
        raise Invalid(_("应为一个值,不是列表或表。"), field=at, code="setting.not-one")
    return taken(field.read(given), at)


def described(field: AnyField) -> str:
    """What may be written into a field."""
    if isinstance(field, Choice):
        return joined(f"{field.show(key, language())} ({key})" for key in field.options)
    if isinstance(field, Truth):
        return _("是或否")
    if isinstance(field, Day):
        return _("日期,如 2027-01-05")
    if isinstance(field, Number):
        return " ".join(_number_words(field))
    if isinstance(field, Text) and field.longest:
        return _("文字,最多 %(n)d 字") % {"n": field.longest}
    form = getattr(field, "form", "")
    return _("编码,如 %(form)s") % {"form": form} if form else _("文字")


def _number_words(field: Number) -> Iterator[str]:
    yield _("整数") if field.places == 0 else _("数")
    if field.least is not None and field.most is not None:
        yield f"{digits(field.least)}–{digits(field.most)}"
    elif field.least is not None:
        yield _("不小于 %(n)s") % {"n": digits(field.least)}


class One(Kind[Any]):
    """`field` may be a function, where the choices are known only when they are asked for."""

    def __init__(self, field: AnyField | Callable[[], AnyField]) -> None:
        self._field = field

    @property
    def field(self) -> AnyField:
        return self._field() if callable(self._field) else self._field

    @property
    def control(self) -> str:  # type: ignore[override]  # of what the field is
        return control_of(self.field)

    @property
    def choices(self) -> list[tuple[str, str]]:
        return choices_of(self.field)

    def take(self, given: Any) -> Any:
        kept = read(self.field, given, VALUE)
        # An empty text is one; an empty number or day is none.
        return "" if kept is None and isinstance(self.field, Text) else kept

    def value(self, kept: Any) -> Any:
        field = self.field
        if kept == "" and isinstance(field, Text):
            return ""
        value = _single(field, kept, VALUE)
        return int(value) if isinstance(value, Decimal) and isinstance(field, Number) and not field.places else value

    def of_form(self, sent: Sent) -> Any:
        return str(sent.get(VALUE, ""))

    def of_text(self, text: str) -> Any:
        return text

    def lines(self, kept: Any) -> list[str]:
        field = self.field
        if isinstance(kept, str) and "\n" in kept:
            return kept.splitlines()
        return [field.show(taken(field.read(kept)), language())] if kept not in (None, "") else []

    def markup(self, kept: Any) -> list[SafeString]:
        """Text of many lines is a text for the program."""
        if control_of(self.field) != "area":
            return super().markup(kept)
        return [format_html("<code>{}</code>", line) for line in self.lines(kept)]

    def described(self) -> str:
        return described(self.field)
