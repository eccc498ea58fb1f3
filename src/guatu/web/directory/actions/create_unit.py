"""A new unit, there from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Self

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.directory.actions.common import new_unit
from guatu.web.directory.days import check_start_day
from guatu.web.directory.models import Unit, UnitVersion
from guatu.web.directory.values import CREDIT_CODE, UnitValues, credit_code_problems, raise_first, unit_code_problems
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Code, Day

_CODE = gettext_lazy("字母、数字、点、横线,设立后不变。")
_AREAS = (UnitVersion.Category.TOWN, UnitVersion.Category.VILLAGE)


@dataclass(frozen=True)
class CreateUnit(RowAction[Unit]):
    code: Annotated[str, Code(label=gettext_lazy("编码"), required=True, longest=40, hint=_CODE)]
    values: UnitValues
    day: Annotated[datetime.date | None, Day(label=gettext_lazy("设立日期"), required=True)]
    credit_code: Annotated[str, CREDIT_CODE] = ""
    name = "directory.create-unit"
    words = gettext_lazy("新设单位")
    permission = "directory.edit"

    @classmethod
    def named(
        cls,
        code: str,
        names: tuple[str, str],
        category: str,
        parent: int | None,
        day: datetime.date,
        *,
        place: int | None = None,
        order: int = 0,
    ) -> Self:
        """A unit of which no more is known than its name with the short one, its category and where it hangs."""
        line = UnitVersion.Line.AREA if category in _AREAS else UnitVersion.Line.LINE
        values = UnitValues(*names, line=line, category=category, parent_id=parent, place_id=place, order=order)
        return cls(code, values, day)

    def change(self, context: Context) -> Change[Unit]:
        day = check_start_day(self.day, context.actor.today)
        world = World()
        raise_first(unit_code_problems(self.code, world))
        raise_first(credit_code_problems(self.credit_code, None, world))
        raise_first(self.values.problems(None, day, world))
        noted = Change(None)
        return Change(new_unit(self.code, self.values, day, noted, credit_code=self.credit_code), noted.lines)
