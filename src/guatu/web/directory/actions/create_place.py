"""A new place, there from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Self

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.directory.actions.common import new_place
from guatu.web.directory.days import check_start_day
from guatu.web.directory.models import Place
from guatu.web.directory.values import PlaceValues, place_code_problems, raise_first
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Code, Day

_CODE = gettext_lazy("县级 6 位,乡镇和村 12 位。")


@dataclass(frozen=True)
class CreatePlace(RowAction[Place]):
    code: Annotated[str, Code(label=gettext_lazy("区划代码"), required=True, longest=12, hint=_CODE)]
    values: PlaceValues
    day: Annotated[datetime.date | None, Day(label=gettext_lazy("设立日期"), required=True)]
    name = "directory.create-place"
    words = gettext_lazy("新设区域")
    permission = "directory.edit"

    @classmethod
    def named(cls, code: str, name: str, level: str, parent: int | None, day: datetime.date) -> Self:
        """A place whose boundary is not known."""
        return cls(code, PlaceValues(name, level, parent), day)

    def change(self, context: Context) -> Change[Place]:
        day = check_start_day(self.day, context.actor.today)
        world = World()
        raise_first(place_code_problems(self.code, self.values.level, world))
        raise_first(self.values.problems(None, day, world))
        noted = Change(None)
        return Change(new_place(self.code, self.values, day, noted), noted.lines)
