"""Who leads a task and who reports on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from guatu.web.ledger.models import Duty

REPORTING = (Duty.Role.LEAD, Duty.Role.RESPONSIBLE)


def reporting_units(tasks: Iterable[int]) -> dict[int, list[int]]:
    """Units that report on each task: those that lead it and those that are responsible, each once."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    duties = Duty.objects.filter(task__in=list(tasks), role__in=REPORTING, unit__isnull=False).order_by("id")
    for task, unit in duties.values_list("task_id", "unit_id"):
        found[task][unit] = None
    return {task: list(units) for task, units in found.items()}


def leads_of(tasks: Iterable[int]) -> dict[int, frozenset[int]]:
    """Lead units by task; tasks without one are absent."""
    found: dict[int, set[int]] = defaultdict(set)
    duties = Duty.objects.filter(task__in=list(tasks), role=Duty.Role.LEAD, unit__isnull=False)
    for task, unit in duties.values_list("task_id", "unit_id"):
        found[task].add(unit)
    return {task: frozenset(units) for task, units in found.items()}
