"""A grid gets another border, name or number of residents from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import Given, GridAction, begin, end, started
from guatu.web.grids.models import Grid, GridChange
from guatu.web.grids.words import refuse


@dataclass(frozen=True)
class EditGrid(GridAction):
    grid_id: int
    seen: int
    given: Given
    day: datetime.date | None
    basis: str = ""
    name = "grids.edit-grid"
    words = gettext_lazy("调整网格")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Grid, self.grid_id).unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        grid = found(Grid, self.grid_id)
        day = common.open_day(self.day, grid.kind)
        version = common.changeable(self.grid_id, self.seen, day)
        common.named(self.given, grid.unit_id, day)
        refuse(common.checked(grid.code, grid.kind, grid.unit_id, self.given, day, {grid.pk}))
        change = started(GridChange.Kind.EDIT, day, self.basis, context)
        end(change, version)
        begin(change, grid, self.given)
        return change
