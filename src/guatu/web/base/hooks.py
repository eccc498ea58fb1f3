"""What an app adds to those below it, which do not know it: panels, columns, rights to files.

Each place to add to is a `Hooks`. Each app names in its AppConfig, as `hooks`, the modules that hang something on one.
They are imported when the first place is looked at and not when a process starts: a command that shows no page is
spared a second of what the pages need.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Generic, TypeVar

from django.apps import apps

T = TypeVar("T")


class Hooks(Generic[T]):
    """In the order in which their modules were loaded. Whoever goes through it has loaded all of them."""

    def __init__(self) -> None:
        self._hung: list[T] = []

    def add(self, one: T) -> T:
        """Hangs it up, once however often its module is imported; also as a decorator."""
        if one not in self._hung:
            self._hung.append(one)
        return one

    def __iter__(self) -> Iterator[T]:
        load()
        return iter(self._hung)

    def last(self) -> T | None:
        """Where only one can answer, whoever was hung up last does."""
        return next(reversed(list(self)), None)


@cache
def load() -> None:
    """Imports all that the apps add to each other. A server does so once, before it divides into processes."""
    for config in apps.get_app_configs():
        for name in getattr(config, "hooks", ()):
            import_module(f"{config.name}.{name}")
