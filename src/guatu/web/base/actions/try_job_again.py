"""A job that failed is put into the queue again, with all its tries before it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions.action import Change, Context, RowAction
from guatu.web.base.models import Job
from guatu.web.base.problems import Invalid, NotNow


@dataclass(frozen=True)
class TryJobAgain(RowAction[Job]):
    job: int
    name = "job.try-again"
    words = gettext_lazy("重新执行后台任务")
    permission = "job.edit"

    def change(self, context: Context) -> Change[Job]:
        job = Job.objects.select_for_update().filter(pk=self.job).first()
        if job is None:
            raise Invalid(_("这项后台任务已不存在,请刷新页面。"), code="row.gone")
        if job.state != Job.State.FAILED:
            raise NotNow(_("这项后台任务没有失败,不必重新执行。请刷新页面。"), code="job.not-failed")
        before = {"state": job.state, "attempts": job.attempts, "message": job.reason}
        job.state, job.attempts, job.progress = Job.State.WAITING, 0, 0
        job.message, job.failure, job.holder, job.finished_at = "", "", "", None
        job.save()
        change = Change(job)
        change.note(job, before, {"state": job.state})
        return change
