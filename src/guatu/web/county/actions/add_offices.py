"""Offices of the county, one a line, in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Annotated, Any

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, also
from guatu.web.base.settings_table import setting
from guatu.web.county.actions.together import at_line
from guatu.web.county.lines import office_lines
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.selectors.opening import opening_day, taken_codes
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.kinds import Text

_HOW = gettext_lazy(
    "一行一个:法定全称,后面可以再写简称,如“青禾县水利局 县水利局”。编码自动编,先后就是排序;"
    "以县名开头的,简称自动取“县水利局”这样的写法。督查室也写在这里。"
)
_LONGEST = 20_000


@dataclass(frozen=True)
class AddOffices(Action[int]):
    """The number of units."""

    lines: Annotated[str, Text(label=gettext_lazy("部门"), kind="area", required=True, longest=_LONGEST, hint=_HOW)]
    name = "county.add-offices"
    words = gettext_lazy("录入部门")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[int]:
        today = context.actor.today
        found = office_lines(self.lines, setting("county.name", today))
        codes = free_codes(taken_codes())
        # Those that come later stand behind those that are there.
        order, change = len(unit_tree(today).of_category("department")), Change(len(found))
        day = opening_day(today)
        for office in found:
            order += 1
            names = (office.name, office.short_name)
            with at_line(office.number):
                also(CreateUnit.named(next(codes), names, "department", None, day, order=order), context, change)
        return change

    def recall(self, answer: Any) -> int:
        return int(answer or 0)

    def answer(self, result: int) -> Any:
        return result


def free_codes(taken: set[str]) -> Iterator[str]:
    """Codes for units that are given none, in their order."""
    return (code for code in (f"BM-{number:03d}" for number in count(1)) if code not in taken)
