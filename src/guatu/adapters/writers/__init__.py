"""Writers: a compiled plan as a file that people or programs read.

Each module of `formats` is one format: `NAME`, `SUFFIX`, `BINARY` (not fit for a terminal) and `write(ledger, out)`.
A new format is a new module there; nothing else is edited.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guatu.adapters.writers.ledger import Ledger
    from guatu.adapters.writers.registry import Writer, format_names, writer

__all__ = ["Ledger", "Writer", "format_names", "writer"]


def __getattr__(name: str) -> object:
    """What stands in `__all__`, imported when it is asked for: the command line reads `width` without the compiler."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "ledger" if name == "Ledger" else "registry"
    return getattr(import_module(f"{__name__}.{home}"), name)
