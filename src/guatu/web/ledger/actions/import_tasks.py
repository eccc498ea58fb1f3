"""A spreadsheet of tasks comes in, for a plan that is there or for a new one; its rows are read in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.readers import ReadError
from guatu.web.base import files, jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.models import Job
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.base.reading import not_read
from guatu.web.ledger.models import Plan
from guatu.web.ledger.sheet_heads import head_of
from guatu.web.ledger.sheets import read_sheet

IMPORT = "ledger.import"


@dataclass(frozen=True)
class ImportTasks(RowAction[Job]):
    """What is wrong with the file as a whole is said at once; what is wrong in its rows, by the job."""

    name: ClassVar[str] = "ledger.upload-tasks"
    words = gettext_lazy("上传任务表")
    permission: ClassVar[str] = "plan.edit"
    file: UploadedFile | None
    plan_id: int | None = None
    title: str = ""

    def prepare(self, context: Context) -> None:
        file = self._given()
        files.check_size(file)
        _check(file.read(), file.name or "")

    def _given(self) -> UploadedFile:
        if self.file is None:
            raise Invalid(_("请选择要导入的表格。"), field="file", code="file.missing")
        return self.file

    def change(self, context: Context) -> Change[Job]:
        user = context.actor.user
        plan = found(Plan, self.plan_id) if self.plan_id else self._new_plan(context)
        if plan.state == Plan.State.CLOSED:
            raise NotNow(_("方案已办结,不能再导入任务。"), field="plan")
        stored = files.store(self._given(), user, context.at)
        job = jobs.enqueue(IMPORT, {"file": stored.pk, "plan": plan.pk}, user, context.at)
        change = Change(job)
        change.note(plan, None, {"file": stored.name, "job": job.pk})
        return change

    def _new_plan(self, context: Context) -> Plan:
        title = " ".join(self.title.split())[:300]
        if not title:
            raise Invalid(_("请选择方案,或填写新方案的名称。"), field="title")
        return Plan.objects.create(title=title, created_by=context.actor.user, created_at=context.at)


def _check(data: bytes, name: str) -> None:
    try:
        sheet = read_sheet(data, name)
    except ReadError as error:
        raise not_read(error) from error
    if head_of(sheet) is None:
        message = _("表格里找不到“任务”这一列。请下载模板,把内容填到模板的各列。")
        raise Invalid(message, field="file", code="import.head-missing")
