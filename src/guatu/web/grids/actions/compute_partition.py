"""A town's units are to be divided into grids; the work is done in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base import jobs
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.base.dated import on_day
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions import common
from guatu.web.grids.models import FixedBorder, Partition

PARTITION = "grids.partition"
MOST_LARGE = 20


class PartitionAction(Action[Partition]):
    def recall(self, answer: Any) -> Partition:
        return found(Partition, answer)


@dataclass(frozen=True)
class ComputePartition(PartitionAction):
    unit_id: int
    units: Sequence[dict[str, Any]]
    """Each with key, residents and boundary, as `uploads.units_of` reads them."""
    cap: int
    large: int
    seed: str
    name = "grids.compute-partition"
    words = _("计算网格划分")

    def permit(self, context: Context) -> None:
        common.may_edit(context, self.unit_id)

    def change(self, context: Context) -> Change[Partition]:
        today = context.actor.today
        common.is_town(self.unit_id, today)
        if not 100 <= self.cap <= 1_000_000:
            raise Invalid(_("每格人数上限应在 100 到 1,000,000 之间。"), field="cap", code="partition.cap")
        if not 1 <= self.large <= MOST_LARGE:
            said = _("大网格数应在 1 到 %(most)d 之间。") % {"most": MOST_LARGE}
            raise Invalid(said, field="large", code="partition.large")
        seed = self.seed.strip() or f"{today:%Y-%m-%d}"
        if len(seed) > 40:
            raise Invalid(_("随机种子不超过 40 个字符。"), field="seed", code="partition.seed")
        borders = FixedBorder.objects.filter(on_day(today), unit_id=self.unit_id).order_by("id")
        made = Partition.objects.create(
            unit_id=self.unit_id,
            cap=self.cap,
            large=self.large,
            seed=seed,
            units=list(self.units),
            fixed=[{"name": border.name, "line": border.line} for border in borders],
            made_at=context.at,
            made_by=context.actor.user,
        )
        made.job = jobs.enqueue(PARTITION, {"partition": made.pk}, context.actor.user, context.at)
        made.save(update_fields=["job"])
        change = Change(made)
        change.note(made, None, {"unit": self.unit_id, "units": len(self.units), "cap": self.cap, "seed": seed})
        return change


@dataclass(frozen=True)
class StorePartition(PartitionAction):
    """The outcome of the work."""

    partition_id: int
    outcome: dict[str, Any]
    name = "grids.store-partition"
    words = _("保存网格划分结果")

    def permit(self, context: Context) -> None:
        common.may_edit(context, found(Partition, self.partition_id).unit_id)

    def change(self, context: Context) -> Change[Partition]:
        made = found(Partition, self.partition_id, lock=True)
        if made.state != Partition.State.RUNNING:
            return Change(made)  # a worker that was slower than another: the work is done
        made.outcome = self.outcome
        made.state = Partition.State.DONE if self.outcome.get("grids") else Partition.State.FAILED
        made.save(update_fields=["outcome", "state"])
        change = Change(made)
        change.note(made, {"state": Partition.State.RUNNING}, {"state": made.state})
        return change
