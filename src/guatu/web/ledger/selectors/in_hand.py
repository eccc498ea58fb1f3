"""What a unit has in hand of plans that run: duties in tasks that stand, shares of targets."""

from __future__ import annotations

from django.db.models import QuerySet

from guatu.web.ledger.models import Allocation, Duty, Plan, Task


def open_duties(unit: int) -> QuerySet[Duty]:
    return Duty.objects.filter(unit=unit, task__state__in=(Task.State.PROPOSED, Task.State.OPEN))


def open_shares(unit: int) -> QuerySet[Allocation]:
    rows = Allocation.objects.filter(unit=unit, target__dropped=False)
    return rows.exclude(target__plan__state=Plan.State.CLOSED).exclude(target__task__state=Task.State.DONE)
