"""What a unit has in hand: reports of open periods, orders that are not closed, open problems, milestones ahead."""

from __future__ import annotations

from django.db.models import QuerySet

from guatu.web.dispatch.models import MilestoneProgress, Order, Period, Problem, Report
from guatu.web.dispatch.selectors.orders import PENDING


def open_reports(unit: int) -> QuerySet[Report]:
    return Report.objects.filter(unit=unit, period__state=Period.State.OPEN)


def open_orders(unit: int) -> QuerySet[Order]:
    return Order.objects.filter(unit=unit, state__in=PENDING)


def open_problems(unit: int) -> QuerySet[Problem]:
    return Problem.objects.filter(unit=unit, state=Problem.State.OPEN)


def open_milestones(unit: int) -> QuerySet[MilestoneProgress]:
    return MilestoneProgress.objects.filter(unit=unit, milestone__done_on=None)
