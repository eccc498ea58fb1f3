"""Reviews for programs: what waits for the user, one decision, many acceptances at once."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.accept_reports import MOST, AcceptReports
from guatu.web.dispatch.actions.review_report import ReviewReport
from guatu.web.dispatch.api import ReportDetail, ReportOut
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors.review_lists import REVIEWS
from guatu.web.dispatch.selectors.reviewing import PERMISSION
from guatu.web.dispatch.selectors.seen import visible_report
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Id, Input, Limits, Page, asking, page_of, wanted_of
from guatu.web.kit.table import queried

router = ScopedRouter(write="review", tags=["dispatch"])


class ReviewQuery(Limits):
    """`mine` are those that wait for the user; the others are all that they review, whoever is next."""

    group: Literal["mine", "waiting", "returned", "accepted"] = "mine"
    plan: int | None = None
    period: str = ""
    unit: int | None = None
    q: str = ""


class ReviewIn(Input):
    row_version: int
    accept: bool
    reason: str = ""


class Seen(Schema):
    """A report as the reviewer saw it."""

    id: Id
    row_version: int


class AcceptIn(Input):
    reports: list[Seen] = Field(max_length=MOST)


class Left(Schema):
    id: int
    message: str


class Accepted(Schema):
    count: int
    left: list[Left]


@router.get("/reviews", response=Page[ReportOut], summary="Reports to be reviewed, most pressing first")
def reviews(request: HttpRequest, wanted: Query[ReviewQuery]) -> Any:
    actor = asking(request, PERMISSION)
    found = queried(REVIEWS.narrowed(actor, wanted_of(wanted)))
    return page_of(found.order_by("period__due_on", "task__order", "id"), wanted)


@router.post("/reports/{int:pk}/review", response=ReportDetail, summary="Accept a report, or return it with a reason")
def review(request: HttpRequest, pk: int, given: ReviewIn) -> Report:
    visible_report(actor_of(request), pk)
    perform(ReviewReport(pk, given.row_version, given.accept, given.reason), context_of(request))
    return visible_report(actor_of(request), pk)


@router.post("/reviews/accept", response=Accepted, summary="Accept several reports; those that cannot be are named")
def accept(request: HttpRequest, given: AcceptIn) -> dict[str, Any]:
    seen = {one.id: one.row_version for one in given.reports}
    done = perform(AcceptReports(seen), context_of(request))
    return {"count": done.count, "left": [{"id": pk, "message": text} for pk, text in done.left.items()]}
