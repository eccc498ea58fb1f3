"""Milestones of tasks as the core computes with them: the network, the agreed days, where each stands today."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from guatu.core.dispatch.milestones.delay import (
    Move,
    Plan,
    Progress,
    carry_on,
    milestone_days_late,
    milestones_overdue,
)
from guatu.core.dispatch.milestones.network import Calendars, Link, check_milestones
from guatu.core.dispatch.milestones.network import Milestone as CoreMilestone
from guatu.core.dispatch.milestones.schedule import Schedule, count_back
from guatu.core.dispatch.vocabulary import Facts
from guatu.web.dispatch.models import MilestoneProgress, MilestoneTable
from guatu.web.ledger.models import Milestone, Task


def milestones_of(tasks: Iterable[int]) -> dict[int, list[Milestone]]:
    """Milestones by task in their order, with predecessors and progress; three queries."""
    rows = Milestone.objects.filter(task__in=list(tasks)).select_related("progress").prefetch_related("after")
    found: dict[int, list[Milestone]] = defaultdict(list)
    for row in rows.order_by("order", "id"):
        found[row.task_id].append(row)
    return dict(found)


def task_of(pk: int) -> int:
    """Of which task a milestone is. Raises DoesNotExist for one that is not there."""
    return Milestone.objects.values_list("task_id", flat=True).get(pk=pk)


def progress_of(row: Milestone) -> MilestoneProgress | None:
    return getattr(row, "progress", None)


def core_milestone(row: Milestone) -> CoreMilestone:
    known = progress_of(row)
    unit = str(known.unit_id) if known and known.unit_id else ""
    after = tuple(Link(str(one.pk)) for one in row.after.all())
    return CoreMilestone(str(row.pk), row.title, row.days, unit, after)


def schedule(task: Task, rows: Sequence[Milestone], start: datetime.date, by: Calendars) -> Schedule | None:
    """The rows counted back from the task's deadline; None where it has none."""
    return count_back([core_milestone(row) for row in rows], start, task.due, by) if task.due else None


def moves(rows: Sequence[Milestone], on: datetime.date, by: Calendars) -> list[Move]:
    """Where each milestone stands on a day. Nothing while days are not agreed for all, or the network is unsound."""
    network = [core_milestone(row) for row in rows]
    if not rows or any(row.planned_start is None or row.planned_end is None for row in rows):
        return []
    if check_milestones(network):
        return []
    plans = [Plan(str(r.pk), r.planned_start, r.planned_end) for r in rows if r.planned_start and r.planned_end]
    return carry_on(network, plans, {str(row.pk): _progress(row) for row in rows}, on, by)


class Agreed(msgspec.Struct, frozen=True):
    """A milestone as a table holds it; `done` is the day that it had when it was taken out of later tables."""

    milestone: CoreMilestone
    plan: Plan | None = None
    done: datetime.date | None = None


Row = tuple[Agreed, Progress]


def agreed_by(tasks: Iterable[int], on: datetime.date) -> dict[int, list[Row]]:
    """The milestones that stood on a day with how far they have come by now, by task; two queries."""
    tables = MilestoneTable.objects.filter(task__in=list(tasks), since__lte=on).order_by("since")
    latest = {table.task_id: msgspec.convert(table.rows, list[Agreed]) for table in tables}
    ids = [row.milestone.id for rows in latest.values() for row in rows]
    live = Milestone.objects.filter(pk__in=ids).select_related("progress").in_bulk() if ids else {}
    found = {str(pk): _progress(row) for pk, row in live.items()}
    return {
        task: [(row, found.get(row.milestone.id, Progress(done=row.done))) for row in rows]
        for task, rows in latest.items()
    }


def kept_rows(rows: Iterable[Milestone], before: MilestoneTable | None, on: datetime.date) -> Any:
    """Rows for a table of the day; days that stood in the table `before` keep the day on which they were agreed."""
    stood = {row.plan for row in msgspec.convert(before.rows, list[Agreed])} if before else set()
    by_days = {(plan.id, plan.finish): plan.since for plan in stood if plan}
    found = []
    for row in rows:
        plan = None
        if row.planned_start and row.planned_end:
            since = by_days.get((str(row.pk), row.planned_end), on)
            plan = Plan(str(row.pk), row.planned_start, row.planned_end, since)
        found.append(Agreed(core_milestone(row), plan))
    return msgspec.to_builtins(found)


def milestone_facts(rows: Sequence[Row], on: datetime.date, by: Calendars) -> Facts | None:
    """The facts that lights go by; None while days are not agreed for all, or the network is unsound."""
    network, plans = [row.milestone for row, _ in rows], [row.plan for row, _ in rows if row.plan]
    if not rows or len(plans) < len(rows) or check_milestones(network):
        return None
    found = carry_on(network, plans, {row.milestone.id: progress for row, progress in rows}, on, by)
    return {
        "milestones_overdue": milestones_overdue(found, on),
        "milestone_days_late": milestone_days_late(found, network, on, by),
    }


def _progress(row: Milestone) -> Progress:
    known = progress_of(row)
    started = known.started_on if known else None
    expected = known.expected_on if known else None
    return Progress(started, row.done_on, expected)
