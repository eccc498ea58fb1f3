"""All declarations, found by being there."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from guatu.web.base.declarations.declared import Declared

AnyDeclared = Declared[Any]


class Undeclared(LookupError):
    """The program asks for a setting that no app declares."""


@cache
def declarations() -> dict[str, AnyDeclared]:
    """By name, in the order of the apps: what stands as a `Declared` in the module `settings` of an app."""
    found: dict[str, AnyDeclared] = {}
    for app in settings.GUATU_APPS:
        if not find_spec(f"guatu.web.{app}.settings"):
            continue
        for one in vars(import_module(f"guatu.web.{app}.settings")).values():
            if isinstance(one, Declared) and found.setdefault(one.name, one) is not one:
                raise ValueError(f"{one.name} is declared twice")
    return found


def declaration(name: str) -> AnyDeclared:
    """Raises `Undeclared` where no app declares it."""
    try:
        return declarations()[name]
    except KeyError:
        raise Undeclared(f"no app declares the setting {name!r} in its module `settings`") from None
