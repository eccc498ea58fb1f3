"""Parts that pages are put together from: cards, buttons, ways to other pages, facts, tabs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.apps import apps
from django.forms.utils import flatatt
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guatu.web.base.problems import Problem
from guatu.web.base.templatetags.guatu_tags import icon as drawn
from guatu.web.kit.table.columns import NOTHING, written
from guatu.web.kit.templatetags.kit import unseen_of_form

register = template.Library()
_BODY, _FLUSH = "card-title", "card-title p-3 pb-0 mb-1"


@register.simple_tag(takes_context=True)
def again(context: Context, block: str) -> SafeString:
    """What a block holds, in another place: the title of a page is its heading as well."""
    held = context.render_context[BLOCK_CONTEXT_KEY].get_block(block)
    with context.push():
        inside: str = held.nodelist.render(context)
    return mark_safe(inside.strip())


@register.simple_block_tag
def card(content: str, name: str, title: Any, css: str = "mb-3", count: Any = None, flush: bool = False) -> SafeString:
    """A part of a page under its own heading; `flush` for one that holds a table up to its rim. `count` says in the
    heading how many things stand below."""
    number = "" if count is None else format_html(' <span class="text-secondary fw-normal">{}</span>', count)
    heading = format_html('<h2 class="{}" id="{}-h">{}{}</h2>', _FLUSH if flush else _BODY, name, title, number)
    inside = (
        format_html("{}{}", heading, content)
        if flush
        else format_html('<div class="card-body">{}{}</div>', heading, content)
    )
    return format_html('<section class="card {}" aria-labelledby="{}-h">{}</section>', css, name, inside)


@register.simple_tag
def button(label: Any, icon: str = "", css: str = "btn-primary", about: Any = "", **attributes: Any) -> SafeString:
    """The button that sends a form; `about` is said to those who do not see which of several it is."""
    given = {"class": f"btn {css}".strip(), **attributes}
    return format_html("<button{}>{}</button>", flatatt(given), _marked(label, icon, about))


@register.simple_tag
def way(label: Any, icon: str, at: str, *of: Any, css: str = "", about: Any = "", query: str = "") -> SafeString:
    """A button that leads to the page `at`, `of` a row."""
    address = reverse(at, args=of) + query
    return format_html('<a class="{}" href="{}">{}</a>', f"btn {css}".strip(), address, _marked(label, icon, about))


@register.simple_tag(takes_context=True)
def send(
    context: Context, label: Any, icon: str, at: str, *of: Any, css: str = "", about: Any = "", **values: Any
) -> SafeString:
    """A button that does one thing by itself, sent with `values` to the address `at` of a row."""
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', values.items())
    form = '<form method="post" action="{}">{}{}{}</form>'
    return format_html(form, reverse(at, args=of), unseen_of_form(context), hidden, button(label, icon, css, about))


def _marked(label: Any, icon: str, about: Any) -> SafeString:
    unseen = format_html('<span class="visually-hidden"> {}</span>', about) if about else ""
    return format_html("{}{}{}{}", drawn(icon) if icon else "", " " if icon else "", label, unseen)


@register.simple_tag
def back(label: Any, at: str, *of: Any, query: str = "") -> SafeString:
    """The way back to the page above this one."""
    link = format_html('<a href="{}{}">{} {}</a>', reverse(at, args=of), query, drawn("arrow-left"), label)
    return format_html('<nav aria-label="{}">{}</nav>', _("位置"), link)


@register.simple_tag
def fact(label: Any, value: Any, href: str = "", css: str = "") -> SafeString:
    """A line of a list of facts; days and moments are written as everywhere."""
    said: Any = value if isinstance(value, SafeString) else written(value, "text")
    inside = format_html('<a href="{}">{}</a>', href, said) if href and said else said or NOTHING
    return format_html("<dt>{}</dt><dd{}>{}</dd>", label, flatatt({"class": css} if css else {}), inside)


@register.simple_tag
def links(at: str, rows: Iterable[Any]) -> SafeString:
    """Rows by their names, each a way to its page `at`; a row of a day is known by what it is a version of."""
    found = ((reverse(at, args=[getattr(row, f"{at}_id", None) or row.id]), row.name) for row in rows)
    return format_html_join("、", '<a href="{}">{}</a>', found)


@register.simple_tag(takes_context=True)
def wrong(context: Context, form: str = "", *fields: str) -> SafeString | str:
    """The problem of a form that stands at none of its `fields`; with "" that of whichever was sent."""
    problem = context.get("problem")
    if not isinstance(problem, Problem) or (form and context.get("typed_form") != form) or problem.field in fields:
        return ""
    said = linebreaksbr(str(problem.message))
    return format_html('<div class="alert alert-danger" role="alert">{}</div>', said)


@register.inclusion_tag("kit/tabs.html", takes_context=True)
def tabs(context: Context) -> dict[str, Any]:
    """The pages that belong together, as an app declares them by `tabs` of its AppConfig: a name, and entries as those
    of its menu. They stand on each page whose address begins with that of one of them, or whose view says which is
    `here`."""
    actor, path = context.get("actor"), context["request"].path
    for config in apps.get_app_configs():
        label, entries = getattr(config, "tabs", ("", ()))
        links = [(name, reverse(name), words, icon) for name, words, icon, needs in entries if _may(actor, needs)]
        said = [name for name, *_rest in links if name == context.get("here")]
        under = sorted((len(address), name) for name, address, *_rest in links if path.startswith(address))
        here = said[0] if said else under[-1][1] if under else ""
        if here:
            return {"label": label, "links": links, "here": here}
    return {}


def _may(actor: Any, permission: str) -> bool:
    return actor is not None and (not permission or actor.may(permission))
