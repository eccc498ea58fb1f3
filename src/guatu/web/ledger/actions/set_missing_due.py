"""One day for all tasks and tracked targets of a plan that have no time limit: the plan as a whole has one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.ledger.actions.correct_task import checked_day
from guatu.web.ledger.actions.rows import day
from guatu.web.ledger.models import Plan, Task


@dataclass(frozen=True)
class SetMissingDue(RowAction[Plan]):
    name: ClassVar[str] = "ledger.set-missing-due"
    words = gettext_lazy("填写缺失的时限")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    due: datetime.date | None

    def change(self, context: Context) -> Change[Plan]:
        if self.due is None:
            raise Invalid(_("请填写日期。"), field="due")
        checked_day(self.due, "due")
        plan = found(Plan, self.plan_id)
        # A target of a task that has a time limit takes the task's, not the plan's.
        for target in plan.targets.filter(due=None, dropped=False, task__due__isnull=False).select_related("task"):
            target.due = target.task.due if target.task else None
            target.row_version += 1
            target.save(update_fields=["due", "row_version"])
        tasks = plan.tasks.filter(due=None).exclude(state=Task.State.DROPPED)
        targets = plan.targets.filter(due=None, dropped=False)
        change = Change(plan)
        # Noted first: once they have a day, these querysets find them no more.
        for row in (*tasks, *targets):
            change.note(row, {"due": None}, {"due": day(self.due)})
        raised = {"due": self.due, "row_version": F("row_version") + 1}
        tasks.update(**raised)
        targets.update(**raised)
        return change
