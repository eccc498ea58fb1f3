"""Targets that a report has to give a figure for."""

from __future__ import annotations

from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.duties import leading_units
from guatu.web.ledger.models import Allocation, Target


def targets_to_report(report: Report) -> list[Target]:
    """Tracked targets of the task that the report's unit answers for.

    A target that is allocated is reported by the units that have a share of it; any other by the lead unit, or by
    every reporting unit where the task has no lead.
    """
    targets = list(Target.objects.filter(task=report.task_id, tracked=True).order_by("id"))
    if not targets:
        return []
    units: dict[int, set[int]] = {}
    for target_id, unit_id in Allocation.objects.filter(target__in=targets).values_list("target_id", "unit_id"):
        units.setdefault(target_id, set()).add(unit_id)
    leads = leading_units(report.task)
    return [t for t in targets if report.unit_id in units.get(t.pk, leads or {report.unit_id})]
