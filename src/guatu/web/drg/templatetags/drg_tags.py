"""Amounts, points and reasons as pages show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from guatu.web.drg import words

register = template.Library()


def _number(value: Any) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


@register.filter
def yuan(value: Any) -> str:
    """An amount to the fen; a dash where there is none."""
    number = _number(value)
    return "—" if number is None else f"{number:,.2f}"


@register.filter
def places(value: Any) -> str:
    """Points and indices with their four decimals."""
    number = _number(value)
    return "—" if number is None else f"{number:,.4f}"


@register.filter
def percent(value: Any) -> str:
    number = _number(value)
    return "—" if number is None else f"{100 * number:,.2f}%"


@register.filter
def said(values: dict[str, Any], name: str = "") -> str:
    """The text of a stored figure, part or row in the reader's language."""
    return words.picked(values, name)
