"""A task that the compiler did not see is added by a person, from words of the plan or of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.ledger.actions.correct_task import checked_title
from guatu.web.ledger.actions.rows import task_values
from guatu.web.ledger.models import PlanVersion, Task


@dataclass(frozen=True)
class AddTask(RowAction[Task]):
    """`start` and `end` are the place of its words in the version's text; equal where there is none."""

    name: ClassVar[str] = "ledger.add-task"
    words = gettext_lazy("增加任务")
    permission: ClassVar[str] = "plan.edit"
    version_id: int
    title: str
    start: int = 0
    end: int = 0

    def change(self, context: Context) -> Change[Task]:
        version = found(PlanVersion, self.version_id)
        end = min(max(self.start, self.end), len(version.text))
        start = min(self.start, end)
        # What is marked in the text stands behind the task whose text it follows, and belongs to the same field and
        # annex.
        before = (
            version.plan.tasks.filter(start__lte=start).order_by("-start", "-order").first() if end > start else None
        )
        order = before.order if before else (version.plan.tasks.aggregate(n=Max("order"))["n"] or 0) + 1
        task = Task.objects.create(
            plan=version.plan,
            version=version,
            title=checked_title(self.title),
            content=version.text[start:end].strip(),
            domain=before.domain if before else "",
            annex=before.annex if before else "",
            start=start,
            end=end,
            order=order,
            corrected=True,
        )
        change = Change(task)
        change.note(task, None, task_values(task))
        return change
