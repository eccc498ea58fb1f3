"""The page of a target: its course month by month, and its shares."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guatu.core.calendar.keys import Every
from guatu.core.dispatch.trajectory import Trajectory, course_table
from guatu.core.kernel.explained import Unknown
from guatu.core.kernel.finding import Language
from guatu.web.directory.selectors.tree import UnitTree
from guatu.web.ledger.models import Target
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.trajectories import trajectory_of

MOST_POINTS = 240
"""Rows of a course that a page shows: twenty years of months."""


@dataclass(frozen=True)
class CourseRow:
    """What is due at the end of a period: the figure and its reason, or why there is none."""

    key: str
    on: datetime.date
    value: float | None
    reason: str


@dataclass(frozen=True)
class CourseView:
    trajectory: Trajectory | None
    missing: str
    rows: list[CourseRow]

    def series(self) -> list[list[Any]]:
        """Points for the chart, from the start on."""
        points = [[row.on.isoformat(), row.value] for row in self.rows if row.value is not None]
        course = self.trajectory
        if course and course.first is not None and course.direction != "hold" and points:
            points.insert(0, [course.start.isoformat(), course.first])
        return points


def course_view(target: Target, every: Every, language: Language) -> CourseView:
    found = trajectory_of(target, target.plan.issued_on, list(target.steps.all()))
    if isinstance(found, Unknown):
        return CourseView(None, found.sentence(language), [])
    rows = []
    for point in course_table(found, every)[:MOST_POINTS]:
        value = None if isinstance(point.value, Unknown) else point.value.value
        rows.append(CourseRow(point.key, point.on, value, point.value.sentence(language)))
    missing = rows[-1].reason if rows and all(row.value is None for row in rows) else ""
    return CourseView(found, missing, rows)


@dataclass(frozen=True)
class ShareRow:
    unit_id: int
    label: str
    value: Decimal | None
    weight: str = ""
    typed: str = ""
    """What somebody typed that is no number, to be shown again."""

    @property
    def shown(self) -> str:
        return self.typed or ("" if self.value is None else f"{self.value.normalize():f}")


def share_rows(target: Target, tree: UnitTree, on: datetime.date) -> list[ShareRow]:
    """All towns, with their shares; and units outside the towns that have one."""
    shares = dict(target.allocations.values_list("unit_id", "value"))
    towns = tree.of_category("town")
    others = [pk for pk in shares if pk not in {node.id for node in towns}]
    labels = unit_labels(others, on)
    rows = [ShareRow(node.id, node.label, shares.get(node.id)) for node in towns]
    return rows + [ShareRow(pk, labels.get(pk, ""), shares[pk]) for pk in others]


def share_sum(rows: Sequence[ShareRow]) -> Decimal:
    return sum((row.value for row in rows if row.value is not None), Decimal(0))
