"""Supervision orders: the list, one order with its history, and its steps."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.official import official_document, table_book
from guatu.web.base.language import language
from guatu.web.dispatch.actions.close_order import CloseOrder
from guatu.web.dispatch.actions.reply_order import ReplyOrder
from guatu.web.dispatch.actions.return_order import ReturnOrder
from guatu.web.dispatch.actions.withdraw_order import WithdrawOrder
from guatu.web.dispatch.models import Order
from guatu.web.dispatch.selectors.order_document import order_document, order_tables
from guatu.web.dispatch.selectors.orders import (
    ORDERS,
    PENDING,
    WAITING,
    OrderPage,
    default_due,
    order_page,
)
from guatu.web.kit.downloads import DOCX, XLSX, attached
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, by_name, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import exported, page
from guatu.web.kit.values import iso


@page("order.view", "dispatch/order_list.html", ORDERS, "order_export")
def order_list(request: HttpRequest) -> dict[str, Any]:
    """Overdue orders first, then those that wait for somebody."""
    return {"may_edit": actor_of(request).may("order.edit")}


order_export = exported("order.view", ORDERS)


def _page(request: HttpRequest, pk: int) -> OrderPage:
    found = order_page(actor_of(request), pk)
    if found is None:
        raise Http404
    return found


@page("order.view", "dispatch/order_detail.html")
def order_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The order with the forms of the steps that the user may take now."""
    found = _page(request, pk)
    actor, order = actor_of(request), found.row.order
    edits = actor.may("order.edit", order.unit_id)
    solvable = order.problem is not None and order.problem.state == "open"
    return {
        "row": found.row,
        "order": order,
        "events": found.events,
        "why_late": found.row.late.sentence(language()),
        "may_reply": actor.may("order.reply", order.unit_id) and order.state in WAITING,
        "may_decide": edits and order.state == Order.State.REPLIED,
        "may_withdraw": edits and order.state in PENDING,
        "needless": [*(["waiver"] if found.proved else []), *([] if solvable else ["solve"])],
        "next_due": iso(max(order.due_on, default_due(actor.today))),
        "forms": by_name((REPLY, RETURN, CLOSE, WITHDRAW)),
    }


REPLY = Form(
    "reply",
    "order_reply",
    ReplyOrder,
    (
        Field("text", _("办理情况"), "area", required=True, attributes={"rows": 6}),
        Field("files", _("佐证材料"), "files", hint=_("照片、文件均可,可多选。没有佐证材料的,一般不能销号。")),
    ),
    button=_("提交反馈"),
    icon="send",
    said=_("反馈已提交,等待核验。"),
)
RETURN = Form(
    "return",
    "order_return",
    ReturnOrder,
    (
        Field("reason", _("退回原因"), "area", required=True, attributes={"rows": 3}),
        Field("due_on", _("新的反馈时限"), "date"),
    ),
    button=_("退回补充"),
    icon="arrow-back-up",
    css="btn-outline-danger",
    said=_("已退回,责任单位会收到通知。"),
)
CLOSE = Form(
    "close",
    "order_close",
    CloseOrder,
    (
        Field("text", _("核验意见"), "area", attributes={"rows": 3}),
        Field(
            "waiver",
            _("免交佐证的理由"),
            "area",
            hint=_("反馈没有附佐证材料。确实无需佐证的,写明理由后才能销号。"),
            attributes={"rows": 2},
        ),
        Field("solve", _("同时将问题标为已解决"), "tick"),
    ),
    button=_("通过并销号"),
    icon="check",
    said=_("已销号。"),
)
WITHDRAW = Form(
    "withdraw",
    "order_withdraw",
    WithdrawOrder,
    (
        Field(
            "reason",
            _("撤回原因"),
            "area",
            required=True,
            hint=_("编号和经过保留,单位不必再办理。"),
            attributes={"rows": 2},
        ),
    ),
    button=_("撤回"),
    icon="",
    css="btn-outline-danger",
    said=_("已撤回。"),
)
order_reply = posted(REPLY, "order.reply", order_detail, "order_detail")
order_return = posted(RETURN, "order.edit", order_detail, "order_detail")
order_close = posted(CLOSE, "order.edit", order_detail, "order_detail")
order_withdraw = posted(WITHDRAW, "order.edit", order_detail, "order_detail")


@needs("order.view")
def order_docx(request: HttpRequest, pk: int) -> HttpResponse:
    order = _page(request, pk).row.order
    return attached(official_document(order_document(order)), f"{order.number}.docx", DOCX)


@needs("order.view")
def order_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    row = _page(request, pk).row
    data = table_book(row.order.number, order_tables(row.order, row.unit))
    return attached(data, f"{row.order.number}.xlsx", XLSX)
