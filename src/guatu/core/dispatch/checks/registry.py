"""Finds the checks of this package and runs those that a county declared."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from guatu.core.dispatch import checks as package
from guatu.core.dispatch.checks.figure import CheckRow, Figure
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Words = Mapping[str, str | int | float]

UNKNOWN_CHECK = Kind(
    "check.unknown",
    "error",
    "没有名为“{check}”的校验;可用的有 {known}",
    "there is no check “{check}”; there are {known}",
)


class Check(NamedTuple):
    """A check: its name (that of its file), its message, the meaning of its limit (zh, en), and what it finds."""

    name: str
    kind: Kind
    limit: tuple[str, str]
    find: Callable[[Figure, float], Iterator[Words]]


@cache
def checks() -> dict[str, Check]:
    """All checks by name, in the order of the alphabet."""
    found = {}
    for module in sorted(one.name for one in pkgutil.iter_modules(package.__path__)):
        loaded = importlib.import_module(f"{package.__name__}.{module}")
        if hasattr(loaded, "KIND"):
            found[module] = Check(module, loaded.KIND, loaded.LIMIT, loaded.check)
    return found


def check_figure(figure: Figure, rows: Sequence[CheckRow]) -> list[RowFinding]:
    """All findings of the declared checks, errors first. Raises KeyError for a row that `check_rows` would report."""
    found = []
    for row in rows:
        check = checks()[row.check]
        for words in check.find(figure, row.limit):
            found.append(row_finding(check.kind, figure.name, figure.key, row.severity, name=figure.name, **words))
    return sorted(found, key=lambda one: one.severity != "error")


def check_rows(rows: Sequence[CheckRow]) -> list[RowFinding]:
    """Rows that name no check."""
    known = "、".join(checks())
    return [
        row_finding(UNKNOWN_CHECK, row.check, "check", check=row.check, known=known)
        for row in rows
        if row.check not in checks()
    ]
