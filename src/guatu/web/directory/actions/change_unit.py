"""A unit becomes something else from a day on: another superior, place, category; what was before stays as it was.

The credit code belongs to the unit as such and is corrected for all days.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.directory.actions.common import change_unit, row
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Unit
from guatu.web.directory.values import CREDIT_CODE, UnitValues, credit_code_problems, raise_first
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day


@dataclass(frozen=True)
class ChangeUnit(RowAction[Unit]):
    unit_id: int
    seen: int
    values: UnitValues
    day: Annotated[
        datetime.date | None,
        Day(label=gettext_lazy("从哪天起"), required=True, hint=gettext_lazy("此前的名称、隶属和统计都不变。")),
    ]
    credit_code: Annotated[str | None, CREDIT_CODE] = None
    name = "directory.change-unit"
    words = gettext_lazy("变更单位")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Unit]:
        day = check_change_day(self.day, context.actor.today)
        unit = take_version(row(Unit, self.unit_id), self.seen)
        world = World()
        raise_first(self.values.problems(unit.pk, day, world))
        change = Change(unit)
        change_unit(unit, day, self.values.as_fields(), change)
        if self.credit_code is not None and self.credit_code != unit.credit_code:
            raise_first(credit_code_problems(self.credit_code, unit.pk, world))
            change.note(unit, {"credit_code": unit.credit_code}, {"credit_code": self.credit_code})
            unit.credit_code = self.credit_code
            unit.save(update_fields=["credit_code"])
        return change
