"""A computed partition becomes the town's grids from a day on, or is discarded."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.grids.actions import common
from guatu.web.grids.actions.common import Given, begin, end, started
from guatu.web.grids.actions.compute_partition import PartitionAction
from guatu.web.grids.models import Grid, GridChange, GridVersion, Partition


@dataclass(frozen=True)
class AcceptPartition(PartitionAction):
    """The town's duty and large grids end on the day, and those of the proposal begin.

    `prefix` begins their codes.
    """

    partition_id: int
    seen: int
    day: datetime.date | None
    prefix: str
    basis: str = ""
    name = "grids.accept-partition"
    words = _("采纳网格划分")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Partition, self.partition_id).unit_id)

    def change(self, context: Context) -> Change[Partition]:
        made = take_version(found(Partition, self.partition_id), self.seen)
        if made.state != Partition.State.DONE:
            raise NotNow(_("这个方案不是待采纳的状态。"), code="partition.not-open")
        if not made.outcome["feasible"]:
            raise NotNow(_("方案中有错误,不能采纳;请先改正居民单元再重新计算。"), code="partition.infeasible")
        day = common.open_day(self.day, Grid.Kind.DUTY)
        prefix = self.prefix.strip()
        if not prefix or len(prefix) > 20 or Grid.objects.filter(code__startswith=f"{prefix}-").exists():
            raise Invalid(_("请填写没有用过的编号前缀,不超过 20 个字符。"), field="prefix", code="partition.prefix")
        by = started(GridChange.Kind.PARTITION, day, self.basis, context)
        self._end_old(by, made.unit_id, day)
        self._begin_new(by, made, prefix)
        made.state, made.accepted_as = Partition.State.ACCEPTED, by.result
        made.save(update_fields=["state", "accepted_as"])
        change = Change(made, by.lines)
        change.note(made, {"state": Partition.State.DONE}, {"state": made.state, "day": day.isoformat()})
        return change

    def _end_old(self, by: Change[GridChange], unit_id: int, day: datetime.date) -> None:
        old = GridVersion.objects.filter(
            grid__unit_id=unit_id, grid__kind__in=[Grid.Kind.DUTY, Grid.Kind.LARGE], valid_to__isnull=True
        ).select_related("grid")
        for version in old:
            if day <= version.valid_from:
                raise Invalid(
                    _("网格“%(code)s”自 %(day)s 起才是现在的样子,请选择更晚的日期,或撤销那次变更。")
                    % {"code": version.grid.code, "day": version.valid_from},
                    field="day",
                    code="grid.day-too-early",
                )
            end(by, version)
        Grid.objects.filter(versions__ended_by=by.result).update(row_version=F("row_version") + 1)

    def _begin_new(self, by: Change[GridChange], made: Partition, prefix: str) -> None:
        large = {}
        for row in made.outcome["large"]:
            code = f"{prefix}-{row['key']}"
            large[row["key"]] = Grid.objects.create(code=code, kind=Grid.Kind.LARGE, unit_id=made.unit_id)
            begin(by, large[row["key"]], Given(code, row["boundary"], row["residents"]))
        for row in made.outcome["grids"]:
            code = f"{prefix}-{row['key']}"
            grid = Grid.objects.create(code=code, kind=Grid.Kind.DUTY, unit_id=made.unit_id)
            begin(by, grid, Given(code, row["boundary"], row["residents"], None, large[row["large"]].pk))


@dataclass(frozen=True)
class DiscardPartition(PartitionAction):
    partition_id: int
    seen: int
    name = "grids.discard-partition"
    words = _("放弃网格划分")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Partition, self.partition_id).unit_id)

    def change(self, context: Context) -> Change[Partition]:
        made = take_version(found(Partition, self.partition_id), self.seen)
        if made.state not in (Partition.State.DONE, Partition.State.FAILED):
            raise NotNow(_("这个方案不是待采纳的状态。"), code="partition.not-open")
        before, made.state = made.state, Partition.State.DISCARDED
        made.save(update_fields=["state"])
        change = Change(made)
        change.note(made, {"state": before}, {"state": made.state})
        return change
