"""Appeals against lights: those of the actor's units, or all for who decides; what is overdue stands first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Appeal
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Empty, States, Table, Wanted, moment, number, text
from guatu.web.ledger.selectors.names import unit_labels


def answer_due(on: datetime.date) -> datetime.date:
    """The day by which an appeal made on a day is to be answered (setting `supervision.appeal-days`)."""
    return calendar(on).shift(on, setting("supervision.appeal-days", on))


def overdue_appeals(on: datetime.date) -> QuerySet[Appeal]:
    return Appeal.objects.filter(state=Appeal.State.OPEN, due_on__lt=on)


@dataclass(frozen=True)
class AppealRow:
    appeal: Appeal
    unit: str
    late: int = 0
    """Working days by which an answer is overdue."""

    @property
    def form(self) -> str:
        return f"decide-{self.appeal.pk}"


def _visible(actor: Actor, wanted: Wanted) -> QuerySet[Appeal]:
    appeals = Appeal.objects.select_related(
        "light__task__plan", "light__period", "light__target", "made_by", "decided_by"
    )
    units = None if actor.may("appeal.decide") else actor.units_for("appeal.make")
    appeals = appeals.annotate(rank=Case(When(state=Appeal.State.OPEN, then=Value(0)), default=Value(1)))
    return appeals if units is None else appeals.filter(light__unit__in=units)


def _lines(appeals: Sequence[Appeal], actor: Actor, wanted: Wanted) -> list[AppealRow]:
    labels = unit_labels({one.light.unit_id for one in appeals}, actor.today)
    return [AppealRow(one, labels.get(one.light.unit_id, ""), _late(one, actor.today)) for one in appeals]


def _late(appeal: Appeal, on: datetime.date) -> int:
    return max(calendar(on).between(appeal.due_on, on), 0) if appeal.state == Appeal.State.OPEN else 0


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    """Who decides is shown first what waits."""
    every = ("all", _("全部"), Q())
    states = [(value, label, Q(state=value)) for value, label in Appeal.State.choices]
    late = ("overdue", _("逾期未答复"), Q(state=Appeal.State.OPEN, due_on__lt=actor.today))
    return [*states, late, every] if actor.may("appeal.decide") else [every, *states]


APPEALS = Table[Appeal, AppealRow](
    title=_("申诉"),
    rows=_visible,
    lines=_lines,
    # What waits comes first, of that what is due soonest or overdue longest.
    order=Order((By("rank", field=IntegerField()), By("due_on"), By("id", down=True))),
    filters=(States("state", _("申诉情况"), groups=_groups),),
    # For the file and for programs: the page shows each on a card.
    columns=(
        text("state", _("申诉情况"), lambda row: row.appeal.get_state_display()),
        text("unit", _("单位"), lambda row: row.unit, width=18),
        text("period", _("期次"), lambda row: row.appeal.light.period.key),
        text("task", _("任务"), lambda row: row.appeal.light.task.title, width=30),
        text("metric", _("指标"), lambda row: row.appeal.light.target.metric if row.appeal.light.target else ""),
        text("then", _("当时的灯"), lambda row: row.appeal.then.get("colour", "")),
        text("colour", _("现在的灯"), lambda row: row.appeal.light.colour),
        text("reason", _("申诉理由"), lambda row: row.appeal.reason, width=40),
        text("made_by", _("提出人"), lambda row: str(row.appeal.made_by or "")),
        moment("made_at", _("提出时间"), lambda row: row.appeal.made_at),
        text("decision", _("答复"), lambda row: row.appeal.decision, width=40),
        text("decided_by", _("答复人"), lambda row: str(row.appeal.decided_by or "")),
        moment("decided_at", _("答复时间"), lambda row: row.appeal.decided_at),
        number("row_version", _("版本"), lambda row: row.appeal.row_version),
    ),
    empty=Empty(
        _("没有申诉。"),
        lambda actor: (
            _("单位对亮灯有异议时,申诉会出现在这里。")
            if actor.may("appeal.decide")
            else _("对某个灯有异议时,点开那个灯提出申诉。")
        ),
    ),
    size=100,
)
