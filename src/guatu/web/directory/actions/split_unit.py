"""A unit gives birth to others from a day on, and stays or is gone.

Where it is gone, one of the new ones is its heir: what hung under it, its people and its roles go there.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.actions.common import check_basis, close_unit, hand_over, new_unit, row
from guatu.web.directory.actions.hand_on import hand_on, succeed
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Reorganisation, Succession, Unit
from guatu.web.directory.values import UnitValues, raise_first, unit_code_problems
from guatu.web.directory.world import World


@dataclass(frozen=True)
class Part:
    """One of the units that come out of a split."""

    code: str
    values: UnitValues


@dataclass(frozen=True)
class SplitUnit(RowAction[Reorganisation]):
    """`stays`: the unit itself goes on beside its parts. `heir` counts the parts from 0."""

    unit_id: int
    seen: int
    parts: tuple[Part, ...]
    stays: bool
    day: datetime.date | None
    heir: int = 0
    heirs: Mapping[str, int] = field(default_factory=dict)
    """Kinds of holdings that go to another part than the heir, or from a unit that stays to one of its parts."""
    basis: str = ""
    name = "directory.split-unit"
    words = _("拆分单位")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Reorganisation]:
        day = check_change_day(self.day, context.actor.today)
        unit = take_version(row(Unit, self.unit_id), self.seen)
        world = World()
        self._check(unit, day, world)
        made = Reorganisation.objects.create(
            kind=Reorganisation.Kind.SPLIT,
            day=day,
            basis=check_basis(self.basis),
            at=context.at,
            user=context.actor.user,
        )
        change = Change(made)
        new = [self._make(part, day, world, change) for part in self.parts]
        for successor in (*new, *([unit] if self.stays else [])):
            Succession.objects.create(reorganisation=made, old=unit, new=successor)
        heir = unit if self.stays else new[self.heir]
        succeed(made, unit, heir, {kind: new[part] for kind, part in self.heirs.items()})
        change.note(made, None, {"unit": unit.pk, "into": [part.pk for part in new], "day": day.isoformat()})
        if not self.stays:
            hand_over(unit, new[self.heir], day, change, world)
            close_unit(unit, day, change)
        hand_on(made, change, context)
        return change

    def _check(self, unit: Unit, day: datetime.date, world: World) -> None:
        if len(self.parts) < (1 if self.stays else 2):
            raise Invalid(_("请填写拆分出的单位;原单位撤销时至少两个。"), field="parts")
        if any(not 0 <= part < len(self.parts) for part in (self.heir, *self.heirs.values())):
            raise Invalid(_("请选择由哪个新单位承接下级、人员和授权。"), field="heir")
        if not world.units.stands_from(unit.pk, day):
            raise NotNow(_("这个单位在 %(day)s 还未设立,或已定撤销。") % {"day": day.isoformat()}, field="day")
        codes = [part.code for part in self.parts]
        if len(set(codes)) < len(codes):
            raise Invalid(_("拆分出的单位编码不能相同。"), field="parts")

    def _make(self, part: Part, day: datetime.date, world: World, change: Change[Any]) -> Unit:
        above = part.values.parent_id
        if not self.stays and above is not None and world.units.would_circle(self.unit_id, above, day):
            raise Invalid(_("新单位的上级不能是要撤销的原单位或它的下级。"), field="parts")
        raise_first(unit_code_problems(part.code, world))
        raise_first(part.values.problems(None, day, world))
        return new_unit(part.code, part.values, day, change)
