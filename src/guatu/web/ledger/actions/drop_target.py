"""A target is struck out or brought back. The row stays: figures may have been reported of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.ledger.models import Target


@dataclass(frozen=True)
class DropTarget(RowAction[Target]):
    name: ClassVar[str] = "ledger.drop-target"
    words = gettext_lazy("去掉指标")
    permission: ClassVar[str] = "plan.edit"
    target_id: int
    row_version: int
    dropped: bool = True

    def change(self, context: Context) -> Change[Target]:
        target = found(Target, self.target_id)
        take_version(target, self.row_version)
        before = {"dropped": target.dropped, "tracked": target.tracked}
        target.dropped = self.dropped
        # A figure outside of a task was not tracked before either: nobody answers for it.
        target.tracked = not self.dropped and target.task_id is not None
        target.save(update_fields=["dropped", "tracked"])
        change = Change(target)
        change.note(target, before, {"dropped": target.dropped, "tracked": target.tracked})
        return change
