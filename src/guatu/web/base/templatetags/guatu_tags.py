"""Small parts of pages: icons, lights, figures with their unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from guatu.web.base import clock
from guatu.web.base.calendar import is_provisional
from guatu.web.base.language import joined

register = template.Library()


@register.inclusion_tag("base/_clock.html", takes_context=True)
def clock_notice(context: dict[str, Any]) -> dict[str, Any]:
    """That the hourly run waits for somebody to confirm the day; for those whom it concerns, and only while it does."""
    actor = context["actor"]
    may_confirm = actor.may("clock.confirm")
    if not may_confirm and not actor.may("period.edit"):
        return {}
    found = clock.verdict(timezone.now())
    if found.passes:
        return {}
    return {
        "doubt": found,
        "day": timezone.localdate(found.now),
        "may_confirm": may_confirm,
        "csrf_token": context.get("csrf_token"),
    }


LIGHTS = {
    "green": (gettext_noop("正常"), "●"),
    "amber": (gettext_noop("滞后"), "▲"),
    "red": (gettext_noop("严重滞后"), "■"),
    "grey": (gettext_noop("无数据"), "○"),
}


register.filter("joined", joined)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration."""
    return _icon(name, str(label), static("vendor/icons.svg"))


@lru_cache(maxsize=1000)
def _icon(name: str, label: str, sprite: str) -> SafeString:
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = "") -> SafeString:
    """Options of a select, of values and their names; the chosen one is marked. A filter has hundreds of them.

    A list of pairs in place of a name is a group, called by the value.
    """
    marked = "" if chosen is None else str(chosen)
    return mark_safe("".join(_options(value, name, marked) for value, name in choices))


def _options(value: object, name: object, marked: str) -> str:
    if not isinstance(name, list):
        return _option(str(value), str(name), marked)
    inside = "".join(_option(str(one), str(word), marked) for one, word in name)
    return f'<optgroup label="{escape(str(value))}">{inside}</optgroup>'


def _option(value: str, name: str, marked: str) -> str:
    return f'<option value="{escape(value)}"{" selected" if value == marked else ""}>{escape(name)}</option>'


@register.simple_tag
def light(colour: str, url: str = "") -> SafeString:
    """A light as shape, colour and word."""
    body = _light(colour if colour in LIGHTS else "grey", get_language() or "")
    return format_html('<a class="light-link" href="{}">{}</a>', url, body) if url else body


@cache
def _light(colour: str, language: str) -> SafeString:
    """A page has hundreds of lights, all of four kinds."""
    word, shape = LIGHTS[colour]
    return format_html(
        '<span class="light light-{}"><span class="light-shape" aria-hidden="true">{}</span> {}</span>',
        colour,
        shape,
        _(word),
    )


@register.filter
def provisional(day: Any) -> SafeString | str:
    """The mark of a day that was counted into a year whose holidays are not announced yet; nothing for any other."""
    if isinstance(day, datetime.datetime):
        day = timezone.localtime(day).date()
    if not isinstance(day, datetime.date) or not is_provisional(day):
        return ""
    return format_html(
        ' <span class="provisional-mark" title="{}">{}</span>', _("这一年的放假安排还没有公布,日期可能变动"), _("暂定")
    )


def counted_day(day: datetime.date | None) -> SafeString | str:
    """A day that was counted, with its mark where that is provisional."""
    return format_html("{}{}", f"{day:%Y-%m-%d}", provisional(day)) if day else ""


@register.filter
def figure(value: Any) -> str:
    """A number without needless zeros, thousands apart; a dash where there is none."""
    if value is None or value == "":
        return "—"
    number = Decimal(str(value)).normalize()
    return f"{number:,f}"


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some parameters changed; None takes one away."""
    values = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            values.pop(name, None)
        else:
            values[name] = str(value)
    return "?" + urlencode(sorted(values.items()), doseq=True) if values else "?"
