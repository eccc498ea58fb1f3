"""A task is taken out of the ledger. Its row, its reports and its history stay, and it can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.ledger.models import Task


@dataclass(frozen=True)
class DropTask(RowAction[Task]):
    name: ClassVar[str] = "ledger.drop-task"
    words = gettext_lazy("去掉任务")
    permission: ClassVar[str] = "plan.edit"
    task_id: int
    row_version: int
    reason: str = ""

    def change(self, context: Context) -> Change[Task]:
        task = found(Task, self.task_id)
        take_version(task, self.row_version)
        before = {"state": task.state}
        task.state, task.dropped_reason = Task.State.DROPPED, self.reason.strip()[:200]
        task.save(update_fields=["state", "dropped_reason"])
        change = Change(task)
        change.note(task, before, {"state": task.state, "reason": task.dropped_reason})
        return change
