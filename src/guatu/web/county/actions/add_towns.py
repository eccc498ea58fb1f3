"""Towns with their codes, and a unit in charge of each, in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, also
from guatu.web.base.problems import NotNow
from guatu.web.base.settings_table import setting
from guatu.web.county.actions.together import at_line
from guatu.web.county.lines import TownLine, town_lines
from guatu.web.county.selectors.facts import unled
from guatu.web.county.selectors.opening import own_county
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.selectors.opening import opening_day
from guatu.web.kit.kinds import Text

_HOW = gettext_lazy(
    "一行一个:名称和区划代码,可以从表格里粘贴。代码写全 12 位、前 9 位或本县内的 3 位都行。"
    "每个乡镇同时设立它的单位(人民政府或街道办事处);单位另有名称的写在第三列。"
)
_LONGEST = 20_000
FIRST_ORDER = 100
"""Units of towns stand behind the departments of the county."""


@dataclass(frozen=True)
class AddTowns(Action[int]):
    """Of a town that is there without a unit, only the unit is set up. The number of lines."""

    lines: Annotated[str, Text(label=gettext_lazy("乡镇街道"), kind="area", required=True, longest=_LONGEST, hint=_HOW)]
    name = "county.add-towns"
    words = gettext_lazy("录入乡镇和它们的单位")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[int]:
        today = context.actor.today
        county = own_county(today, setting("county.code", today) or "")
        if county is None:
            raise NotNow(_("请先填写县名和代码:乡镇挂在县级区域下面。"), field="lines")
        found = town_lines(self.lines, county.code)
        change, there = Change(len(found)), {(one.code, one.name): one.id for one in unled(today)}
        for at, town in enumerate(found):
            with at_line(town.number):
                place = there.get((town.code, town.name)) or _place(town, county.id, context, change)
                add_unit(town.code, (town.unit, town.name), place, FIRST_ORDER + at, context, change)
        return change

    def recall(self, answer: Any) -> int:
        return int(answer or 0)

    def answer(self, result: int) -> Any:
        return result


def _place(town: TownLine, county: int, context: Context, change: Change[int]) -> int:
    day = opening_day(context.actor.today)
    return also(CreatePlace.named(town.code, town.name, "town", county, day), context, change).pk


def add_unit(code: str, names: tuple[str, str], place: int, order: int, context: Context, change: Change[Any]) -> None:
    """Sets up the unit in charge of a town; `names` are its name and the short one."""
    # The code of the area is the code of its unit, without the digits of villages, which are all 0.
    day = opening_day(context.actor.today)
    also(CreateUnit.named(code[:9], names, "town", None, day, place=place, order=order), context, change)
