"""Components of pages: a control with its label, hint and problem, an empty state, heads that sort."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from guatu.web.base.kept import KEY, TOKEN
from guatu.web.base.problems import Problem
from guatu.web.base.templatetags.guatu_tags import options, query
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form

register = template.Library()

_KINDS: dict[str, dict[str, str]] = {
    "text": {"type": "text"},
    "whole": {"type": "text", "inputmode": "numeric"},
    "figure": {"type": "text", "inputmode": "decimal"},
    "date": {"type": "date"},
    "month": {"type": "month"},
    "file": {"type": "file"},
    "files": {"type": "file", "multiple": "multiple"},
}
"""What an `input` of each kind has; `area` and `select` are elements of their own."""
_RADIO = {"class": "form-check-input", "type": "radio", "required": True}
_STYLES = {"select": "form-select", "figure": "form-control num"}
PAGES = ("page", "before", "after")
WAYS = (*PAGES, "group", "sort", "rows")
"""Parameters of a list that narrow it by nothing."""
_PICKED_BY_BROWSER = ("date", "month")


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """What each form carries unseen, in place of Django's own tag: its token, and its key (`base.kept`)."""
    return unseen_of_form(context)


def unseen_of_form(context: Context) -> SafeString:
    hidden = '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}" data-key>'
    return format_html(hidden, TOKEN, context.get("csrf_token", ""), KEY, uuid.uuid4().hex)


@register.inclusion_tag("kit/control.html", takes_context=True)
def control(
    context: Context,
    name: str,
    label: str,
    kind: str = "text",
    *,
    value: Any = "",
    form: str = "",
    hint: str = "",
    required: bool = False,
    choices: Iterable[tuple[object, object]] = (),
    none: str = "",
    box: str = "mb-3",
    css: str = "",
    **attributes: Any,
) -> dict[str, Any]:
    """A control with its label, hint and problem, tied to each other for those who do not see them.

    A page with one form has `problem` and `typed` in its context, one with several also `typed_form`, the one that
    could not be taken: there the control shows what was typed in place of `value`. Further attributes go to the
    element, with "_" for "-". `choices` are pairs of value and name of a `select`, and `none` the name of its empty
    choice.
    """
    at = f"{form or 'f'}-{name}"
    shown, problem = _as_sent(context, name, form, value)
    if "hx_get" in attributes:
        # Names come while one types, into a list of this control alone.
        attributes |= {"list": f"{at}-options", "hx_target": f"#{at}-options", "autocomplete": "off"}
    described = [attributes.pop("aria_describedby", ""), f"{at}-said" if problem or hint else ""]
    attrs = {
        "class": " ".join(filter(None, (_STYLES.get(kind, "form-control"), css, "is-invalid" if problem else ""))),
        "id": at,
        "name": name,
        "required": required,
        "aria-describedby": " ".join(filter(None, described)) or None,
        **{key.replace("_", "-"): given for key, given in attributes.items() if given is not None},
    }
    return {
        "at": at,
        "label": label,
        "required": required,
        "element": _element(kind, attrs, shown, choices, none, bool(problem)),
        "hint": hint,
        "said": problem.message if problem else "",
        "box": box,
        "group": kind == "radio",
        "options": attributes.get("list"),
    }


def _as_sent(context: Context, name: str, form: str, value: Any) -> tuple[Any, Problem | None]:
    """What a control shows, and the problem it has, if it is one of the form that could not be taken."""
    if form and context.get("typed_form", "") != form:
        return value, None
    problem, typed = context.get("problem"), context.get("typed")
    wrong = isinstance(problem, Problem) and problem.field == name
    return typed.get(name, value) if typed else value, problem if wrong else None


def _element(
    kind: str, attrs: dict[str, Any], value: Any, choices: Iterable[tuple[object, object]], none: str, wrong: bool
) -> SafeString:
    text = "" if value is None else str(value)
    if kind == "radio":
        return _radios(attrs["name"], choices, text)
    if kind == "area":
        return format_html("<textarea{}>{}</textarea>", flatatt({"rows": 4, **attrs}), text)
    if kind == "select":
        given = [("", none), *choices] if none else choices
        return format_html("<select{}>{}</select>", flatatt(attrs), options(given, value))
    own = _KINDS[kind]
    if kind in _PICKED_BY_BROWSER and wrong:
        # The browser's own picker shows nothing of a day that is none, and what was typed would be lost.
        own = _KINDS["text"]
    filled = {} if own["type"] == "file" or not text else {"value": text}
    return format_html("<input{}>", flatatt({**own, **filled, **attrs}))


def _radios(name: str, choices: Iterable[tuple[object, object]], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<label class="form-check"><input{}><span class="form-check-label">{}</span></label>',
        (
            (flatatt({**_RADIO, "name": name, "value": one, "checked": str(one) == chosen}), label)
            for one, label in choices
        ),
    )


@register.simple_tag(takes_context=True)
def controls(
    context: Context,
    fields: Iterable[Field],
    form: str = "",
    values: Mapping[str, Any] | None = None,
    box: str = "mb-3",
) -> SafeString:
    """The controls of a form; `values` are what they show where nothing was typed. Choices that are a word are those
    that stand under it in the context."""
    page: Any = context.template
    template = page.engine.get_template("kit/control.html")
    shown = []
    for one in fields:
        value = one.entered((values or {}).get(one.name, ""))
        if one.kind == "tick":
            shown.append(_box_to_tick(context, one, form, value, box))
            continue
        given = control(
            context,
            one.name,
            str(one.label),
            one.kind,
            value=value,
            form=form,
            hint=str(one.hint),
            required=one.required,
            choices=_choices(context, one),
            none=str(one.none),
            box=box if one.box is None else one.box,
            css=one.css,
            **{**one.limits, **one.attributes},
        )
        shown.append(template.render(context.new(given)))
    return mark_safe("".join(shown))


def _choices(context: Context, one: Field) -> Iterable[tuple[object, object]]:
    if isinstance(one.choices, str):
        named: Iterable[tuple[object, object]] = context[one.choices]
        return named
    return one.choices(context["actor"].today) if callable(one.choices) else one.choices


def _box_to_tick(context: Context, one: Field, form: str, value: Any, box: str) -> SafeString:
    sent = bool(context.get("typed")) and (not form or context.get("typed_form", "") == form)
    problem = context.get("problem") if sent else None
    said = problem.message if isinstance(problem, Problem) and problem.field == one.name else ""
    checked = context["typed"].get(one.name) if sent else value
    return check(one.name, str(one.label), checked=checked, box=box if one.box is None else one.box, said=str(said))


@register.inclusion_tag("kit/form.html", takes_context=True)
def form(
    context: Context,
    form: Form[Any],
    *of: Any,
    without: Iterable[str] = (),
    aria_label: str = "",
    given: Mapping[str, Any] | None = None,
    **values: Any,
) -> dict[str, Any]:
    """A whole form, sent to its address `of` a row, without one to that of the page. `values` are what the controls
    show where nothing was typed; what belongs to no control, such as the version that was seen, goes along unseen.
    `given` holds values of which only those of controls count, and the version. `without` names fields that are not
    asked for now; `aria_label` is what the button says to who does not see which row it stands in."""
    fields = [one for one in form.controls if one.name not in without]
    names = {one.name for one in form.controls}
    own = form.name.format(*of)
    problem = context.get("problem") if context.get("typed_form", "") == own else None
    loose = isinstance(problem, Problem) and problem.field not in names
    seen = {name: value for name, value in (given or {}).items() if name == "seen"}
    return {
        "form": form,
        "aria_label": aria_label,
        "address": reverse(form.at, args=of) if form.at else "",
        "files": any(one.kind in ("file", "files") for one in fields),
        "unseen": [(name, value) for name, value in {**seen, **values}.items() if name not in names],
        "loose": problem.message if isinstance(problem, Problem) and loose else "",
        "controls": controls(context, fields, own, {**(given or {}), **values}, form.each),
        "back": context.get("back"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def check(
    name: str, label: str, *, checked: Any = False, value: Any = "1", box: str = "", said: str = ""
) -> SafeString:
    """A box to tick with its label; `said` is a message below it."""
    attrs = {"class": "form-check-input", "type": "checkbox", "name": name, "value": value, "checked": bool(checked)}
    below = format_html('<div class="invalid-feedback d-block" role="alert">{}</div>', said) if said else ""
    return format_html(
        '<label class="{}"><input{}><span class="form-check-label">{}</span></label>{}',
        f"form-check {box}".strip(),
        flatatt(attrs),
        label,
        below,
    )


@register.simple_tag
def problem_at(problem: Problem | None, field: str) -> SafeString | str:
    """The message of a problem below the field that it belongs to."""
    if not isinstance(problem, Problem) or problem.field != field:
        return ""
    return format_html('<div class="invalid-feedback d-block" role="alert">{}</div>', problem.message)


@register.inclusion_tag("kit/empty.html")
def empty(title: str, hint: str = "", address: str = "", action: str = "", icon: str = "plus") -> dict[str, str]:
    """What stands where nothing is: that it is so, what comes here, and what to do next."""
    return {"title": title, "hint": hint, "address": address, "action": action, "icon": icon}


@register.simple_tag(takes_context=True)
def narrowed(context: dict[str, Any], *but: str) -> bool:
    """Whether the address asks for anything but a page, a group, or what `but` names: then the filters stand open."""
    return any(value for name, value in context["request"].GET.items() if name not in (*WAYS, *but))


@register.simple_tag(takes_context=True)
def sorted_head(context: dict[str, Any], key: str, label: str, now: str) -> SafeString:
    """The head of a column by which the list can be sorted: upwards first, then downwards. `now` is the order
    it has."""
    turned = f"-{key}" if now == key else key
    way = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    address = query(context, sort=turned, page=None, before=None, after=None)
    return format_html('<th scope="col" aria-sort="{}"><a href="{}">{}</a></th>', way, address, label)
