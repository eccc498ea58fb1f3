"""Appeals against lights: those of the actor's units, or all for who decides; the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Appeal
from guatu.web.kit.table import Empty, States, Table, Wanted, moment, number, text
from guatu.web.ledger.selectors.names import unit_labels


@dataclass(frozen=True)
class AppealRow:
    appeal: Appeal
    unit: str

    @property
    def form(self) -> str:
        return f"decide-{self.appeal.pk}"


def _visible(actor: Actor, wanted: Wanted) -> QuerySet[Appeal]:
    appeals = Appeal.objects.select_related(
        "light__task__plan", "light__period", "light__target", "made_by", "decided_by"
    )
    units = None if actor.may("appeal.decide") else actor.units_for("appeal.make")
    return appeals if units is None else appeals.filter(light__unit__in=units)


def _lines(appeals: Sequence[Appeal], actor: Actor, wanted: Wanted) -> list[AppealRow]:
    labels = unit_labels({one.light.unit_id for one in appeals}, actor.today)
    return [AppealRow(one, labels.get(one.light.unit_id, "")) for one in appeals]


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    """Who decides is shown first what waits."""
    every = ("all", _("全部"), Q())
    states = [(value, label, Q(state=value)) for value, label in Appeal.State.choices]
    return [*states, every] if actor.may("appeal.decide") else [every, *states]


APPEALS = Table[Appeal, AppealRow](
    title=_("申诉"),
    rows=_visible,
    lines=_lines,
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
