"""What a file comes to has been seen; its rows are taken in, in the background."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import Attachment, Job
from guatu.web.base.problems import Denied
from guatu.web.intake.actions.upload_file import CHECK

TAKE = "intake.take"


@dataclass(frozen=True)
class TakeFile(RowAction[Job]):
    checked: int
    """The job that looked at the file."""
    name = "intake.take-file"
    words = _("导入案件文件")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Job]:
        user = context.actor.user
        job = Job.objects.filter(pk=self.checked, kind=CHECK, created_by=user).first()
        if job is None or job.state != Job.State.DONE:
            raise Denied(_("没有这个文件,或者它还没有检查完。"), code="intake.not-checked")
        made = jobs.enqueue(TAKE, job.payload, user, context.at)
        change = Change(made)
        stored = Attachment.objects.get(pk=job.payload["attachment"])
        change.note(stored, None, {"rows": job.outcome["new"], "job": made.pk})
        return change
