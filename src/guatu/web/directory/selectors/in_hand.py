"""What units have in hand that passes to their heirs when they go, for the page to show before it is confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from guatu.web.base.language import joined
from guatu.web.directory.hooks import holdings


@dataclass(frozen=True)
class InHand:
    """A kind of holding and how many of it there are."""

    key: str
    label: str | Promise
    count: int


def in_hand(units: Iterable[int]) -> list[InHand]:
    """Of all kinds of which there is something, in the order in which they are handed on."""
    ids = list(units)
    found = [InHand(one.key, one.label, sum(map(one.count, ids))) for one in holdings]
    return [one for one in found if one.count]


def said(rows: Iterable[InHand]) -> str:
    return joined(f"{one.label} {one.count}" for one in rows)


def mark(rows: Iterable[InHand]) -> str:
    """What a page carries along to say that these, and so many of each, were shown."""
    return " ".join(f"{one.key}:{one.count}" for one in rows)
