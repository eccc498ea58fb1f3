"""Background work: a town divided into grids. Twice: only a division that is still being computed is written."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.grids.actions.compute_partition import PARTITION, StorePartition
from guatu.web.grids.computing import compute
from guatu.web.grids.models import Partition


@handler(PARTITION, gettext_lazy("计算网格划分"))
def partition(running: Running) -> dict[str, Any]:
    made = Partition.objects.get(pk=running.payload["partition"])
    if made.state == Partition.State.RUNNING:
        perform(StorePartition(made.pk, compute(made, running.progress)), running.context())
    return {"partition": made.pk}
