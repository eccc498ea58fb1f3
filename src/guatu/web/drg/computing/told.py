"""Figures as plain values with their reasons in both languages, as they are stored and shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from guatu.core.kernel.explained import Explained, Unknown
from guatu.core.kernel.money import Money

Told = dict[str, Any]


def told(figure: Explained[Any] | Unknown) -> Told:
    """A figure with all that it is made of; `value` is text, and none where it cannot be computed."""
    known = isinstance(figure, Explained)
    return {
        "value": plain(figure.value) if isinstance(figure, Explained) else None,
        "zh": figure.sentence("zh"),
        "en": figure.sentence("en"),
        "source": figure.source,
        "unverified": list(figure.unverified) if known and isinstance(figure, Explained) else [],
        "parts": [
            {
                "zh": part.zh,
                "en": part.en,
                "zh_text": part.text("zh"),
                "en_text": part.text("en"),
                "unverified": part.unverified,
                "why": told(part.value) if isinstance(part.value, Explained | Unknown) else None,
            }
            for part in figure.parts
        ],
    }


def plain(value: object) -> str:
    if isinstance(value, Money):
        return str(value.yuan)
    return format(value, "f") if isinstance(value, Decimal) else str(value)
