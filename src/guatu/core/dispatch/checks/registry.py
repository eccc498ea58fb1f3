"""Finds the checks of this package and runs those that a county declared."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from guatu.core.dispatch import checks as package
from guatu.core.dispatch.checks.figure import CheckRow, Figure
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

BEFORE_ODD = Kind(
    "check.before-odd",
    "warning",
    "“{name}”填报 {value} 与更早各期相符,上期的 {before} 才显得异常;请核对上期数据,需要时申请退回更正",
    "“{name}”: {value} agrees with earlier periods; the odd one is the {before} before: check that one and have it "
    "returned if it is wrong",
)

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
    """All findings of the declared checks, errors first, of each kind the gravest. Raises KeyError for a row that
    `check_rows` would report.

    Where the last figures were odd themselves and this one agrees with those before them, it is not the one to blame:
    the finding names the last one (`BEFORE_ODD`).
    """
    found = _findings(figure, rows)
    before = figure
    while found and before.earlier:
        *sound, last = before.earlier
        before = msgspec.structs.replace(before, earlier=tuple(sound))
        if not _findings(msgspec.structs.replace(before, value=last, due=None, parts=()), rows):
            return found
        if not _findings(before, rows):
            shown = {"value": figure.shown(figure.value), "before": figure.shown(last)}
            return [row_finding(BEFORE_ODD, figure.name, figure.key, None, name=figure.name, **shown)]
    return found


def _findings(figure: Figure, rows: Sequence[CheckRow]) -> list[RowFinding]:
    found: dict[str, RowFinding] = {}
    for row in rows:
        check = checks()[row.check]
        for words in check.find(figure, row.limit):
            one = row_finding(check.kind, figure.name, figure.key, row.severity, name=figure.name, **words)
            if check.name not in found or one.severity == "error":
                found[check.name] = one
    return sorted(found.values(), key=lambda one: one.severity != "error")


def check_rows(rows: Sequence[CheckRow]) -> list[RowFinding]:
    """Rows that name no check."""
    known = "、".join(checks())
    return [
        row_finding(UNKNOWN_CHECK, row.check, "check", check=row.check, known=known)
        for row in rows
        if row.check not in checks()
    ]
