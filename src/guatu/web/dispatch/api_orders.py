"""Supervision orders for programs: the list, one with its history, and every step of its way."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from ninja import File, Form, Query, Schema, Status
from ninja.files import UploadedFile

from guatu.web.base.actions import Action, perform
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import is_provisional
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.reply_order import ReplyOrder
from guatu.web.dispatch.actions.return_order import ReturnOrder
from guatu.web.dispatch.actions.withdraw_order import WithdrawOrder
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.orders import ORDERS, OrderRow, order_page
from guatu.web.dispatch.views import orders as pages
from guatu.web.kit.paging import Input, Limits, Page, VersionIn, asking, listed

router = ScopedRouter(write="orders", tags=["supervision"])


class OrderOut(Schema):
    """`overdue` counts the working days by which a reply that has not come is late. `due_provisional`: the holidays of
    the year of the due day are not announced yet."""

    id: int
    number: str
    plan_id: int
    task_id: int | None
    unit_id: int
    unit: str
    light_id: int | None
    problem_id: int | None
    subject: str
    text: str
    issued_on: datetime.date
    due_on: datetime.date
    due_provisional: bool
    replied_on: datetime.date | None
    overdue: int
    state: str
    row_version: int


class OrderFile(Schema):
    file_id: int
    name: str
    size: int
    sha256: str


class OrderEventOut(Schema):
    at: datetime.datetime
    verb: str
    by: str
    text: str
    due_on: datetime.date | None
    waiver: str
    files: list[OrderFile]


class OrderDetail(OrderOut):
    """`proved` says whether a reply came with a file: without one an order is closed only with a waiver."""

    proved: bool
    events: list[OrderEventOut]


class OrderQuery(Limits):
    plan: int | None = None
    task: int | None = None
    unit: int | None = None
    state: str = ""
    overdue: bool = False
    q: str = ""


class OrderIn(Input):
    """`unit` is asked to do it; `plan` is needed where no `task` is named. `despite` issues a second open order."""

    unit: int
    subject: str
    text: str
    plan: int | None = None
    task: int | None = None
    light: int | None = None
    problem: int | None = None
    due_on: datetime.date | None = None
    despite: bool = False


class ReplyIn(VersionIn):
    text: str


class ReturnIn(VersionIn):
    reason: str
    due_on: datetime.date | None = None


class CloseIn(VersionIn):
    """`solve` closes the problem as well that the order was issued for."""

    text: str = ""
    waiver: str = ""
    solve: bool = False


class WithdrawIn(VersionIn):
    reason: str


@router.get("/orders", response=Page[OrderOut], summary="Orders that the user may see, longest overdue first")
def orders(request: HttpRequest, wanted: Query[OrderQuery]) -> dict[str, Any]:
    actor = asking(request, "order.view")
    page = listed(ORDERS, actor, wanted)
    return {**page, "rows": [_row(row) for row in page["rows"]]}


@router.get("/orders/{int:pk}", response=OrderDetail, summary="An order with its history, the newest step last")
def order(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _detail(asking(request, "order.view"), pk)


@router.post("/orders", response={201: OrderDetail}, summary="Issue an order to a unit")
def issue(request: HttpRequest, given: OrderIn) -> Status[dict[str, Any]]:
    asking(request, "order.edit")
    made = perform(IssueOrder(**given.dict()), context_of(request))
    return Status(201, _detail(asking(request, "order.view"), made.pk))


@router.post("/orders/{int:pk}/reply", response=OrderDetail, summary="Reply to an order, with files that prove it")
def reply(
    request: HttpRequest, pk: int, given: Form[ReplyIn], files: File[list[UploadedFile] | None] = None
) -> dict[str, Any]:
    return _step(request, pk, ReplyOrder(pk, given.row_version, given.text, tuple(files or ())))


@router.post("/orders/{int:pk}/return", response=OrderDetail, summary="Send a reply back, with what is missing")
def send_back(request: HttpRequest, pk: int, given: ReturnIn) -> dict[str, Any]:
    return _step(request, pk, ReturnOrder(pk, given.row_version, given.reason, given.due_on))


@router.post("/orders/{int:pk}/close", response=OrderDetail, summary="Accept the reply and close the order")
def close(request: HttpRequest, pk: int, given: CloseIn) -> dict[str, Any]:
    return _step(request, pk, CloseOrder(pk, given.row_version, given.text, given.waiver, given.solve))


@router.post("/orders/{int:pk}/withdraw", response=OrderDetail, summary="Withdraw an order; its number stays")
def withdraw(request: HttpRequest, pk: int, given: WithdrawIn) -> dict[str, Any]:
    return _step(request, pk, WithdrawOrder(pk, given.row_version, given.reason))


@router.get("/orders/{int:pk}/order.docx", summary="An order as a document")
def docx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return pages.order_docx(request, pk)


@router.get("/orders/{int:pk}/order.xlsx", summary="An order as a workbook")
def xlsx(request: HttpRequest, pk: int) -> HttpResponseBase:
    return pages.order_xlsx(request, pk)


def _step(request: HttpRequest, pk: int, action: Action[Order]) -> dict[str, Any]:
    """Takes a step of an order that the user may see; of others they learn nothing."""
    actor = asking(request, "order.view")
    _detail(actor, pk)
    perform(action, context_of(request))
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    page = order_page(actor, pk)
    if page is None:
        raise Http404
    return {**_row(page.row), "proved": page.proved, "events": [_event(one) for one in page.events]}


def _row(row: OrderRow) -> dict[str, Any]:
    names = (*OrderOut.model_fields.keys() - {"unit", "replied_on", "overdue", "due_provisional"},)
    shown = {name: getattr(row.order, name) for name in names}
    due = is_provisional(row.order.due_on)
    return {
        **shown, "unit": row.unit, "replied_on": row.replied_on, "overdue": row.overdue, "due_provisional": due,
    }  # fmt: skip


def _event(event: OrderEvent) -> dict[str, Any]:
    files = [{"file_id": f.pk, "name": f.name, "size": f.size, "sha256": f.sha256} for f in event.files.all()]
    said = {"at": event.at, "verb": event.verb, "text": event.text, "due_on": event.due_on, "waiver": event.waiver}
    return {**said, "by": str(event.user) if event.user else "", "files": files}
