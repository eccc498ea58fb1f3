"""A task is explicitly left without a unit, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.ledger.models import Task


@dataclass(frozen=True)
class WaiveUnit(RowAction[Task]):
    name: ClassVar[str] = "ledger.waive-unit"
    words = gettext_lazy("免去单位填报")
    permission: ClassVar[str] = "plan.edit"
    task_id: int
    row_version: int
    reason: str

    def change(self, context: Context) -> Change[Task]:
        reason = " ".join(self.reason.split())[:200]
        if not reason:
            raise Invalid(_("请写明为什么这项任务不需要责任单位。"), field="reason")
        task = found(Task, self.task_id)
        take_version(task, self.row_version)
        before, task.waiver = {"waiver": task.waiver}, reason
        task.save(update_fields=["waiver"])
        change = Change(task)
        change.note(task, before, {"waiver": reason})
        return change
