"""A grid that was not there before is drawn."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import Given, GridAction, begin, started
from guatu.web.grids.models import Grid, GridChange
from guatu.web.grids.words import refuse


@dataclass(frozen=True)
class DrawGrid(GridAction):
    unit_id: int
    kind: str
    code: str
    given: Given
    day: datetime.date | None
    basis: str = ""
    name = "grids.draw-grid"
    words = _("绘制网格")

    def permit(self, context: Context) -> None:
        common.may_edit(context, self.unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        if self.kind not in Grid.Kind.values:
            raise Invalid(_("请从列表中选择网格类型。"), field="kind", code="grid.kind")
        day = common.open_day(self.day, self.kind)
        common.is_town(self.unit_id, day)
        code = common.new_code(self.code)
        common.named(self.given, self.unit_id, day)
        refuse(common.checked(code, self.kind, self.unit_id, self.given, day, set()))
        grid = Grid.objects.create(code=code, kind=self.kind, unit_id=self.unit_id)
        change = started(GridChange.Kind.DRAW, day, self.basis, context)
        begin(change, grid, self.given)
        return change
