"""Words for what the directory keeps as codes, and fields of forms by their number."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField

from guatu.web.directory.models import PlaceVersion, UnitVersion

register = template.Library()


@register.simple_tag
def unit_category(value: str) -> str:
    return str(dict(UnitVersion.Category.choices).get(value, value))


@register.simple_tag
def unit_line(value: str) -> str:
    return str(dict(UnitVersion.Line.choices).get(value, value))


@register.simple_tag
def place_level(value: str) -> str:
    return str(dict(PlaceVersion.Level.choices).get(value, value))


@register.simple_tag
def numbered(form: forms.Form, *prefixes: str) -> list[BoundField]:
    """The fields code_1, name_1, code_2, name_2 and so on, in this order."""
    found = []
    for n in range(1, len(form.fields) + 1):
        found += [form[f"{prefix}_{n}"] for prefix in prefixes if f"{prefix}_{n}" in form.fields]
    return found
