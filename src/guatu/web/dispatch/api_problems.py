"""The list of problems for programs."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Schema, Status

from guatu.web.base.actions import perform
from guatu.web.base.actors import Actor
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.actions.solve_problem import SolveProblem
from guatu.web.dispatch.selectors.problems import PROBLEMS, ProblemRow, check_may_see, problem_rows, visible_problems
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Input, Limits, Page, VersionIn, asking, listed

router = ScopedRouter(write="orders", tags=["supervision"])


class ProblemOut(Schema):
    """`days` counts the working days that it has stood open, or stood until it was solved."""

    id: int
    task_id: int
    plan_id: int
    unit_id: int
    unit: str
    report_id: int | None
    text: str
    state: str
    opened_on: datetime.date
    due_on: datetime.date | None
    days: int
    solution: str
    order_ids: list[int]
    row_version: int


class ProblemQuery(Limits):
    plan: int | None = None
    task: int | None = None
    unit: int | None = None
    state: str = ""
    q: str = ""


class ProblemIn(Input):
    """Of a `report` the task and the unit are those of the report, and the text what it says unless one is given."""

    text: str = ""
    report: int | None = None
    task: int | None = None
    unit: int | None = None
    due_on: datetime.date | None = None


class SolveIn(VersionIn):
    """`again` takes a solved problem up again; `text` is then the reason."""

    text: str
    again: bool = False


@router.get("/problems", response=Page[ProblemOut], summary="Problems that the user may see, oldest open ones first")
def problems(request: HttpRequest, wanted: Query[ProblemQuery]) -> dict[str, Any]:
    actor = _actor(request)
    page = listed(PROBLEMS, actor, wanted)
    return {**page, "rows": [_row(row, actor) for row in page["rows"]]}


@router.get("/problems/{int:pk}", response=ProblemOut, summary="A problem")
def problem(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _one(_actor(request), pk)


@router.post("/problems", response={201: ProblemOut}, summary="Put a problem on the list: of a report, or by hand")
def open_problem(request: HttpRequest, given: ProblemIn) -> Status[dict[str, Any]]:
    actor = asking(request, "order.edit")
    made = perform(OpenProblem(**given.dict()), context_of(request))
    return Status(201, _one(actor, made.pk))


@router.post(
    "/problems/{int:pk}/solve", response=ProblemOut, summary="Say how a problem was solved, or take it up again"
)
def solve(request: HttpRequest, pk: int, given: SolveIn) -> dict[str, Any]:
    actor = _actor(request)
    _one(actor, pk)
    perform(SolveProblem(pk, given.row_version, given.text, given.again), context_of(request))
    return _one(actor, pk)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = actor_of(request)
    check_may_see(actor)
    return actor


def _one(actor: Actor, pk: int) -> dict[str, Any]:
    found = get_object_or_404(visible_problems(actor).select_related("task"), pk=pk)
    return _row(problem_rows([found], actor.today)[0], actor)


def _row(row: ProblemRow, actor: Actor) -> dict[str, Any]:
    found = row.problem
    names = ("id", "task_id", "unit_id", "report_id", "text", "state", "due_on", "solution", "row_version")
    orders = [order.pk for order in row.orders if actor.may("order.view", order.unit_id)]
    return {
        **{name: getattr(found, name) for name in names},
        "plan_id": found.task.plan_id,
        "unit": row.unit,
        "opened_on": row.opened_on,
        "days": row.days.value,
        "order_ids": orders,
    }
