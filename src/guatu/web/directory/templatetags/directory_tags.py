"""Words for what the directory keeps as codes."""

from __future__ import annotations

from django import template

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
