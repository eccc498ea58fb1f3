"""What notices are made of where they are not written by hand: one module a kind, found by being there.

A source gives what there is to publish, and makes of one thing the words that will hang. It asks as the person who
publishes: nobody can publish what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from guatu.core.publishing.content import Content
from guatu.web.base.actors import Actor


@dataclass(frozen=True)
class Taken:
    """A thing in the words in which it is published."""

    title: str
    content: Content
    number: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Source:
    """`rows` are what the actor may publish, by number and name; `take` raises `Invalid` for what they may not."""

    kind: str
    rows: Callable[[Actor], Iterable[tuple[int, str]]]
    take: Callable[[Actor, int], Taken]


@cache
def sources() -> dict[str, Source]:
    # As rules, packs and settings are found: nobody keeps a list.
    modules = (import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__))
    return {source.kind: source for module in modules for source in module.SOURCES}
