"""Grids come from a file, all or none: those with a known code are redrawn, the others are new."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from shapely.geometry import shape

from guatu.core.grids.boundary import Drawn, Surroundings, check_border
from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid, Problem
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import Given, GridAction, begin, end, started
from guatu.web.grids.models import Grid, GridChange, GridVersion
from guatu.web.grids.selectors.standing import cap_of, surroundings
from guatu.web.grids.words import said

SHOWN = 30


@dataclass(frozen=True)
class GridRow:
    """A feature of a file: its number in the file, the grid's code, and what it says."""

    number: int
    code: str
    given: Given


@dataclass(frozen=True)
class ImportGrids(GridAction):
    unit_id: int
    kind: str
    rows: tuple[GridRow, ...]
    day: datetime.date | None
    basis: str = ""
    name = "grids.import-grids"
    words = gettext_lazy("导入网格")

    def permit(self, context: Context) -> None:
        common.may_edit(context, self.unit_id)

    def change(self, context: Context) -> Change[GridChange]:
        if self.kind not in Grid.Kind.values:
            raise Invalid(_("请从列表中选择网格类型。"), field="kind", code="grid.kind")
        if not self.rows:
            raise Invalid(_("文件中没有网格。"), field="file", code="grid.no-rows")
        day = common.open_day(self.day, self.kind)
        common.is_town(self.unit_id, day)
        known = {grid.code: grid for grid in Grid.objects.filter(code__in=[row.code for row in self.rows])}
        versions = {
            code: version
            for code, grid in known.items()
            if (version := grid.versions.filter(valid_to__isnull=True).first()) is not None
        }
        self._refuse([*self._rows_wrong(known, versions, day), *self._borders_wrong(known, day)])
        change = started(GridChange.Kind.IMPORT, day, self.basis, context)
        for row in self.rows:
            grid = known.get(row.code)
            if grid is None:
                grid = Grid.objects.create(code=row.code, kind=self.kind, unit_id=self.unit_id)
            else:
                Grid.objects.filter(pk=grid.pk).update(row_version=grid.row_version + 1)
                end(change, versions[row.code])
            begin(change, grid, row.given)
        return change

    def _rows_wrong(
        self, known: dict[str, Grid], versions: dict[str, GridVersion], day: datetime.date
    ) -> Iterable[tuple[GridRow, str]]:
        seen: set[str] = set()
        for row in self.rows:
            try:
                common.named(row.given, self.unit_id, day)
            except Problem as problem:
                yield row, str(problem)
            if not row.code or len(row.code) > 40:
                yield row, _("请填写网格编号,不超过 40 个字符。")
            elif row.code in seen:
                yield row, _("网格编号“%(code)s”在文件中重复。") % {"code": row.code}
            seen.add(row.code)
            grid = known.get(row.code)
            if grid is None:
                continue
            version = versions.get(row.code)
            if (grid.kind, grid.unit_id) != (self.kind, self.unit_id) or version is None:
                yield row, _("网格编号“%(code)s”已被使用。") % {"code": row.code}
            elif day <= version.valid_from:
                yield row, _("生效日期应晚于该网格现版本的 %(day)s。") % {"day": version.valid_from}

    def _borders_wrong(self, known: dict[str, Grid], day: datetime.date) -> Iterable[tuple[GridRow, str]]:
        around = surroundings(self.kind, self.unit_id, day, {grid.pk for grid in known.values()})
        drawn = [Drawn(row.code, shape(row.given.boundary)) for row in self.rows]
        cap = cap_of(self.kind, day)
        for at, row in enumerate(self.rows):
            # A pair that overlaps is told once, at the later of the two.
            others = (*around.others, *drawn[:at])
            beside = Surroundings(others, around.town, around.fixed)
            for finding in check_border(drawn[at], beside, row.given.residents, cap):
                if finding.severity == "error":
                    yield row, said(finding)

    def _refuse(self, wrong: list[tuple[GridRow, str]]) -> None:
        if not wrong:
            return
        lines = [
            _("第 %(n)d 个(%(code)s): %(text)s") % {"n": row.number, "code": row.code or "—", "text": text}
            for row, text in wrong[:SHOWN]
        ]
        if len(wrong) > SHOWN:
            lines.append(_("另有 %(n)d 处,改正以上后再导入。") % {"n": len(wrong) - SHOWN})
        raise Invalid("\n".join(lines), field="file", code="grid.import-refused")
