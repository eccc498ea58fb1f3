"""A draft that nobody confirmed is deleted: one that could not be read, or was uploaded twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import NotNow
from guatu.web.ledger.models import Plan


@dataclass(frozen=True)
class DeleteDraft(Action[str]):
    """The answer is what the plan was called. Its file stays under its hash, the line of the trail says what it was."""

    name: ClassVar[str] = "ledger.delete-draft"
    words = gettext_lazy("删除方案草稿")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    seen: int

    def change(self, context: Context) -> Change[str]:
        plan = take_version(found(Plan, self.plan_id), self.seen)
        if plan.state != Plan.State.DRAFT:
            raise NotNow(_("只有没有确认过的草稿能删除;这份方案是“%(state)s”。") % {"state": plan.get_state_display()})
        title, tasks = plan.title, plan.tasks.count()
        change = Change(title)
        change.note(plan, {"title": title, "doc_no": plan.doc_no, "tasks": tasks}, None)
        try:
            # Rows first: they hold on to their version, which would hold on to the plan.
            plan.targets.all().delete()
            plan.tasks.all().delete()
            plan.versions.all().delete()
            Plan.objects.filter(pk=plan.pk).delete()  # the row itself keeps its number for the audit line
        except ProtectedError as error:
            raise NotNow(_("这份草稿已经有填报或督办记录,不能删除。")) from error
        return change

    def answer(self, result: str) -> Any:
        return result

    def recall(self, answer: Any) -> str:
        return str(answer)
