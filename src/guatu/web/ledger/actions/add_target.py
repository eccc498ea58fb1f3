"""A target that the compiler did not see is added to a task by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.ledger.actions.rows import target_values
from guatu.web.ledger.actions.target_values import put
from guatu.web.ledger.models import Target, Task


@dataclass(frozen=True)
class AddTarget(RowAction[Target]):
    name: ClassVar[str] = "ledger.add-target"
    words = gettext_lazy("增加指标")
    permission: ClassVar[str] = "plan.edit"
    task_id: int
    values: Mapping[str, Any] = field(default_factory=dict)

    def change(self, context: Context) -> Change[Target]:
        task = found(Task, self.task_id)
        target = Target(
            plan_id=task.plan_id, task=task, version_id=task.version_id, op="=", due=task.due, corrected=True
        )
        put(target, {"metric": "", "value": None, **self.values, "task_id": task.pk})
        target.save()
        change = Change(target)
        change.note(target, None, target_values(target))
        return change
