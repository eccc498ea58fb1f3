"""What a pack may declare: one module a section of its folder, found by being there."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from guatu.core.pack.section import Section


@cache
def sections() -> tuple[Section[Any], ...]:
    """All sections in order of the names of their modules."""
    modules = (import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__))
    return tuple(module.SECTION for module in modules if hasattr(module, "SECTION"))
