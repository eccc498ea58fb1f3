"""The language of a call of a command, where no page is that has one."""

from __future__ import annotations

import os


def language_of_call() -> str:
    """By GUATU_LANG, which `guatu` sets as well; Chinese where it says nothing."""
    return "en" if os.environ.get("GUATU_LANG", "").lower().startswith("en") else "zh-hans"
