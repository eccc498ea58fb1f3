"""Which unit answers for which target of a task: with the whole, with a share of it, or with the sum of the shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guatu.web.base.prepared import Prepared
from guatu.web.dispatch.selectors.duties import leads_of
from guatu.web.ledger.models import Allocation, Duty, Target

Part = Literal["whole", "share", "sum"]


@dataclass(frozen=True)
class Answer:
    """A unit's part in a target. A sum is not reported: it is added up from the reports of those who have shares."""

    target: Target
    part: Part
    share: float | None = None
    shared: float | None = None
    """What all shares come to; while they await being adjusted that is not the target."""
    sharers: frozenset[int] = frozenset()
    """Units that report a share of a whole that does not add up by itself."""

    @property
    def goal(self) -> float:
        return self.share if self.share is not None else float(self.target.value)


class Answering:
    """Targets of some tasks with their shares and lead units, read at once.

    A target that is not allocated is reported by the lead units, or by every reporting unit where the task has no lead.
    Of an allocated one each share is reported by its unit; for a sum the lead answers with the total, while a rate,
    which does not add up, the lead reports itself.
    """

    def __init__(self, tasks: Iterable[int]) -> None:
        ids = list(tasks)
        rows = Target.objects.filter(task__in=ids, tracked=True, dropped=False).select_related("plan")
        self.targets: dict[int, list[Target]] = defaultdict(list)
        for target in rows.prefetch_related("steps").order_by("id"):
            self.targets[target.task_id or 0].append(target)
        self.shares: dict[int, dict[int, float]] = defaultdict(dict)
        every = [target.pk for group in self.targets.values() for target in group]
        shares = Allocation.objects.filter(target__in=every).order_by("unit_id") if every else ()
        for row in shares:
            self.shares[row.target_id][row.unit_id] = float(row.value)
        self.leads = leads_of(ids)

    def of(self, task_id: int, unit_id: int) -> list[Answer]:
        """All that a unit answers for on a task; a lead that has a share as well has two answers for that target."""
        leads = self.leads.get(task_id, frozenset())
        return [
            answer
            for target in self.targets.get(task_id, ())
            for answer in _answers(target, unit_id, self.shares.get(target.pk, {}), leads)
        ]

    def reported(self, task_id: int, unit_id: int) -> list[Answer]:
        """What a unit is asked a figure for."""
        return [answer for answer in self.of(task_id, unit_id) if answer.part != "sum"]

    def judged(self, task_id: int, unit_id: int) -> list[Answer]:
        """What a unit has a light for, one for each target: who answers for the sum is judged by it."""
        found: dict[int, Answer] = {}
        for answer in self.of(task_id, unit_id):
            if answer.part == "sum" or answer.target.pk not in found:
                found[answer.target.pk] = answer
        return list(found.values())


_targets: Prepared[Target] = Prepared(
    lambda task: Target.objects.filter(task=task, tracked=True, dropped=False).order_by("id"), task=int
)
_shares: Prepared[tuple[int, int, Any]] = Prepared(
    lambda task: Allocation.objects.filter(target__task=task, target__tracked=True, target__dropped=False).values_list(
        "target_id", "unit_id", "value"
    ),
    task=int,
)
_leads: Prepared[tuple[int]] = Prepared(
    lambda task: Duty.objects.filter(task=task, role=Duty.Role.LEAD, unit__isnull=False).values_list("unit_id"),
    task=int,
)


def asked_of(task_id: int, unit_id: int) -> list[Answer]:
    """What a unit is asked a figure for on one task, as `Answering.reported`, for those who hand in a report.

    Targets come without their plan and course.
    """
    shares: dict[int, dict[int, float]] = defaultdict(dict)
    for target, unit, value in _shares(task=task_id):
        shares[target][unit] = float(value)
    leads = frozenset(unit for (unit,) in _leads(task=task_id))
    found = (
        answer
        for target in _targets(task=task_id)
        for answer in _answers(target, unit_id, shares.get(target.pk, {}), leads)
    )
    return [answer for answer in found if answer.part != "sum"]


def _answers(target: Target, unit_id: int, shares: Mapping[int, float], leads: frozenset[int]) -> list[Answer]:
    if not shares:
        return [Answer(target, "whole")] if not leads or unit_id in leads else []
    found = [Answer(target, "share", shares[unit_id], sum(shares.values()))] if unit_id in shares else []
    if unit_id not in leads:
        return found
    if target.kind == Target.Kind.CUMULATIVE:
        return [*found, Answer(target, "sum")]
    return found or [Answer(target, "whole", sharers=frozenset(shares))]
