"""Units become one from a day on: one of them that takes in the others, or a new one.

What hung under them, their people and their roles go to the one that stays; the others are gone from that day.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.actions.common import check_basis, close_unit, hand_over, new_unit, row
from guatu.web.directory.actions.hand_on import hand_on, succeed
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Reorganisation, Unit
from guatu.web.directory.values import UnitValues, raise_first, unit_code_problems
from guatu.web.directory.world import World


@dataclass(frozen=True)
class MergeUnits(RowAction[Reorganisation]):
    """`units` maps the units that merge to the versions seen of them; `into` is one of them, or None for a new unit."""

    units: dict[int, int]
    into: int | None
    day: datetime.date | None
    new_code: str = ""
    new_values: UnitValues | None = None
    basis: str = ""
    name = "directory.merge-units"
    words = _("合并单位")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Reorganisation]:
        day = check_change_day(self.day, context.actor.today)
        units = [take_version(row(Unit, pk, "units"), seen) for pk, seen in sorted(self.units.items())]
        world = World()
        self._check(units, day, world)
        made = Reorganisation.objects.create(
            kind=Reorganisation.Kind.MERGE,
            day=day,
            basis=check_basis(self.basis),
            at=context.at,
            user=context.actor.user,
        )
        change = Change(made)
        target = self._target(units, day, world, change)
        for unit in units:
            succeed(made, unit, target)
        change.note(made, None, {"units": [unit.pk for unit in units], "into": target.pk, "day": day.isoformat()})
        for unit in units:
            if unit.pk != target.pk:
                hand_over(unit, target, day, change, world)
                close_unit(unit, day, change)
        hand_on(made, change, context)
        return change

    def _check(self, units: list[Unit], day: datetime.date, world: World) -> None:
        if len(units) < 2:
            raise Invalid(_("请至少选择两个要合并的单位。"), field="units")
        if self.into is not None and self.into not in self.units:
            raise Invalid(_("保留的单位应是要合并的单位之一。"), field="into")
        gone = [unit.code for unit in units if not world.units.stands_from(unit.pk, day)]
        if gone:
            raise NotNow(
                _("这些单位在 %(day)s 还未设立,或已定撤销:%(codes)s") % {"day": day, "codes": joined(gone)},
                field="units",
            )
        if self.into is not None and self._stands_under(self.into, day, world):
            raise Invalid(_("保留的单位不能是被并入单位的下级,请先调整隶属关系。"), field="into")

    def _stands_under(self, unit_id: int | None, day: datetime.date, world: World) -> bool:
        """Whether a unit is one that goes, or hangs under one however far below: what hangs between would come to hang
        under itself."""
        going = [pk for pk in self.units if pk != self.into]
        return unit_id is not None and any(world.units.would_circle(pk, unit_id, day) for pk in going)

    def _target(self, units: list[Unit], day: datetime.date, world: World, change: Change[Any]) -> Unit:
        if self.into is not None:
            return next(unit for unit in units if unit.pk == self.into)
        if self.new_values is None:
            raise Invalid(_("请填写合并后的新单位。"), field="name")
        if self._stands_under(self.new_values.parent_id, day, world):
            raise Invalid(_("新单位的上级不能是被合并的单位或它的下级。"), field="parent_id")
        raise_first(unit_code_problems(self.new_code, world))
        raise_first(p for p in self.new_values.problems(None, day, world) if p.code != "name.taken")
        return new_unit(self.new_code, self.new_values, day, change)
