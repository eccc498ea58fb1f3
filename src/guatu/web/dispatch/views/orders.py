"""Supervision orders: the list, one order with its history, and its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.adapters.writers.official import official_document, table_book
from guatu.web.base.actions import Action, perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.reply_order import ReplyOrder
from guatu.web.dispatch.actions.return_order import ReturnOrder
from guatu.web.dispatch.actions.withdraw_order import WithdrawOrder
from guatu.web.dispatch.models import Order
from guatu.web.dispatch.selectors.checks import language
from guatu.web.dispatch.selectors.order_document import order_document, order_tables
from guatu.web.dispatch.selectors.orders import (
    PENDING,
    WAITING,
    OrderFilter,
    OrderPage,
    default_due,
    order_page,
    plans_with_orders,
    units_with_orders,
)
from guatu.web.dispatch.selectors.orders import (
    order_list as listed,
)
from guatu.web.dispatch.views.supervision import (
    DOCX,
    XLSX,
    Typed,
    actor_of,
    attached,
    files_of,
    iso,
    kind_of,
    typed,
)
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole


def filter_of(data: Mapping[str, Any]) -> OrderFilter:
    """What an address asks for."""
    state = text_of(data, "state")
    return OrderFilter(
        text=text_of(data, "q")[:100],
        unit=id_or_none(data, "unit"),
        plan=id_or_none(data, "plan"),
        task=id_or_none(data, "task"),
        state=state if state in Order.State.values else "",
        overdue=text_of(data, "overdue") == "1",
    )


@needs("order.view")
def order_list(request: HttpRequest) -> HttpResponse:
    """Overdue orders first, then those that wait for somebody."""
    actor, wanted = actor_of(request), filter_of(request.GET)
    found = listed(actor, wanted)
    context = {
        "rows": found.rows,
        "wanted": wanted,
        "counts": [(value, label, found.counts.get(value, 0)) for value, label in Order.State.choices],
        "overdue": found.overdue,
        "plans": plans_with_orders(actor),
        "units": units_with_orders(actor),
        "may_edit": actor.may("order.edit"),
        "here": "orders",
    }
    return render(request, "dispatch/order_list.html", context)


@needs("order.view")
def order_export(request: HttpRequest) -> HttpResponse:
    """What the list shows."""
    actor = actor_of(request)
    columns = [
        export.Column(_("编号"), 20),
        export.Column(_("单位"), 18),
        export.Column(_("督办事项"), 36),
        export.Column(_("方案"), 28),
        export.Column(_("任务"), 30),
        export.Column(_("下达日期"), 12),
        export.Column(_("反馈时限"), 12),
        export.Column(_("最近反馈"), 12),
        export.Column(_("逾期工作日"), 10),
        export.Column(_("状态"), 10),
    ]
    rows = (
        [
            row.order.number,
            row.unit,
            row.order.subject,
            row.order.plan.title,
            row.order.task.title if row.order.task else "",
            row.order.issued_on,
            row.order.due_on,
            row.replied_on,
            row.overdue,
            row.order.get_state_display(),
        ]
        for row in listed(actor, filter_of(request.GET)).rows
    )
    return export.download(_("督办单"), columns, rows, kind_of(request), actor.today)


@needs("order.view")
def order_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _detail(request, _page(request, pk))


def _page(request: HttpRequest, pk: int) -> OrderPage:
    found = order_page(actor_of(request), pk)
    if found is None:
        raise Http404
    return found


def _detail(request: HttpRequest, found: OrderPage, form: Typed | None = None) -> HttpResponse:
    """The order with the forms of the steps that the user may take now."""
    actor, order, given = actor_of(request), found.row.order, form or Typed()
    edits = actor.may("order.edit", order.unit_id)
    context = {
        "row": found.row,
        "order": order,
        "events": found.events,
        "proved": found.proved,
        "why_late": found.row.late.sentence(language()),
        "may_reply": actor.may("order.reply", order.unit_id) and order.state in WAITING,
        "may_decide": edits and order.state == Order.State.REPLIED,
        "may_withdraw": edits and order.state in PENDING,
        "next_due": iso(max(order.due_on, default_due(actor.today))),
        "here": "orders",
        **given.shown(),
    }
    return render(request, "dispatch/order_detail.html", context, status=given.status)


def _step(request: HttpRequest, pk: int, form: str, action: Action[Order], done: str) -> HttpResponse:
    """Takes a step of an order; where it cannot be taken, the page with what was typed."""
    try:
        perform(action, context_of(request))
    except Problem as problem:
        found = order_page(actor_of(request), pk)
        if found is None:
            raise
        return _detail(request, found, typed(request, form, problem))
    messages.success(request, done)
    return redirect("order_detail", pk)


@needs("order.reply")
@require_POST
def order_reply(request: HttpRequest, pk: int) -> HttpResponse:
    _page(request, pk)
    action = ReplyOrder(pk, whole(request.POST, "seen"), text_of(request.POST, "text"), files_of(request))
    return _step(request, pk, "reply", action, _("反馈已提交,等待核验。"))


@needs("order.edit")
@require_POST
def order_return(request: HttpRequest, pk: int) -> HttpResponse:
    found = _page(request, pk)
    try:
        due = day_of(request.POST, "due_on")
    except Problem as problem:
        return _detail(request, found, typed(request, "return", problem))
    action = ReturnOrder(pk, whole(request.POST, "seen"), text_of(request.POST, "reason"), due)
    return _step(request, pk, "return", action, _("已退回,责任单位会收到通知。"))


@needs("order.edit")
@require_POST
def order_close(request: HttpRequest, pk: int) -> HttpResponse:
    _page(request, pk)
    given = request.POST
    solves = text_of(given, "solve") == "1"
    action = CloseOrder(pk, whole(given, "seen"), text_of(given, "text"), text_of(given, "waiver"), solves)
    return _step(request, pk, "close", action, _("已销号。"))


@needs("order.edit")
@require_POST
def order_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    _page(request, pk)
    action = WithdrawOrder(pk, whole(request.POST, "seen"), text_of(request.POST, "reason"))
    return _step(request, pk, "withdraw", action, _("已撤回。"))


@needs("order.view")
def order_docx(request: HttpRequest, pk: int) -> HttpResponse:
    order = _page(request, pk).row.order
    return attached(official_document(order_document(order)), f"{order.number}.docx", DOCX)


@needs("order.view")
def order_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    row = _page(request, pk).row
    data = table_book(row.order.number, order_tables(row.order, row.unit))
    return attached(data, f"{row.order.number}.xlsx", XLSX)
