"""The language of the page, as the core's messages have it."""

from __future__ import annotations

from django.utils.translation import get_language

from guatu.core.kernel.finding import Language


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"
