"""Amounts, points and reasons as pages show them."""

from __future__ import annotations

from typing import Any

from django import template

from guatu.web.drg import words

register = template.Library()
for shown in (words.yuan, words.places, words.percent):
    register.filter(shown.__name__, shown)


@register.filter
def said(values: dict[str, Any], name: str = "") -> str:
    """The text of a stored figure, part or row in the reader's language."""
    return words.picked(values, name)
