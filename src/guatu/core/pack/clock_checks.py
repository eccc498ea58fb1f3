"""What a table of clocks may not say, whether it came with a pack or a county made it in the browser."""

from collections.abc import Iterator, Sequence

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.common import DATES, NO_SOURCE, TWICE, UNKNOWN_CLASS, UNKNOWN_POST

NO_HOURS = Kind(
    "pack.no-hours",
    "error",
    "有按工作时间计的时限,却没有作息时间([[hours]])",
    "there are limits in working time but no hours of work ([[hours]])",
)
NO_GENERAL_LIMIT = Kind(
    "pack.no-general-limit",
    "warning",
    "时限“{clock}”对类别“{name}”没有不带情形的一行;这类案件到此环节可能没有时限",
    "clock '{clock}' has no row without a condition for class '{name}': such cases may have no limit there",
)


class ClockFault(msgspec.Struct, frozen=True):
    """A fault and its place in the table: `limit[3]`, `hours[0]`, `policy.reviewers`, or the name of a clock."""

    kind: Kind
    path: str
    params: dict[str, str] = {}


def clock_faults(table: ClockTable, classes: Sequence[str], posts: frozenset[str]) -> list[ClockFault]:
    """Everything that stands against the table in a pack with these codes of classes and these posts."""
    return [
        *_sources(table),
        *_twice(table),
        *_dates(table),
        *_classes(table, classes),
        *_reviewers(table, posts),
        *_uncovered(table, classes),
    ]


def _sources(table: ClockTable) -> Iterator[ClockFault]:
    for key, sources in (
        ("limit", [row.source for row in table.limit]),
        ("hours", [row.source for row in table.hours]),
    ):
        for at, source in enumerate(sources):
            if not source.strip():
                path = f"{key}[{at}]"
                yield ClockFault(NO_SOURCE, path, {"path": path})


def _twice(table: ClockTable) -> Iterator[ClockFault]:
    seen: set[str] = set()
    for at, row in enumerate(table.limit):
        parts = (row.clock, row.class_, row.condition, row.county, row.valid_from.isoformat())
        name = " ".join(filter(None, parts))
        if name in seen:
            yield ClockFault(TWICE, f"limit[{at}]", {"name": name})
        seen.add(name)


def _dates(table: ClockTable) -> Iterator[ClockFault]:
    for key, spans in (
        ("limit", [(row.valid_from, row.valid_to) for row in table.limit]),
        ("hours", [(row.valid_from, row.valid_to) for row in table.hours]),
    ):
        for at, (first, last) in enumerate(spans):
            if last < first:
                path = f"{key}[{at}]"
                yield ClockFault(DATES, path, {"path": path, "first": str(first), "last": str(last)})


def _classes(table: ClockTable, classes: Sequence[str]) -> Iterator[ClockFault]:
    """A limit may name a group of classes by the beginning of their codes."""
    for at, row in enumerate(table.limit):
        if row.class_ and not any(code.startswith(row.class_) for code in classes):
            yield ClockFault(UNKNOWN_CLASS, f"limit[{at}]", {"name": row.class_})


def _reviewers(table: ClockTable, posts: frozenset[str]) -> Iterator[ClockFault]:
    for post in table.rules.reviewers:
        if post not in posts:
            yield ClockFault(UNKNOWN_POST, "policy.reviewers", {"name": post})
    if not table.hours and any(row.limit.shown_basis == "shifts" for row in table.limit_rows):
        yield ClockFault(NO_HOURS, "hours")


def _uncovered(table: ClockTable, classes: Sequence[str]) -> Iterator[ClockFault]:
    """The first class of each clock that no general row covers."""
    for clock in sorted({row.clock for row in table.limit}):
        general = [row.class_ for row in table.limit if (row.clock, row.condition, row.county) == (clock, "", "")]
        bare = next((code for code in classes if not any(code.startswith(one) for one in general)), None)
        if bare is not None:
            yield ClockFault(NO_GENERAL_LIMIT, clock, {"clock": clock, "name": bare})
