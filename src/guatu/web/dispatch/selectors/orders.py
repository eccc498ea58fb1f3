"""Supervision orders, as far as an actor may see them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.facts import days_since
from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Order, OrderEvent
from guatu.web.dispatch.selectors.core_rows import calendar
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels

PENDING = (Order.State.ISSUED, Order.State.REPLIED, Order.State.RETURNED)
WAITING = (Order.State.ISSUED, Order.State.RETURNED)
"""States in which the unit owes a reply."""
REPLY_DAYS = 5


def default_due(on: datetime.date) -> datetime.date:
    """The day by which an order is to be answered: so many working days on (setting `supervision.reply-days`)."""
    return calendar(on).shift(on, int(setting("supervision.reply-days", REPLY_DAYS, on)))


@dataclass(frozen=True)
class OrderFilter:
    """What to show; empty values show all."""

    text: str = ""
    unit: int | None = None
    plan: int | None = None
    task: int | None = None
    state: str = ""
    overdue: bool = False


@dataclass(frozen=True)
class OrderRow:
    """An order in the list. `late` counts working days from the due day to the reply, or to today while there is none."""

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


@dataclass
class OrderList:
    rows: list[OrderRow]
    counts: dict[str, int] = field(default_factory=dict)
    overdue: int = 0


def visible_orders(actor: Actor) -> QuerySet[Order]:
    if not actor.may("order.view"):
        return Order.objects.none()
    units = actor.units_for("order.view")
    return Order.objects.all() if units is None else Order.objects.filter(unit__in=units)


def order_list(actor: Actor, wanted: OrderFilter) -> OrderList:
    """Orders, those longest overdue first, then those that wait for somebody, then the rest, newest first."""
    orders = list(_filtered(visible_orders(actor), wanted).select_related("plan", "task").order_by("-id"))
    rows = order_rows(orders, actor.today)
    counts = Counter(row.order.state for row in rows)
    overdue = sum(row.overdue > 0 for row in rows)
    if wanted.overdue:
        rows = [row for row in rows if row.overdue > 0]
    rows.sort(key=_urgency)
    return OrderList(rows, dict(counts), overdue)


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


def _filtered(orders: QuerySet[Order], wanted: OrderFilter) -> QuerySet[Order]:
    if wanted.text:
        orders = orders.filter(Q(number__icontains=wanted.text) | Q(subject__icontains=wanted.text))
    for name in ("unit", "plan", "task"):
        value = getattr(wanted, name)
        if value is not None:
            orders = orders.filter(**{name: value})
    return orders.filter(state=wanted.state) if wanted.state else orders


def _late(
    order: Order, replies: dict[int, datetime.date], on: datetime.date, working: WorkingCalendar
) -> Explained[int]:
    if order.state == Order.State.WITHDRAWN:
        return days_since(None, on, working)
    until = on if order.state in WAITING else replies.get(order.pk, on)
    return days_since(order.due_on, until, working)


def _urgency(row: OrderRow) -> tuple[Any, ...]:
    rank = {Order.State.REPLIED: 1, Order.State.ISSUED: 2, Order.State.RETURNED: 2}
    if row.overdue:
        return (0, -row.overdue, row.order.pk)
    place = rank.get(Order.State(row.order.state), 3)
    return (place, row.order.due_on.toordinal() if place < 3 else 0, -row.order.pk)


@dataclass(frozen=True)
class OrderPage:
    """One order with its history, newest last."""

    row: OrderRow
    events: list[OrderEvent]
    proved: bool


def order_page(actor: Actor, pk: int) -> OrderPage | None:
    """The order; None where there is none that the actor may see."""
    order = visible_orders(actor).select_related("plan", "task", "light", "problem").filter(pk=pk).first()
    if order is None:
        return None
    events = list(order.events.select_related("user").prefetch_related("files"))
    proved = any(event.verb == OrderEvent.Verb.REPLIED and event.files.all() for event in events)
    return OrderPage(order_rows([order], actor.today)[0], events, proved)


def plans_with_orders(actor: Actor) -> list[tuple[int, str]]:
    plans = Plan.objects.filter(pk__in=visible_orders(actor).values("plan"))
    return list(plans.order_by("title").values_list("pk", "title"))


def units_with_orders(actor: Actor) -> list[tuple[int, str]]:
    units = visible_orders(actor).order_by().values_list("unit", flat=True).distinct()
    return sorted(unit_labels(units, actor.today).items(), key=lambda pair: pair[1])
