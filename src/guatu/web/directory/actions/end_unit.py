"""A unit is gone from a day on. What hangs under it has to go elsewhere first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.actions.common import check_basis, close_unit, hand_over, last_unit_version, row
from guatu.web.directory.actions.hand_on import hand_on, refuse_heirless, succeed
from guatu.web.directory.actions.versions import check_end
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Reorganisation, Unit
from guatu.web.directory.references import NamedUnit
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day, Text


@dataclass(frozen=True)
class EndUnit(RowAction[Unit]):
    unit_id: int
    seen: int
    day: Annotated[
        datetime.date | None,
        Day(label=_("从哪天起撤销"), required=True, hint=_("这一天起不再有这个单位。")),
    ]
    heir_id: Annotated[
        int | None,
        NamedUnit(label=_("承接单位"), hint=_("还有未了事项的必填:填报、督办单、分解数、任职和授权都移交给它。")),
    ] = None
    basis: Annotated[str, Text(label=_("依据文件"), longest=200)] = ""
    name = "directory.end-unit"
    words = _("撤销单位")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Unit]:
        day = check_change_day(self.day, context.actor.today)
        unit = take_version(row(Unit, self.unit_id), self.seen)
        check_end(last_unit_version(unit.pk))
        children = World().units.children_from(unit.pk, day)
        if children:
            raise NotNow(
                _("还有 %(count)d 个下级单位,请先把它们划到别处,或用“合并”。") % {"count": len(children)}, field="day"
            )
        change = Change(unit)
        if self.heir_id is None:
            refuse_heirless([unit.pk])
            close_unit(unit, day, change)
            return change
        self._hand_on(unit, day, change, context)
        return change

    def _hand_on(self, unit: Unit, day: datetime.date, change: Change[Unit], context: Context) -> None:
        world = World()
        heir = row(Unit, self.heir_id or 0, "heir_id")
        if heir.pk == unit.pk or not world.units.stands_from(heir.pk, day):
            raise Invalid(_("承接单位应是这一天起仍设立的另一个单位。"), field="heir_id")
        made = Reorganisation.objects.create(
            kind=Reorganisation.Kind.END,
            day=day,
            basis=check_basis(self.basis),
            at=context.at,
            user=context.actor.user,
        )
        succeed(made, unit, heir)
        change.note(made, None, {"unit": unit.pk, "into": heir.pk, "day": day.isoformat()})
        hand_over(unit, heir, day, change, world)
        close_unit(unit, day, change)
        hand_on(made, change, context)
