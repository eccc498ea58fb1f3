"""A computation came to nothing, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context
from guatu.web.base.actions.rows import found
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Run, Simulation

KINDS: dict[str, type[Run] | type[Simulation]] = {"run": Run, "simulation": Simulation}


@dataclass(frozen=True)
class StoreFailure(InsurerAction[Run | Simulation]):
    kind: str
    row_id: int
    words_of: list[list[str]]
    """Chinese and English of each reason."""
    name: ClassVar[str] = "drg.store-failure"
    words = gettext_lazy("DRG 计算未完成")

    def change(self, context: Context) -> Change[Run | Simulation]:
        row = found(KINDS[self.kind], self.row_id, lock=True)
        if row.state != Run.State.RUNNING:
            return Change(row)  # a worker that was slower than another: the work is done
        row.state, row.failure = Run.State.FAILED, self.words_of
        row.save(update_fields=["state", "failure"])
        change: Change[Run | Simulation] = Change(row)
        change.note(row, {"state": Run.State.RUNNING}, {"state": row.state})
        return change

    def recall(self, answer: Any) -> Run | Simulation:
        """Runs and simulations are numbered each for themselves: a number alone does not say which."""
        return found(KINDS[self.kind], answer)
