"""Small parts of the pages of dispatch: rates and reasons."""

from __future__ import annotations

from django import template

from guatu.core.kernel.explained import Explained, Part, Unknown, Word
from guatu.web.base.language import language
from guatu.web.dispatch.selectors.period_pages import rate

register = template.Library()


register.simple_tag(rate)


@register.simple_tag
def words(value: object) -> str:
    """The sentence of an explained value, in the reader's language."""
    return value.sentence(language()) if isinstance(value, Explained | Unknown) else ""


@register.simple_tag
def named(value: Word | Part) -> str:
    """The word of something that has one in each language."""
    return value.zh if language() == "zh" else value.en


@register.simple_tag
def part_text(value: Part) -> str:
    """The value of a part as a reader expects it."""
    return value.text(language())


@register.filter
def is_reason(value: object) -> bool:
    """Whether a part's value has parts of its own."""
    return isinstance(value, Explained | Unknown)


@register.filter
def is_figure(value: object) -> bool:
    """Whether what is explained is a single figure; a forecast, which is several, is told by its sentence alone."""
    return not isinstance(value, Explained) or isinstance(value.value, bool | int | float | str)
