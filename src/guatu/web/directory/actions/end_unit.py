"""A unit is gone from a day on. What hangs under it has to go elsewhere first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import NotNow
from guatu.web.directory.actions.common import close_unit, last_unit_version, row
from guatu.web.directory.actions.versions import check_end
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Unit
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day


@dataclass(frozen=True)
class EndUnit(RowAction[Unit]):
    unit_id: int
    seen: int
    day: Annotated[
        datetime.date | None,
        Day(label=_("从哪天起撤销"), required=True, hint=_("这一天起不再有这个单位。")),
    ]
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
        close_unit(unit, day, change)
        return change
