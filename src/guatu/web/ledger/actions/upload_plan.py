"""A document comes in: a new plan, or a new version of one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.readers import suffixes
from guatu.core.fields.file import File
from guatu.web.base import files, jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.base.reading import check_ending
from guatu.web.ledger.models import Plan, PlanVersion

COMPILE = "ledger.compile"


def next_version(plan: Plan, file: Attachment, context: Context) -> PlanVersion:
    """The version of a plan that a document makes, not yet stored. Raises `NotNow` while another waits."""
    # Two that wait would both be compared with the version that stands, and the second not with the first.
    if plan.versions.filter(state__in=(PlanVersion.State.COMPILING, PlanVersion.State.MERGE)).exists():
        raise NotNow(_("上一次上传的版本还没有处理完,请先完成合并或放弃它。"), field="file")
    last = plan.versions.aggregate(n=Max("number"))["n"] or 0
    return PlanVersion(plan=plan, number=last + 1, file=file, uploaded_by=context.actor.user, uploaded_at=context.at)


@dataclass(frozen=True)
class UploadPlan(RowAction[PlanVersion]):
    """Without a plan a new one is made, named by the file until the compiler has read its title."""

    name: ClassVar[str] = "ledger.upload-plan"
    words = gettext_lazy("上传方案")
    permission: ClassVar[str] = "plan.edit"
    file: UploadedFile | None
    plan_id: int | None = None

    def prepare(self, context: Context) -> None:
        """A file that is not what its ending says is refused at once; the compiler's work on the others is a job's."""
        if self.file is not None:
            files.check_size(self.file)
            check_ending(self.file.read(), self.file.name or "")

    def change(self, context: Context) -> Change[PlanVersion]:
        if self.file is None:
            raise Invalid(_("请选择要上传的方案文件。"), field="file", code="file.missing")
        files.check(self.file, File(endings=suffixes()))
        user = context.actor.user
        plan = found(Plan, self.plan_id) if self.plan_id else self._new_plan(context)
        version = next_version(plan, files.store(self.file, user, context.at), context)
        # The job names the version, which has a number only once it is stored.
        version.save()
        version.job = jobs.enqueue(COMPILE, {"version": version.pk}, user, context.at)
        version.save(update_fields=["job"])
        change = Change(version)
        change.note(version, None, {"plan": plan.pk, "number": version.number, "file": self.file.name})
        return change

    def _new_plan(self, context: Context) -> Plan:
        assert self.file is not None
        title = Path(self.file.name or "").stem[:300] or _("未命名方案")
        return Plan.objects.create(title=title, created_by=context.actor.user, created_at=context.at)
