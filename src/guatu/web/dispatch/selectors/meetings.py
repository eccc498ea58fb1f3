"""Meetings of dispatch as far as an actor may see them, and what became of their decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Decision, Meeting, Order
from guatu.web.dispatch.selectors.list_filters import plan_filter, state_mark
from guatu.web.dispatch.selectors.orders import OrderRow, order_rows
from guatu.web.kit.keyset import By
from guatu.web.kit.keyset import Order as ByOrder
from guatu.web.kit.table import Column, Empty, Table, day, due, number
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class DecisionRow:
    """`order` is there once the minutes are issued."""

    one: Decision
    unit: str
    order: OrderRow | None


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """All for who writes minutes; else issued ones, for a unit those that decided something for it."""
    if actor.may("meeting.edit"):
        return Meeting.objects.all()
    if not actor.may("order.view"):
        return Meeting.objects.none()
    issued, units = Meeting.objects.filter(state=Meeting.State.ISSUED), actor.units_for("order.view")
    if units is None:
        return issued
    return issued.filter(pk__in=Decision.objects.filter(unit__in=units).values("meeting"))


def visible_meeting(actor: Actor, pk: int) -> Meeting:
    return get_object_or_404(visible_meetings(actor).select_related("plan", "period__rule", "issued_by"), pk=pk)


def decision_rows(decisions: Sequence[Decision], actor: Actor) -> list[DecisionRow]:
    names = unit_labels((one.unit_id for one in decisions), actor.today)
    orders = {row.order.pk: row for row in order_rows([one.order for one in decisions if one.order], actor.today)}
    return [DecisionRow(one, names.get(one.unit_id, ""), orders.get(one.order_id or 0)) for one in decisions]


def decisions_of(meeting: Meeting, actor: Actor) -> list[DecisionRow]:
    return decision_rows(list(meeting.decisions.select_related("order", "task")), actor)


MEETINGS = Table[Meeting, Meeting](
    title=_("调度会议"),
    rows=lambda actor, wanted: (
        visible_meetings(actor)
        .select_related("plan", "period")
        .annotate(
            decided=Count("decisions"),
            done=Count("decisions", filter=Q(decisions__order__state=Order.State.CLOSED)),
        )
    ),
    order=ByOrder((By("held_on", down=True), By("id", down=True))),
    filters=(plan_filter(visible_meetings),),
    columns=(
        Column(
            "title",
            _("会议名称"),
            lambda one: one.title,
            link=lambda one: reverse("meeting_detail", args=[one.pk]),
            head=True,
            css="cell-title",
            width=40,
        ),
        day("held", _("会议日期"), lambda one: one.held_on, sort="held_on"),
        Column("period", _("期次"), lambda one: one.period.key),
        Column("plan", _("方案"), lambda one: one.plan.title, on_page=False, width=30),
        number("decided", _("议定事项"), lambda one: getattr(one, "decided", 0)),
        number("done", _("已销号"), lambda one: getattr(one, "done", 0)),
        Column("state", _("状态"), lambda one: one.get_state_display(), shown=state_mark),
    ),
    empty=Empty(
        _("还没有会议纪要。"),
        lambda actor: (
            _("在上面选择期次和日期,生成议程。") if actor.may("meeting.edit") else _("纪要印发后会出现在这里。")
        ),
    ),
)

FOLLOWED: tuple[Column[DecisionRow], ...] = (
    Column("text", _("议定事项"), lambda row: row.one.text, css="told cell-title", head=True, width=50),
    Column("unit", _("责任单位"), lambda row: row.unit, width=18),
    due("due", _("完成时限"), lambda row: row.order.order.due_on if row.order else row.one.due_on),
    Column(
        "order",
        _("督办单"),
        lambda row: row.order.order.number if row.order else "",
        link=lambda row: reverse("order_detail", args=[row.order.order.pk]) if row.order else "",
        css="text-nowrap",
    ),
    day("replied", _("最近反馈"), lambda row: row.order.replied_on if row.order else None),
    number("late", _("逾期工作日"), lambda row: row.order.overdue if row.order else 0),
    Column(
        "state",
        _("状态"),
        lambda row: row.order.order.get_state_display() if row.order else "",
        shown=lambda row: state_mark(row.order.order) if row.order else "",
    ),
)
