"""All checks, found by being there, and the list that they make together."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import cast

from guatu.engines.drg.quality import checks
from guatu.engines.drg.quality.model import Check, Signal, Subject


def all_checks() -> Iterator[tuple[str, Check]]:
    """Each check with the name of its file, in the order of their names."""
    for module in sorted(pkgutil.iter_modules(checks.__path__), key=lambda module: module.name):
        yield module.name, cast(Check, import_module(f"{checks.__name__}.{module.name}"))


def signals_of(subject: Subject) -> list[Signal]:
    """What all checks found, by hospital, kind and group; the strongest first among equals."""
    found = [signal for _, check in all_checks() for signal in check.signals(subject)]
    return sorted(
        found, key=lambda signal: (signal.hospital, signal.what, -abs(float(signal.figure.value)), signal.about)
    )
