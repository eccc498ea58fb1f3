"""What apps above the directory tell it, since it does not know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from guatu.web.base.actions import Change, Context
from guatu.web.base.hooks import Hooks
from guatu.web.directory.models import Reorganisation


@dataclass(frozen=True)
class UnitCount:
    """A count that an app keeps for units, shown on their pages: duties, open orders."""

    label: str | Promise
    count: Callable[[Iterable[int]], dict[int, int]]
    """Ids of units to their counts; a unit without any may be absent."""
    url: Callable[[int], str] | None = None
    """The page that lists what was counted for a unit."""


unit_counts: Hooks[UnitCount] = Hooks()
unit_count = unit_counts.add
"""Registers a count."""


@dataclass(frozen=True)
class Holding:
    """A kind of thing that units have in hand and that goes to the heir of one that ends: open reports, shares.

    `give` hands everything of this kind from one unit to another, inside the action of the reorganisation.
    """

    key: str
    label: str | Promise
    count: Callable[[int], int]
    give: Callable[[int, int, Change[Any], Context], None]


holdings: Hooks[Holding] = Hooks()
holding = holdings.add
"""Registers a kind of holding."""

Follow = Callable[[Reorganisation, Change[Any], Context], None]
_followers: Hooks[Follow] = Hooks()
on_reorganisation = _followers.add
"""Registers what an app does in the same transaction when units are renamed, merged or split; the successions say
how."""


def tell(reorganisation: Reorganisation, change: Change[Any], context: Context) -> None:
    for function in _followers:
        function(reorganisation, change, context)
