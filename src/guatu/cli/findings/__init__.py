"""How `guatu check` prints findings: one format a module, `write(checked, out)`."""

import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, TextIO, cast

from guatu.adapters.writers.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Checked:
    """One file that was checked: its findings stand in the plan, or `problem` says why there is no plan."""

    path: str
    ledger: Ledger | None = None
    code: str = ""
    problem: str = ""


class FindingsFormat(Protocol):
    def write(self, checked: Sequence[Checked], out: TextIO) -> None:
        """Write the findings of all files; errors of `out` pass through."""


def formats() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def findings_format(name: str) -> FindingsFormat:
    """The format of a name that is in `formats()`."""
    return cast(FindingsFormat, import_module(f"{__name__}.{name}"))
