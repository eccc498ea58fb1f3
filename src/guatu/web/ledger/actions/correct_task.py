"""A person corrects a task: title, time, field of work, who has it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.ledger.actions.duties import DutyInput, sync_duties
from guatu.web.ledger.actions.rows import differing, task_values
from guatu.web.ledger.models import Task

YEARS = range(1990, 2101)


@dataclass(frozen=True)
class CorrectTask(RowAction[Task]):
    """`duties` None leaves the duties as they are."""

    name: ClassVar[str] = "ledger.correct-task"
    words = gettext_lazy("更正任务")
    permission: ClassVar[str] = "plan.edit"
    task_id: int
    row_version: int
    title: str
    due: datetime.date | None = None
    domain: str = ""
    waiver: str = ""
    duties: tuple[DutyInput, ...] | None = None

    def change(self, context: Context) -> Change[Task]:
        title = checked_title(self.title)
        checked_day(self.due, "due")
        task = found(Task, self.task_id)
        take_version(task, self.row_version)
        before = task_values(task)
        task.title, task.due, task.domain = title, self.due, self.domain.strip()[:120]
        task.waiver = self.waiver.strip()[:200]
        if self.duties is not None:
            sync_duties(task, self.duties)
        after = task_values(task)
        old, new = differing(before, after)
        task.corrected = task.corrected or bool(new)
        task.save(update_fields=["title", "due", "domain", "waiver", "corrected"])
        change = Change(task)
        if new:
            change.note(task, old, new)
        return change


def checked_title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Invalid(_("请填写任务名称。"), field="title")
    if len(title) > 300:
        raise Invalid(_("任务名称最多 300 个字,现有 %(n)d 个。") % {"n": len(title)}, field="title")
    return title


def checked_day(value: datetime.date | None, field: str) -> None:
    if value is not None and value.year not in YEARS:
        raise Invalid(_("年份 %(year)d 不合理,请核对。") % {"year": value.year}, field=field)
