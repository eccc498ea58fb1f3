"""The formats, found in the folder. A module is imported when it is asked for."""

import pkgutil
from functools import cache
from importlib import import_module
from typing import BinaryIO, Protocol, cast

from guatu.adapters.writers import formats as folder
from guatu.adapters.writers.ledger import Ledger


class Writer(Protocol):
    """One format."""

    NAME: str
    SUFFIX: str
    BINARY: bool

    def write(self, ledger: Ledger, out: BinaryIO) -> None:
        """Write the whole ledger; `out` is left open. Errors of `out` pass through."""


@cache
def format_names() -> tuple[str, ...]:
    """Names of the formats there are."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(folder.__path__)))


def writer(name: str) -> Writer:
    """The writer of a format; KeyError for a name that is not in `format_names()`."""
    if name not in format_names():
        raise KeyError(name)
    return cast(Writer, import_module(f"{folder.__name__}.{name}"))
