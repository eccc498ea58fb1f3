"""Cases for programs. Mounted by the project's API; the actor is that of the session or the token.

What the actor may not see is not there. The name and telephone of who reported are in no answer.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from guatu.core.cases.case_fields import CaseField
from guatu.core.cases.flow import moves
from guatu.web.base.actions import Action, perform
from guatu.web.base.actions.action import require
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.give_case import GiveCase
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import PERMISSIONS, OpenCase
from guatu.web.cases.history import standing
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.queue import CASES
from guatu.web.cases.selectors.undecided import undecided
from guatu.web.cases.selectors.visible import visible
from guatu.web.kit.guard import actor_of
from guatu.web.kit.paging import Limits, Page, as_address, page_of

router = ScopedRouter(read="cases-read", write="cases", tags=["cases"])


class CaseOut(Schema):
    id: int
    code: str
    pack: str
    class_code: str
    source: str
    text: str
    address: str
    lon: float | None
    lat: float | None
    place_id: int | None
    unit_id: int | None
    confidential: bool
    opened_at: datetime.datetime
    open_steps: list[str]
    due: datetime.datetime | None
    paused: bool
    late: bool
    returns: int
    ended_at: datetime.datetime | None
    follows_id: int | None
    row_version: int

    @staticmethod
    def resolve_open_steps(case: Case) -> list[str]:
        return [step for step in case.open_steps.split(",") if step]


class EventOut(Schema):
    id: int
    number: int
    kind: str
    at: datetime.datetime
    user_id: int | None
    post: str
    step: str
    move: str
    verb: str
    reason: str
    fields: dict[str, Any]
    clock: dict[str, Any] | None
    asked_id: int | None
    unit_id: int | None


class FieldOut(Schema):
    """A field of a step as its pack declares it; `options` are the values of a choice with their words."""

    name: str
    kind: str
    zh: str
    en: str
    unit: str
    least: Decimal | None
    most: Decimal | None
    required: bool
    options: dict[str, str]


class StepOut(Schema):
    """An open step: the posts that do it, the fields it asks for, and what may be done."""

    step: str
    name: str
    posts: list[str]
    fields: dict[str, bool]
    asked: list[FieldOut]
    moves: dict[str, str]


def _asked(field: CaseField, required: bool) -> dict[str, Any]:
    kept = ("name", "kind", "zh", "en", "unit", "least", "most")
    options = {one.value: one.zh for one in field.options}
    return {**{name: getattr(field, name) for name in kept}, "required": required, "options": options}


class CaseDetail(CaseOut):
    """`undecided` are the decisions of the flow that gave nothing, each in a sentence with what it lacked."""

    events: list[EventOut]
    steps: list[StepOut]
    undecided: list[str]

    @staticmethod
    def resolve_events(case: Case) -> list[Any]:
        return list(case.events.order_by("number"))

    @staticmethod
    def resolve_undecided(case: Case) -> list[str]:
        return undecided(standing(case), timezone.localdate(), language())

    @staticmethod
    def resolve_steps(case: Case) -> list[dict[str, Any]]:
        now = standing(case)
        nodes = [now.engine.flow.by_id[step] for step in now.state.open]
        return [
            {
                "step": node.id,
                "name": node.name,
                "posts": list(node.roles),
                "fields": {need.name: need.required for need in node.fields},
                "asked": [_asked(now.engine.fields.field(need.name), need.required) for need in node.fields],
                "moves": {move.key: move.verb for move in moves(now.engine.flow, node.id, now.state.barred)},
            }
            for node in nodes
        ]


class CaseQuery(Limits):
    """`mine`: only what waits for the user."""

    state: str = "all"
    pack: str = ""
    class_code: str = ""
    step: str = ""
    unit: int | None = None
    q: str = ""
    mine: bool = False


class CaseIn(Schema):
    pack: str
    class_code: str = ""
    text: str
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    reporter: str = ""
    phone: str = ""


class GiveIn(Schema):
    row_version: int
    unit: int
    reason: str = ""


class MoveIn(Schema):
    row_version: int
    step: str
    move: str = "forward"
    reason: str = ""
    fields: dict[str, str] = Field(default_factory=dict)


class AskIn(Schema):
    """`kind` is extend, suspend or appeal-granted; `amount` is in the unit of the step's limit."""

    row_version: int
    step: str
    kind: str
    reason: str
    amount: float = 0
    until: datetime.datetime | None = None


class DecisionIn(Schema):
    row_version: int
    grant: bool
    reason: str = ""


def _actor(request: HttpRequest) -> Actor:
    require(context_of(request), "case.view")
    return actor_of(request)


def _seen(request: HttpRequest, pk: int) -> Case:
    return get_object_or_404(visible(_actor(request)).select_related("flow"), pk=pk)


def _done(request: HttpRequest, action: Action[Case]) -> Case:
    """The case as the action left it: who passes a confidential one on has done so, though they see it no more."""
    return Case.objects.select_related("flow").get(pk=perform(action, context_of(request)).pk)


@router.get("/cases", response=Page[CaseOut], summary="Cases that the user may see, what is due first")
def cases(request: HttpRequest, wanted: Query[CaseQuery]) -> Any:
    actor = _actor(request)
    return page_of(CASES.found(actor, as_address(wanted, class_code="class")), wanted)


@router.get("/cases/{int:pk}", response=CaseDetail, summary="A case with its history and its open steps")
def case(request: HttpRequest, pk: int) -> Case:
    return _seen(request, pk)


@router.post("/cases", response=CaseDetail, summary="Open a case")
def open_case(request: HttpRequest, given: CaseIn) -> Case:
    actor = _actor(request)
    may_open = any(actor.may(permission) for permission in PERMISSIONS)
    source = Case.Source.UNIT if may_open and not actor.may("case.edit") else Case.Source.API
    action = OpenCase(
        given.pack, given.class_code, given.text, given.address, given.lon, given.lat, (), given.reporter, given.phone,
        source,
    )  # fmt: skip
    return perform(action, context_of(request))


@router.post("/cases/{int:pk}/moves", response=CaseDetail, summary="Do a step of a case, or send it back")
def move_case(request: HttpRequest, pk: int, given: MoveIn) -> Case:
    _seen(request, pk)
    action = MoveCase(pk, given.row_version, given.step, given.move, given.reason, given.fields)
    return _done(request, action)


@router.post("/cases/{int:pk}/unit", response=CaseDetail, summary="Give a case to a unit")
def give_case(request: HttpRequest, pk: int, given: GiveIn) -> Case:
    _seen(request, pk)
    return _done(request, GiveCase(pk, given.row_version, given.unit, given.reason))


@router.post("/cases/{int:pk}/applications", response=CaseDetail, summary="Apply for time, a suspension, an appeal")
def ask_clock(request: HttpRequest, pk: int, given: AskIn) -> Case:
    _seen(request, pk)
    action = AskClock(pk, given.row_version, given.step, given.kind, given.reason, given.amount, given.until)
    return _done(request, action)


@router.post("/cases/{int:pk}/applications/{int:asked}", response=CaseDetail, summary="Decide an application")
def decide_clock(request: HttpRequest, pk: int, asked: int, given: DecisionIn) -> Case:
    _seen(request, pk)
    return _done(request, DecideClock(pk, given.row_version, asked, given.grant, given.reason))
