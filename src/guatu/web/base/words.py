"""One word out of a few. A column, a form and an address hold any text; the core takes one of its own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

W = TypeVar("W", bound=str)


def one_of(words: Iterable[W], said: str) -> W:
    """The word that a column holds; raises `LookupError` for another one, which no form of ours can have written."""
    for word in words:
        if word == said:
            return word
    raise LookupError(f"{said!r} is none of {', '.join(words)}")
