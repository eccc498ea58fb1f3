"""Periods for programs: which there are, who delivered in one of them, closing and opening again."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from pydantic import Field

from guatu.core.kernel.explained import Explained
from guatu.web.base.actions import perform
from guatu.web.base.calendar import is_provisional
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.close_period import ClosePeriod
from guatu.web.dispatch.actions.reopen_period import ReopenPeriod
from guatu.web.dispatch.actions.reopen_run import Reopened, ReopenRun
from guatu.web.dispatch.models import Period
from guatu.web.dispatch.selectors.period_pages import Rate, UnitDelivery, period_page
from guatu.web.kit.paging import Input, Limits, Page, asking, page_of
from guatu.web.ledger.models import Plan

router = ScopedRouter(write="review", tags=["dispatch"])
SHOWN = (Plan.State.CONFIRMED, Plan.State.CLOSED)


class PeriodOut(Schema):
    """`due_provisional`: the holidays of the year of the due day are not announced yet."""

    id: int
    plan_id: int = Field(alias="rule.plan_id")
    rule: str = Field(alias="rule.name")
    every: str = Field(alias="rule.every")
    key: str
    starts_on: datetime.date
    ends_on: datetime.date
    due_on: datetime.date
    closes_on: datetime.date | None
    state: str
    closed_run: str
    """The hourly run that closed it; empty where a person did, or where it is open."""
    due_provisional: bool

    @staticmethod
    def resolve_due_provisional(period: Period) -> bool:
        return is_provisional(period.due_on)


class DeliveryOut(Schema):
    """What a unit owed and delivered. A rate that nothing can be said of is null, and its sentence says why."""

    unit_id: int | None
    unit: str
    due: int
    handed_in: int
    late: int
    missing: int
    completeness: float | None
    timeliness: float | None
    reason: dict[str, list[str]]


class Deliveries(Schema):
    """`units` are those whose reports the user may see; `total` is of these units."""

    units: list[DeliveryOut]
    total: DeliveryOut


class PeriodQuery(Limits):
    plan: int | None = None
    state: str = ""


class ReopenIn(Input):
    closes_on: datetime.date
    reason: str


class ReopenRunIn(Input):
    reason: str


class ReopenedOut(Schema):
    """`left` names the periods that stay closed, with what was published from each."""

    reopened: int
    removed: int
    left: dict[str, str]


@router.get("/periods", response=Page[PeriodOut], summary="Periods of reporting, newest first")
def periods(request: HttpRequest, wanted: Query[PeriodQuery]) -> Any:
    asking(request, "report.view")
    found = Period.objects.filter(rule__plan__state__in=SHOWN).select_related("rule").order_by("-ends_on", "-id")
    if wanted.plan is not None:
        found = found.filter(rule__plan=wanted.plan)
    if wanted.state:
        found = found.filter(state=wanted.state)
    return page_of(found, wanted)


@router.get("/periods/{int:pk}", response=PeriodOut, summary="A period")
def period(request: HttpRequest, pk: int) -> Period:
    asking(request, "report.view")
    return _period(pk)


@router.get("/periods/{int:pk}/deliveries", response=Deliveries, summary="What units owed and delivered in a period")
def deliveries(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = asking(request, "report.view")
    page = period_page(_period(pk), actor.today, actor)
    return {"units": [_delivery(unit) for unit in page.units], "total": _delivery(page.total)}


def _period(pk: int) -> Period:
    return get_object_or_404(Period.objects.select_related("rule"), pk=pk, rule__plan__state__in=SHOWN)


def _delivery(row: UnitDelivery) -> dict[str, Any]:
    rates = [rate for rate in (row.completeness, row.timeliness) if rate is not None]
    return {
        "unit_id": row.unit_id or None,
        "unit": row.label,
        "due": row.total,
        "handed_in": row.come,
        "late": row.late,
        "missing": row.missing,
        "completeness": _value(row.completeness),
        "timeliness": _value(row.timeliness),
        "reason": {"zh": [rate.sentence("zh") for rate in rates], "en": [rate.sentence("en") for rate in rates]},
    }


def _value(rate: Rate | None) -> float | None:
    return rate.value if isinstance(rate, Explained) else None


@router.post("/periods/{int:pk}/close", response=PeriodOut, summary="Close a period: accepted reports are locked")
def close(request: HttpRequest, pk: int) -> Period:
    return perform(ClosePeriod(pk), context_of(request))


@router.post("/periods/{int:pk}/reopen", response=PeriodOut, summary="Open a closed period again until a day")
def reopen(request: HttpRequest, pk: int, given: ReopenIn) -> Period:
    return perform(ReopenPeriod(pk, given.closes_on, given.reason), context_of(request))


@router.post("/periods/runs/{run}/reopen", response=ReopenedOut, summary="Open all again that one hourly run closed")
def reopen_run(request: HttpRequest, run: str, given: ReopenRunIn) -> Reopened:
    return perform(ReopenRun(run, given.reason), context_of(request))
