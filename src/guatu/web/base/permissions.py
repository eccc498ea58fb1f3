"""What each role may do, put together from the `rights` modules of the apps.

An app declares the rights to what is its own, and hands on those that packs bring, which are declared in their folders.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

Rights = Mapping[str, Mapping[str, str]]
"""By right the roles that hold it: "own" for its unit and all below, "led" for what its unit leads, "all" for all."""


@cache
def permissions() -> dict[str, dict[str, str]]:
    """The rights of each role with their scope. Raises ValueError for a right that two apps declare."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    known: set[str] = set()
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.rights") is None:
            continue
        module = import_module(f"{config.name}.rights")
        brought: Callable[[], Rights] = getattr(module, "brought", dict)
        for right, roles in {**brought(), **module.RIGHTS}.items():
            if right in known:
                raise ValueError(f"{right} is declared twice")
            known.add(right)
            for role, scope in roles.items():
                found[role][right] = scope
    return dict(found)
