"""Supervision orders, as far as an actor may see them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.facts import days_since
from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.evidence import ask_of
from guatu.web.dispatch.selectors.list_filters import plan_filter, state_mark, unit_filter
from guatu.web.kit.keyset import By
from guatu.web.kit.keyset import Order as ByOrder
from guatu.web.kit.table import Column, Empty, Flag, Pick, Search, States, Table, Wanted, day, due, number
from guatu.web.ledger.selectors.names import unit_labels

PENDING = (Order.State.ISSUED, Order.State.REPLIED, Order.State.RETURNED)
WAITING = (Order.State.ISSUED, Order.State.RETURNED)
"""States in which the unit owes a reply."""


def default_due(on: datetime.date) -> datetime.date:
    """The day by which an order is to be answered: so many working days on (setting `supervision.reply-days`)."""
    return calendar(on).shift(on, setting("supervision.reply-days", on))


@dataclass(frozen=True)
class OrderRow:
    """An order in the list. `late` counts working days from the due day to the reply, or to today while there
    is none."""

    order: Order
    unit: str
    replied_on: datetime.date | None
    late: Explained[int]

    @property
    def waits(self) -> bool:
        return self.order.state in WAITING

    @property
    def overdue(self) -> int:
        """Working days by which a reply that has not come is late."""
        return self.late.value if self.waits else 0


def visible_orders(actor: Actor) -> QuerySet[Order]:
    if not actor.may("order.view"):
        return Order.objects.none()
    units = actor.units_for("order.view")
    return Order.objects.all() if units is None else Order.objects.filter(unit__in=units)


def order_rows(orders: Sequence[Order], on: datetime.date) -> list[OrderRow]:
    names, working = unit_labels((order.unit_id for order in orders), on), calendar(on)
    replies = last_replies(order.pk for order in orders)
    return [
        OrderRow(order, names.get(order.unit_id, ""), replies.get(order.pk), _late(order, replies, on, working))
        for order in orders
    ]


def last_replies(orders: Iterable[int]) -> dict[int, datetime.date]:
    """The day of the last reply to each order that has one."""
    events = OrderEvent.objects.filter(order__in=list(orders), verb=OrderEvent.Verb.REPLIED).order_by("id")
    return {order: timezone.localtime(at).date() for order, at in events.values_list("order_id", "at")}


def _late(
    order: Order, replies: dict[int, datetime.date], on: datetime.date, working: WorkingCalendar
) -> Explained[int]:
    if order.state == Order.State.WITHDRAWN:
        return days_since(None, on, working)
    until = on if order.state in WAITING else replies.get(order.pk, on)
    return days_since(order.due_on, until, working)


@dataclass(frozen=True)
class OrderPage:
    """One order with its history, newest last."""

    row: OrderRow
    events: list[OrderEvent]
    proved: bool


_OF_A_PAGE = ("plan", "task", "light", "problem", "instruction__by", "decision__meeting")


def order_page(actor: Actor, pk: int) -> OrderPage | None:
    """The order; None where there is none that the actor may see."""
    order = visible_orders(actor).select_related(*_OF_A_PAGE).filter(pk=pk).first()
    if order is None:
        return None
    events = list(order.events.select_related("user").prefetch_related("files"))
    ask_of((file for event in events for file in event.files.all()), actor, order=pk)
    proved = any(event.verb == OrderEvent.Verb.REPLIED and event.files.all() for event in events)
    return OrderPage(order_rows([order], actor.today)[0], events, proved)


OVERDUE = Q(rank=0)


def _by_urgency(actor: Actor, wanted: Wanted) -> QuerySet[Order]:
    """`rank` puts those first that are overdue, then those that wait for the office, then those for a unit."""
    # A reply is late as soon as one working day has passed since it was due.
    late = Q(state__in=WAITING, due_on__lt=calendar(actor.today).on_or_before(actor.today))
    whens = [When(late, then=Value(0)), When(state=Order.State.REPLIED, then=Value(1))]
    rank = Case(*whens, When(state__in=WAITING, then=Value(2)), default=Value(3))
    until = Case(When(state__in=PENDING, then="due_on"))
    return visible_orders(actor).select_related("plan", "task").annotate(rank=rank, until=until)


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    states = [(value, label, Q(state=value)) for value, label in Order.State.choices]
    return [("", _("全部"), Q()), ("overdue", _("逾期未反馈"), OVERDUE), *states]


def _late_link(row: OrderRow) -> SafeString | str:
    address = reverse("order_detail", args=[row.order.pk])
    return format_html('<a class="text-late" href="{}#late">{}</a>', address, row.overdue) if row.overdue else ""


def _task_address(row: OrderRow) -> str:
    return reverse("task_detail", args=[row.order.task_id]) if row.order.task_id else ""


ORDERS = Table[Order, OrderRow](
    title=_("督办单"),
    rows=_by_urgency,
    lines=lambda orders, actor, wanted: order_rows(orders, actor.today),
    order=ByOrder(
        (By("rank", field=IntegerField()), By("until", may_be_empty=True, field=DateField()), By("id", down=True))
    ),
    filters=(
        States("state", _("按状态"), groups=_groups),
        Search("q", _("编号或事项"), wide=True, fields=("number", "subject")),
        unit_filter(visible_orders),
        plan_filter(visible_orders),
        Pick("task", field="task", hidden=True),
        Flag("overdue", hidden=True, which=lambda actor: OVERDUE),
    ),
    columns=(
        Column(
            "number",
            _("编号"),
            lambda row: row.order.number,
            link=lambda row: reverse("order_detail", args=[row.order.pk]),
            css="text-nowrap",
            head=True,
            width=20,
        ),
        Column("unit", _("单位"), lambda row: row.unit, width=18),
        Column("subject", _("督办事项"), lambda row: row.order.subject, css="cell-title", width=36),
        Column("plan", _("方案"), lambda row: row.order.plan.title, on_page=False, width=28),
        Column(
            "task",
            _("任务"),
            lambda row: row.order.task.title if row.order.task else "",
            link=_task_address,
            shown=lambda row: (row.order.task or row.order.plan).title,
            width=30,
        ),
        day("issued", _("下达日期"), lambda row: row.order.issued_on, on_page=False),
        due("due", _("反馈时限"), lambda row: row.order.due_on, sort="due_on"),
        day("replied", _("最近反馈"), lambda row: row.replied_on, on_page=False),
        number("overdue", _("逾期工作日"), lambda row: row.overdue, shown=_late_link),
        Column("state", _("状态"), lambda row: row.order.get_state_display(), shown=lambda row: state_mark(row.order)),
    ),
    empty=Empty(
        _("没有符合条件的督办单。"),
        lambda actor: (
            _("可从红灯、问题清单或“建议措施”下达,也可以直接下达。")
            if actor.may("order.edit")
            else _("督查部门下达给您单位的督办单会出现在这里。")
        ),
    ),
)
