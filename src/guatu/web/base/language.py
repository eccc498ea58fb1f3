"""The language of the page, as the core's messages have it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def joined(words: Iterable[object]) -> str:
    """Words of a list, parted as the reader's language parts them."""
    return _("、").join(map(str, words))
