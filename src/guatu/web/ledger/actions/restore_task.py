"""A dropped task comes back: to be confirmed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.ledger.models import Task


@dataclass(frozen=True)
class RestoreTask(RowAction[Task]):
    name: ClassVar[str] = "ledger.restore-task"
    words = gettext_lazy("恢复任务")
    permission: ClassVar[str] = "plan.edit"
    task_id: int
    row_version: int

    def change(self, context: Context) -> Change[Task]:
        task = found(Task, self.task_id, state=Task.State.DROPPED)
        take_version(task, self.row_version)
        before = {"state": task.state, "reason": task.dropped_reason}
        # Not open: the plan may have changed since, so that it is confirmed again like any other proposal.
        task.state, task.dropped_reason = Task.State.PROPOSED, ""
        task.save(update_fields=["state", "dropped_reason"])
        change = Change(task)
        change.note(task, before, {"state": task.state})
        return change
