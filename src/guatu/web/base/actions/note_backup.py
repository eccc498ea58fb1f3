"""A backup was made, or the county came out of one: whoever holds the file has read everything, so a line says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Action, Change, Context
from guatu.web.base.models import Job
from guatu.web.base.problems import Denied


@dataclass(frozen=True)
class NoteBackup(Action[Job]):
    """The work done is kept as a job that has ended; `said` tells of file, digest and counts."""

    said: dict[str, Any]

    name = "base.back-up"
    words = gettext_lazy("备份")
    kind: ClassVar[str] = "backup"

    def permit(self, context: Context) -> None:
        if context.request_id or context.actor.user is not None:  # every request from outside has a number
            raise Denied(_("只能在服务器的命令行上备份和恢复。"))

    def change(self, context: Context) -> Change[Job]:
        job = Job.objects.create(
            kind=self.kind,
            state=Job.State.DONE,
            progress=100,
            result=self.said,
            created_at=context.at,
            finished_at=context.at,
        )
        change = Change(job)
        change.note(job, None, self.said)
        return change


@dataclass(frozen=True)
class NoteRestore(NoteBackup):
    name = "base.restore"
    words = gettext_lazy("从备份恢复")
    kind: ClassVar[str] = "restore"
