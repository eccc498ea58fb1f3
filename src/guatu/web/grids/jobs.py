"""Background work: a town divided into grids. Idempotent."""

from __future__ import annotations

from typing import Any

from guatu.web.base.actions import perform
from guatu.web.base.jobs import Running, handler
from guatu.web.grids.actions.compute_partition import PARTITION, StorePartition
from guatu.web.grids.computing import compute
from guatu.web.grids.models import Partition
from guatu.web.ledger.jobs import context_of_job


@handler(PARTITION)
def partition(running: Running) -> dict[str, Any]:
    made = Partition.objects.get(pk=running.payload["partition"])
    if made.state == Partition.State.RUNNING:
        perform(StorePartition(made.pk, compute(made, running.progress)), context_of_job(running))
    return {"partition": made.pk}
