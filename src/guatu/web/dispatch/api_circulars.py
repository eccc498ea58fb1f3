"""Circulars and monthly reports for programs: made, written, issued, and taken away as files."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Schema, Status
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circulars import CIRCULARS, check_may_see, visible_circular
from guatu.web.dispatch.views import circulars as pages
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Input, Limits, Page, VersionIn, asking, listed

router = ScopedRouter(write="orders", tags=["supervision"])


class CircularOut(Schema):
    id: int
    kind: str
    plan_id: int
    period_id: int
    period: str = Field(alias="period.key")
    number: str
    title: str
    state: str
    made_at: datetime.datetime
    issued_on: datetime.date | None
    row_version: int


class CircularDetail(CircularOut):
    """`texts` by the parts of the paper; `body` are the figures as they stood on the day it was made."""

    texts: dict[str, str]
    body: dict[str, Any]


class CircularQuery(Limits):
    plan: int | None = None
    kind: str = ""
    state: str = ""


class CircularIn(Input):
    """`despite` makes another one although a draft of the same kind and period stands."""

    period: int
    kind: str = "circular"
    despite: bool = False


class TextsIn(VersionIn):
    """Texts that are not given stay."""

    title: str
    texts: dict[str, str] = Field(default_factory=dict)


class IssueIn(VersionIn):
    """Without `number` the next one of the year is taken."""

    number: str = ""


@router.get("/circulars", response=Page[CircularOut], summary="Circulars and monthly reports, newest first")
def circulars(request: HttpRequest, wanted: Query[CircularQuery]) -> Any:
    actor = asking(request, "plan.view")
    check_may_see(actor)
    return listed(CIRCULARS, actor, wanted)


@router.get("/circulars/{int:pk}", response=CircularDetail, summary="A circular with its figures and texts")
def circular(request: HttpRequest, pk: int) -> Circular:
    asking(request, "plan.view")
    return visible_circular(actor_of(request), pk)


@router.post("/circulars", response={201: CircularDetail}, summary="Make a circular or monthly report of a period")
def make(request: HttpRequest, given: CircularIn) -> Status[Circular]:
    made = perform(MakeCircular(given.period, given.kind, given.despite), context_of(request))
    return Status(201, visible_circular(actor_of(request), made.pk))


@router.put("/circulars/{int:pk}", response=CircularDetail, summary="Change the texts of a draft")
def edit(request: HttpRequest, pk: int, given: TextsIn) -> Circular:
    visible_circular(actor_of(request), pk)
    perform(EditCircular(pk, given.row_version, given.title, given.texts), context_of(request))
    return visible_circular(actor_of(request), pk)


@router.post("/circulars/{int:pk}/issue", response=CircularDetail, summary="Give a draft its number and day")
def issue(request: HttpRequest, pk: int, given: IssueIn) -> Circular:
    visible_circular(actor_of(request), pk)
    perform(IssueCircular(pk, given.row_version, given.number), context_of(request))
    return visible_circular(actor_of(request), pk)


@router.get("/circulars/{int:pk}/circular.docx", summary="A circular as a document")
def docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return pages.circular_docx(request, pk)


@router.get("/circulars/{int:pk}/circular.xlsx", summary="The tables of a circular as a workbook")
def xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return pages.circular_xlsx(request, pk)
