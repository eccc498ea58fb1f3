"""What leaders wrote and were asked, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Instruction
from guatu.web.dispatch.selectors.list_filters import plan_filter, state_mark
from guatu.web.dispatch.selectors.orders import PENDING, OrderRow, order_rows
from guatu.web.kit.table import Column, Empty, Search, States, Table, Wanted, day, moment
from guatu.web.ledger.selectors.names import unit_labels

ASKED = Q(text="")
TRACKED = Q(order__state__in=PENDING)


@dataclass(frozen=True)
class InstructionRow:
    one: Instruction
    unit: str
    order: OrderRow | None

    @property
    def about(self) -> str:
        return f"{self.one.task.number} {self.one.task.title}".strip() if self.one.task else self.one.plan.title


def visible_instructions(actor: Actor) -> QuerySet[Instruction]:
    """All for who sees all orders; for a unit what it has to do, and what its people asked."""
    if not actor.may("order.view"):
        return Instruction.objects.none()
    units = actor.units_for("order.view")
    rows = Instruction.objects.all()
    if units is None:
        return rows
    return rows.filter(Q(order__unit__in=units) | Q(asked_by=actor.user, asked_by__isnull=False))


def instruction_rows(rows: Sequence[Instruction], actor: Actor) -> list[InstructionRow]:
    names = unit_labels((one.unit_id for one in rows if one.unit_id), actor.today)
    orders = {row.order.pk: row for row in order_rows([one.order for one in rows if one.order], actor.today)}
    return [InstructionRow(one, names.get(one.unit_id or 0, ""), orders.get(one.order_id or 0)) for one in rows]


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Instruction]:
    return visible_instructions(actor).select_related("plan", "task", "order", "by", "asked_by")


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    closed = ~ASKED & ~TRACKED
    return [
        ("", _("全部"), Q()),
        ("asked", _("待批示"), ASKED),
        ("open", _("办理中"), TRACKED),
        ("done", _("已办结"), closed),
    ]


def _words(row: InstructionRow) -> str:
    return row.one.text or row.one.question


def _address(row: InstructionRow) -> str:
    if row.one.order_id:
        return reverse("order_detail", args=[row.one.order_id])
    return "" if row.one.text else f"{reverse('instruction_new')}?question={row.one.pk}"


def _state(row: InstructionRow) -> SafeString | str:
    if row.order:
        return state_mark(row.order.order)
    return str(_("已答复") if row.one.text else _("待批示"))


INSTRUCTIONS = Table[Instruction, InstructionRow](
    title=_("批示"),
    rows=_rows,
    lines=lambda rows, actor, wanted: instruction_rows(rows, actor),
    filters=(
        States("state", _("办理情况"), groups=_groups),
        Search("q", _("批示中的字"), wide=True, fields=("text", "question")),
        plan_filter(visible_instructions),
    ),
    columns=(
        Column("text", _("批示"), _words, link=_address, css="told cell-title", head=True, width=50),
        Column("question", _("请示"), lambda row: row.one.question if row.one.text else "", css="told", width=40),
        Column("asked-by", _("请示人"), lambda row: row.one.asked_by or "", on_page=False),
        Column("by", _("批示人"), lambda row: row.one.by or ""),
        moment("at", _("时间"), lambda row: row.one.at or row.one.asked_at),
        Column("about", _("事项"), lambda row: row.about, css="cell-title", width=30),
        Column("unit", _("落实单位"), lambda row: row.unit, width=18),
        Column("number", _("督办单"), lambda row: row.one.order.number if row.one.order else "", css="text-nowrap"),
        day("due", _("时限"), lambda row: row.one.order.due_on if row.one.order else None),
        day("replied", _("最近反馈"), lambda row: row.order.replied_on if row.order else None),
        Column(
            "state", _("状态"), lambda row: row.one.order.get_state_display() if row.one.order else "", shown=_state
        ),
    ),
    empty=Empty(
        _("没有批示。"),
        lambda actor: (
            _("在任务、填报或通报的页面上写批示,就成为有单位、有时限、要销号的督办单。")
            if actor.may("instruction.write")
            else _("领导的批示和办理情况会出现在这里。")
        ),
    ),
)
