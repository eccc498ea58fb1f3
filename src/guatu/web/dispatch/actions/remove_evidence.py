"""A piece of evidence is taken off a report that has not been handed in; the stored file and the audit line stay."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import standing
from guatu.web.dispatch.actions.reports import known_report, writable
from guatu.web.dispatch.models import Evidence, Report


@dataclass(frozen=True)
class RemoveEvidence(RowAction[Report]):
    name = "dispatch.remove-evidence"
    words = gettext_lazy("删除佐证材料")
    report: int
    evidence: int

    def permit(self, context: Context) -> None:
        require(context, "report.write", known_report(self.report).unit_id)

    def change(self, context: Context) -> Change[Report]:
        report = known_report(self.report, lock=True)
        writable(report)
        evidence = standing(
            Evidence.objects.select_related("file").filter(pk=self.evidence, report=report).first(),
            _("这个附件已不在这份填报中,请刷新页面。"),
        )
        change = Change(report)
        change.note(report, {"file": evidence.file.name, "sha256": evidence.file.sha256}, None)
        evidence.delete()
        return change
