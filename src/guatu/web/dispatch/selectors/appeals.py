"""Appeals against lights: those of the actor's units, or all for who decides; the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Appeal
from guatu.web.kit.table import Empty, States, Table, Wanted
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
    columns=(),
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
