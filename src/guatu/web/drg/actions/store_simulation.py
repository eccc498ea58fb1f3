"""The outcome of a simulation is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Simulation


@dataclass(frozen=True)
class StoreSimulation(InsurerAction[Simulation]):
    simulation_id: int
    outcome: dict[str, Any]
    name: ClassVar[str] = "drg.store-simulation"
    words = gettext_lazy("保存 DRG 试算结果")

    def change(self, context: Context) -> Change[Simulation]:
        made = found(Simulation, self.simulation_id, lock=True)
        made.state, made.outcome = Simulation.State.DONE, self.outcome
        made.save(update_fields=["state", "outcome"])
        change = Change(made)
        change.note(made, {"state": Simulation.State.RUNNING}, {"state": made.state})
        return change
