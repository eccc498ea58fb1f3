"""A photo or a file is added to a report; it is stored at once, whatever becomes of the rest of the form."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.files import store_evidence
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.reports import known_report, writable
from guatu.web.dispatch.models import Evidence

MOST = 30


@dataclass(frozen=True)
class AddEvidence(RowAction[Evidence]):
    """The same bytes twice on one report are one piece of evidence, which says that it was there."""

    name = "dispatch.add-evidence"
    words = _("添加佐证材料")
    report: int
    file: UploadedFile
    caption: str = ""

    def permit(self, context: Context) -> None:
        require(context, "report.write", known_report(self.report).unit_id)

    def change(self, context: Context) -> Change[Evidence]:
        report = known_report(self.report, lock=True)
        writable(report)
        if report.evidence.count() >= MOST:
            raise Invalid(_("一份填报最多 %(n)d 个附件,请先删去不需要的。") % {"n": MOST}, field="files")
        stored = store_evidence(self.file, context.actor.user, context.at, "files")
        same = Evidence.objects.select_related("file").filter(report=report, file__sha256=stored.sha256).first()
        if same is not None:
            stored.delete()
            same.repeated = True
            return Change(same)
        evidence = Evidence.objects.create(report=report, file=stored, caption=self.caption.strip()[:200])
        change = Change(evidence)
        change.note(report, None, {"file": stored.name, "sha256": stored.sha256, "size": stored.size})
        return change
