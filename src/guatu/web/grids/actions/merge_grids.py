"""Neighbouring grids are put together; they end, and one begins on the day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.core.grids import change as by_hand
from guatu.core.grids.boundary import borders_between, join
from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import LARGEST, Given, GridAction, begin, end, started
from guatu.web.grids.drawing import sound
from guatu.web.grids.models import Grid, GridChange, GridVersion
from guatu.web.grids.selectors.standing import cap_of
from guatu.web.grids.words import refuse

MOST = 20


@dataclass(frozen=True)
class MergeGrids(GridAction):
    grids: tuple[tuple[int, int], ...]
    """Each with the version that was seen."""
    code: str
    title: str
    day: datetime.date | None
    basis: str = ""
    name = "grids.merge-grids"
    words = _("合并网格")

    def permit(self, context: Context) -> None:
        for pk, _seen in self.grids[:MOST]:
            common.may_edit(context, found(Grid, pk).unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        first = self._first()
        day = common.open_day(self.day, first.kind)
        versions = [common.changeable(pk, seen, day) for pk, seen in sorted(self.grids)]
        if {(one.grid.kind, one.grid.unit_id) for one in versions} != {(first.kind, first.unit_id)}:
            raise Invalid(_("只能合并同一乡镇、同一类型的网格。"), field="grids", code="grid.not-alike")
        code = common.new_code(self.code)
        self._hold(versions, code, day)
        whole, findings = join([one.shape for one in common.drawn(versions)])
        refuse(findings, "grids")
        villages, large = {one.village_id for one in versions}, versions[0].large_id
        given = Given(
            self.title.strip() or code,
            sound(whole.__geo_interface__, "grids"),
            sum(one.residents for one in versions),
            villages.pop() if len(villages) == 1 else None,
            large,
        )
        common.named(given, first.unit_id, day)
        gone = {one.grid_id for one in versions}
        refuse(common.checked(code, first.kind, first.unit_id, given, day, gone), "grids")
        change = started(GridChange.Kind.MERGE, day, self.basis, context)
        for version in versions:
            end(change, version)
        begin(change, Grid.objects.create(code=code, kind=first.kind, unit_id=first.unit_id), given)
        return change

    def _first(self) -> Grid:
        if not 2 <= len({pk for pk, _seen in self.grids}) == len(self.grids) <= MOST:
            said = _("请勾选 2 到 %(most)d 个相邻的网格。") % {"most": MOST}
            raise Invalid(said, field="grids", code="grid.too-few")
        return found(Grid, self.grids[0][0])

    def _hold(self, versions: Sequence[GridVersion], code: str, day: datetime.date) -> None:
        """The rules of a merger: one large grid, one piece, no more residents than the limit."""
        names = dict(Grid.objects.filter(pk__in=[v.large_id for v in versions if v.large_id]).values_list("pk", "code"))
        grids = [
            by_hand.Grid(v.grid.code, names.get(v.large_id or 0, ""), {v.grid.code: v.residents}, v.valid_from)
            for v in versions
        ]
        cap = cap_of(versions[0].grid.kind, day)
        borders = borders_between(common.drawn(versions))
        refuse(by_hand.merge(grids, code, day, LARGEST if cap is None else cap, borders).findings, "grids")
