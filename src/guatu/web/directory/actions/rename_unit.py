"""A unit gets another name from a day on, by a document; it stays the same unit, and its old name still finds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.common import change_unit, check_basis, last_unit_version, row
from guatu.web.directory.days import check_change_day
from guatu.web.directory.hooks import tell
from guatu.web.directory.models import Reorganisation, Succession, Unit
from guatu.web.directory.values import raise_first, unit_values
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day, Text


@dataclass(frozen=True)
class RenameUnit(RowAction[Reorganisation]):
    unit_id: int
    seen: int
    new_name: Annotated[str, Text(label=_("新全称"), required=True, longest=120, of="name")]
    short_name: Annotated[str, Text(label=_("新简称"), longest=60)]
    day: Annotated[datetime.date | None, Day(label=_("从哪天起"), required=True)]
    basis: Annotated[str, Text(label=_("依据文件"), longest=200, hint=_("如 青编〔2024〕3号。"))] = ""
    name = "directory.rename-unit"
    words = _("单位更名")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Reorganisation]:
        day = check_change_day(self.day, context.actor.today)
        unit = take_version(row(Unit, self.unit_id), self.seen)
        values = replace(
            unit_values(last_unit_version(unit.pk)), name=self.new_name.strip(), short_name=self.short_name.strip()
        )
        raise_first(values.problems(unit.pk, day, World()))
        made = Reorganisation.objects.create(
            kind=Reorganisation.Kind.RENAME,
            day=day,
            basis=check_basis(self.basis),
            at=context.at,
            user=context.actor.user,
        )
        Succession.objects.create(reorganisation=made, old=unit, new=unit)
        change = Change(made)
        fields = {"name": values.name, "short_name": values.short_name}
        if change_unit(unit, day, fields, change) is None:
            raise Invalid(_("新名称与现名称相同。"), field="name")
        tell(made, change, context)
        return change
