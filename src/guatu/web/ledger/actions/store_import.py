"""Rows of a spreadsheet become proposed tasks of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.ledger.actions.rows import make_tasks
from guatu.web.ledger.merging import standing_version
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.proposals import ImportedTask


@dataclass(frozen=True)
class StoreImport(RowAction[Plan]):
    name: ClassVar[str] = "ledger.import-tasks"
    words = gettext_lazy("导入任务")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    file_id: int
    tasks: tuple[ImportedTask, ...]

    def change(self, context: Context) -> Change[Plan]:
        plan = found(Plan, self.plan_id)
        version = standing_version(plan) or self._version(plan, context)
        last = plan.tasks.aggregate(n=Max("order"))["n"]
        first = 0 if last is None else last + 1
        tasks = make_tasks([row.task for row in self.tasks], plan, version, first)
        change = Change(plan)
        change.note(plan, None, {"tasks": len(tasks), "file": self.file_id})
        for task in tasks:
            change.note(task, None, {"title": task.title})
        return change

    def _version(self, plan: Plan, context: Context) -> PlanVersion:
        """A plan of which only the ledger is known stands on the spreadsheet itself."""
        return PlanVersion.objects.create(
            plan=plan,
            number=(plan.versions.aggregate(n=Max("number"))["n"] or 0) + 1,
            file_id=self.file_id,
            state=PlanVersion.State.REVIEW,
            format="xlsx",
            uploaded_by=context.actor.user,
            uploaded_at=context.at,
        )
