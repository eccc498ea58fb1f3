"""A grid is divided in two by a line; it ends, and two others begin on the day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from guatu.core.grids import change as by_hand
from guatu.core.grids.boundary import Drawn, area_m2, cut, shares
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import LARGEST, Given, GridAction, begin, end, started
from guatu.web.grids.drawing import sound
from guatu.web.grids.models import Grid, GridChange, GridVersion
from guatu.web.grids.selectors.standing import cap_of
from guatu.web.grids.words import refuse


@dataclass(frozen=True)
class SplitGrid(GridAction):
    """`residents` of the northern (or western) part, which gets the first code; None divides by area."""

    grid_id: int
    seen: int
    line: Mapping[str, Any]
    codes: tuple[str, str]
    residents: int | None
    day: datetime.date | None
    basis: str = ""
    name = "grids.split-grid"
    words = _("拆分网格")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Grid, self.grid_id).unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        grid = found(Grid, self.grid_id)
        day = common.open_day(self.day, grid.kind)
        version = common.changeable(self.grid_id, self.seen, day)
        parts, findings = cut(Drawn(grid.code, shape(version.boundary)), shape(self.line))
        refuse(findings, "line")
        first = common.new_code(self.codes[0])
        codes = (first, common.new_code(self.codes[1], {first}, "code2"))
        counts = self._counts(version, parts)
        self._hold(version, codes, counts, day)
        change = started(GridChange.Kind.SPLIT, day, self.basis, context)
        end(change, version)
        for code, part, count in zip(codes, parts, counts, strict=True):
            new = Grid.objects.create(code=code, kind=grid.kind, unit_id=grid.unit_id)
            boundary = sound(part.__geo_interface__, "line")
            begin(change, new, Given(code, boundary, count, version.village_id, version.large_id))
        return change

    def _counts(self, version: GridVersion, parts: Sequence[Any]) -> list[int]:
        if self.residents is None:
            return shares(version.residents, [area_m2(part) for part in parts])
        if not 0 <= self.residents <= min(version.residents, LARGEST):
            said = _("应在 0 到全格的 %(all)d 人之间。") % {"all": version.residents}
            raise Invalid(said, field="residents", code="grid.residents")
        return [self.residents, version.residents - self.residents]

    def _hold(self, version: GridVersion, codes: tuple[str, str], counts: list[int], day: datetime.date) -> None:
        """The rules of a split: nobody is lost, no part is over the limit."""
        residents = dict(zip(codes, counts, strict=True))
        whole = by_hand.Grid(version.grid.code, str(version.large_id or ""), residents, version.valid_from)
        # A kind without a limit of its own is held by what the column takes.
        cap = cap_of(version.grid.kind, day)
        parts = {code: [code] for code in codes}
        refuse(by_hand.split(whole, parts, day, LARGEST if cap is None else cap, ()).findings, "residents")
