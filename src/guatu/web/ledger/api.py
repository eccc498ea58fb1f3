"""Plans, tasks and targets for programs. Mounted by the project's API; the actor is that of the session or the token.

Lists are pages of at most 500 rows. Writes take an `Idempotency-Key`: a repeated request answers as the first one did,
and one with other content is refused with 422.
A problem is answered with its status, code, field and message.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from ninja import File, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Input, Limits, Page, VersionIn, asking, listed, page_of, wanted_of
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.correct_target import CorrectTarget
from guatu.web.ledger.actions.correct_task import CorrectTask
from guatu.web.ledger.actions.duties import DutyInput
from guatu.web.ledger.actions.upload_plan import UploadPlan
from guatu.web.ledger.models import Plan, Target, Task
from guatu.web.ledger.selectors.plans import HEAVY, PLANS
from guatu.web.ledger.selectors.target_list import TARGETS
from guatu.web.ledger.selectors.targets import course_view
from guatu.web.ledger.selectors.visible import visible_plan, visible_target, visible_task
from guatu.web.ledger.task_table import sorted_tasks

router = ScopedRouter(write="plans", tags=["ledger"])


class PlanOut(Schema):
    id: int
    title: str
    doc_no: str
    issuer: str
    issued_on: datetime.date | None
    state: str
    row_version: int


class DutyOut(Schema):
    role: str
    text: str
    unit_id: int | None
    unlinked: str


class TargetOut(Schema):
    id: int
    plan_id: int
    task_id: int | None
    metric: str
    scope: str
    op: str
    value: Decimal
    value_max: Decimal | None
    unit: str = Field(alias="unit_text")
    due: datetime.date | None
    direction: str
    kind: str
    course: str
    base_value: Decimal | None
    base_date: datetime.date | None
    tracked: bool
    row_version: int


class TaskOut(Schema):
    id: int
    plan_id: int
    number: str
    title: str
    domain: str
    due: datetime.date | None
    state: str
    row_version: int
    duties: list[DutyOut]

    @staticmethod
    def resolve_duties(task: Task) -> list[Any]:
        return list(task.duties.all())


class TaskDetail(TaskOut):
    content: str
    targets: list[TargetOut]

    @staticmethod
    def resolve_targets(task: Task) -> list[Any]:
        return list(task.targets.all())


class PlanQuery(Limits):
    state: str = ""
    q: str = ""


class TaskQuery(Limits):
    plan: int | None = None
    unit: int | None = None
    role: str = ""
    town: int | None = None
    domain: str = ""
    state: str = ""
    due: str = ""
    q: str = ""
    sort: str = ""


class TargetQuery(Limits):
    plan: int | None = None
    task: int | None = None
    kind: str = ""
    tracked: Literal["", "0", "1"] = "1"
    q: str = ""


class DutyIn(Input):
    role: str
    text: str
    unit_ids: list[int] = Field(default_factory=list, max_length=500)
    unlinked: str = ""


class TaskIn(Input):
    """`duties` left out leaves them as they are."""

    row_version: int
    title: str
    due: datetime.date | None = None
    domain: str = ""
    waiver: str = ""
    duties: list[DutyIn] | None = Field(None, max_length=200)


class TargetIn(Input):
    """Only the fields that are given change."""

    row_version: int
    metric: str | None = None
    scope: str | None = None
    op: str | None = None
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit_text: str | None = Field(None, alias="unit")
    due: datetime.date | None = None
    direction: str | None = None
    kind: str | None = None
    course: str | None = None
    base_value: Decimal | None = None
    base_date: datetime.date | None = None
    tracked: bool | None = None
    task_id: int | None = None


class CoursePoint(Schema):
    key: str
    on: datetime.date
    value: float | None
    reason: str


class CourseOut(Schema):
    missing: str
    points: list[CoursePoint]


class UploadOut(Schema):
    plan_id: int
    version_id: int
    job_id: int | None


@router.get("/plans", response=Page[PlanOut], summary="Plans, newest first")
def plans(request: HttpRequest, wanted: Query[PlanQuery]) -> Any:
    return page_of(PLANS.sorted(asking(request, "plan.view"), wanted_of(wanted)), wanted)


@router.get("/plans/{int:pk}", response=PlanOut, summary="A plan")
def plan(request: HttpRequest, pk: int) -> Plan:
    asking(request, "plan.view")
    return visible_plan(actor_of(request), pk)


@router.post("/plans", response=UploadOut, summary="Upload a document: a new plan, or a new version of one")
def upload_plan(request: HttpRequest, file: File[UploadedFile], plan_id: int | None = None) -> Any:
    version = perform(UploadPlan(file, plan_id), context_of(request))
    return {"plan_id": version.plan_id, "version_id": version.pk, "job_id": version.job_id}


@router.get("/plans/{int:pk}/versions", response=list[dict[str, Any]], summary="The versions of a plan and their state")
def versions(request: HttpRequest, pk: int) -> Any:
    asking(request, "plan.view")
    rows = visible_plan(actor_of(request), pk).versions.defer(*HEAVY).order_by("number")
    return [{"id": v.pk, "number": v.number, "state": v.state, "failure": v.failure} for v in rows]


@router.post("/plans/{int:pk}/confirm", response=PlanOut, summary="Confirm a plan")
def confirm_plan(request: HttpRequest, pk: int, given: VersionIn) -> Plan:
    return perform(ConfirmPlan(pk, given.row_version), context_of(request))


@router.get("/tasks", response=Page[TaskOut], summary="Tasks of confirmed plans")
def tasks(request: HttpRequest, wanted: Query[TaskQuery]) -> Any:
    found = sorted_tasks(asking(request, "plan.view"), wanted_of(wanted), wanted.sort)
    return page_of(found.prefetch_related("duties"), wanted)


@router.get("/tasks/{int:pk}", response=TaskDetail, summary="A task with its clause, duties and targets")
def task(request: HttpRequest, pk: int) -> Task:
    asking(request, "plan.view")
    return visible_task(actor_of(request), pk)


@router.put("/tasks/{int:pk}", response=TaskDetail, summary="Correct a task")
def correct_task(request: HttpRequest, pk: int, given: TaskIn) -> Task:
    duties = None
    if given.duties is not None:
        duties = tuple(DutyInput(d.role, d.text, tuple(d.unit_ids), d.unlinked) for d in given.duties)
    action = CorrectTask(pk, given.row_version, given.title, given.due, given.domain, given.waiver, duties)
    return Task.objects.get(pk=perform(action, context_of(request)).pk)


@router.get("/targets", response=Page[TargetOut], summary="Targets of confirmed plans")
def targets(request: HttpRequest, wanted: Query[TargetQuery]) -> Any:
    return listed(TARGETS, asking(request, "plan.view"), wanted)


@router.get("/targets/{int:pk}", response=TargetOut, summary="A target")
def target(request: HttpRequest, pk: int) -> Target:
    asking(request, "plan.view")
    return visible_target(actor_of(request), pk)


@router.patch("/targets/{int:pk}", response=TargetOut, summary="Correct a target")
def correct_target(request: HttpRequest, pk: int, given: TargetIn) -> Target:
    values = given.dict(exclude_unset=True, exclude={"row_version"})
    return perform(CorrectTarget(pk, given.row_version, values), context_of(request))


@router.get("/targets/{int:pk}/course", response=CourseOut, summary="What is due at the end of each period")
def course(request: HttpRequest, pk: int, every: Literal["month", "quarter", "half-year", "year"] = "month") -> Any:
    asking(request, "plan.view")
    found = course_view(visible_target(actor_of(request), pk), every, language())
    return {"missing": found.missing, "points": [vars(row) for row in found.rows]}
