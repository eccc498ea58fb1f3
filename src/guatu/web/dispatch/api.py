"""Reports and lights for programs. Mounted by the project's API; the actor is that of the session or the token.

A report is saved or handed in with an `Idempotency-Key`, an `instance` that its form was given when it was opened, or
both: sent again, with either the same, it is one report. Other content under either is refused with 422.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.add_evidence import AddEvidence
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Figure, Light, Report
from guatu.web.dispatch.selectors.evidence import evidence_of
from guatu.web.dispatch.selectors.light_pages import explained_of
from guatu.web.dispatch.selectors.lights import LIGHTS
from guatu.web.dispatch.selectors.period_facts import as_then
from guatu.web.dispatch.selectors.report_form import asked_with_due
from guatu.web.dispatch.selectors.report_lists import grouped, report_filters, seen_reports
from guatu.web.dispatch.selectors.sealed import in_state
from guatu.web.dispatch.selectors.seen import visible_light, visible_report
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Input, Limits, Page, asking, listed, page_of, wanted_of
from guatu.web.kit.table import narrowed

router = ScopedRouter(write="report", tags=["dispatch"])


class ReportOut(Schema):
    id: int
    period_id: int
    period: str = Field(alias="period.key")
    due_on: datetime.date = Field(alias="period.due_on")
    plan_id: int = Field(alias="task.plan_id")
    task_id: int
    task: str = Field(alias="task.title")
    unit_id: int
    state: str = Field(alias="then")
    """Of a closed period's report the state in which that was closed."""
    level: int
    done: bool
    submitted_at: datetime.datetime | None
    row_version: int


class FigureOut(Schema):
    """What is asked for: the target, the figure as it stands, and what is due at the end of the period, or why not."""

    target_id: int
    metric: str
    unit: str
    value: Decimal | None
    note: str
    due: float | None
    reason: dict[str, str]


class FileOut(Schema):
    id: int
    file_id: int
    name: str = Field(alias="file.name")
    size: int = Field(alias="file.size")
    sha256: str = Field(alias="file.sha256")
    repeated: bool = False
    """Whether the same content was there already: it was not stored again."""


class ReportDetail(ReportOut):
    progress: str
    problems: str
    next_step: str
    figures: list[FigureOut]
    evidence: list[FileOut]

    @staticmethod
    def resolve_figures(report: Report) -> list[Any]:
        return _figures(report)

    @staticmethod
    def resolve_evidence(report: Report) -> list[Any]:
        return evidence_of(report)


class LightOut(Schema):
    id: int
    period_id: int
    period: str = Field(alias="period.key")
    plan_id: int = Field(alias="task.plan_id")
    task_id: int
    unit_id: int
    target_id: int | None
    colour: str
    on: datetime.date
    at: datetime.datetime
    sentence: dict[str, str]

    @staticmethod
    def resolve_sentence(light: Light) -> dict[str, str]:
        value = explained_of(light)
        return {"zh": value.sentence("zh"), "en": value.sentence("en")}


class LightDetail(LightOut):
    explained: dict[str, Any]
    """The whole reason: value, rule, parts, however deep."""


class ReportQuery(Limits):
    plan: int | None = None
    period: str = ""
    unit: int | None = None
    state: str = ""
    q: str = ""


class LightQuery(Limits):
    plan: int | None = None
    period: str = ""
    unit: int | None = None
    colour: str = ""
    level: Literal["task", "target", "all"] = "task"


class FigureIn(Input):
    """`value` as a number or as it was typed; left out, none."""

    target_id: int
    value: Decimal | str | None = None
    note: str = Field("", max_length=300)


class ReportIn(Input):
    """The whole report as it is to stand. `despite` hands in although checks warn."""

    row_version: int
    progress: str = ""
    problems: str = ""
    next_step: str = ""
    done: bool = False
    figures: list[FigureIn] = Field(default_factory=list, max_length=500)
    submit: bool = False
    despite: bool = False
    instance: str = Field("", max_length=80)


class AppealIn(Input):
    reason: str


class AppealOut(Schema):
    id: int
    light_id: int
    reason: str
    state: str
    decision: str
    row_version: int


def _figures(report: Report) -> list[dict[str, Any]]:
    given = {figure.target_id: figure for figure in Figure.objects.filter(report=report)}
    return [
        {
            "target_id": target.pk,
            "metric": target.metric,
            "unit": target.unit_text,
            "value": given[target.pk].value if target.pk in given else None,
            "note": given[target.pk].note if target.pk in given else "",
            "due": due,
            "reason": reason,
        }
        for target, due, reason in asked_with_due(report, timezone.localdate())
    ]


@router.get("/reports", response=Page[ReportOut], summary="Reports that the user may see, newest period first")
def reports(request: HttpRequest, wanted: Query[ReportQuery]) -> Any:
    actor = asking(request, "report.view")
    found = seen_reports(actor).select_related("period", "task")
    found = narrowed(found, report_filters(seen_reports), actor, wanted_of(wanted))
    if wanted.state:
        found = found.filter(in_state(wanted.state))
    page = page_of(grouped(found, actor.today).order_by("-period__ends_on", "task_place", "id"), wanted)
    as_then(page["rows"], actor.today)
    return page


@router.get("/reports/{int:pk}", response=ReportDetail, summary="A report with its figures and evidence")
def report(request: HttpRequest, pk: int) -> Report:
    asking(request, "report.view")
    return visible_report(actor_of(request), pk)


@router.put("/reports/{int:pk}", response=ReportDetail, summary="Save a report as a draft, or hand it in")
def save_report(request: HttpRequest, pk: int, given: ReportIn) -> Report:
    visible_report(actor_of(request), pk)
    figures = {one.target_id: "" if one.value is None else _typed(one.value) for one in given.figures}
    action = SaveReport(
        pk,
        given.row_version,
        given.progress,
        given.problems,
        given.next_step,
        given.done,
        figures,
        {one.target_id: one.note for one in given.figures},
        given.submit,
        given.despite,
        given.instance,
    )
    perform(action, context_of(request))
    return visible_report(actor_of(request), pk)


def _typed(value: Decimal | str) -> str:
    return value if isinstance(value, str) else f"{value:f}"


@router.post("/reports/{int:pk}/evidence", response=FileOut, summary="Add a photo or a file to a report")
def add_evidence(request: HttpRequest, pk: int, file: File[UploadedFile], caption: str = "") -> Any:
    visible_report(actor_of(request), pk)
    return perform(AddEvidence(pk, file, caption), context_of(request))


@router.get("/lights", response=Page[LightOut], summary="Lights that the user may see, worst first")
def lights(request: HttpRequest, wanted: Query[LightQuery]) -> Any:
    page = listed(LIGHTS, asking(request, "map.view"), wanted, light=wanted.colour)
    return {**page, "rows": [row.light for row in page["rows"]]}


@router.get("/lights/{int:pk}", response=LightDetail, summary="A light with its rule and its numbers")
def light(request: HttpRequest, pk: int) -> Light:
    asking(request, "map.view")
    return visible_light(actor_of(request), pk)


@router.post("/lights/{int:pk}/appeals", response=AppealOut, summary="Appeal against a light")
def appeal(request: HttpRequest, pk: int, given: AppealIn) -> Any:
    visible_light(actor_of(request), pk)
    return perform(MakeAppeal(pk, given.reason), context_of(request))
