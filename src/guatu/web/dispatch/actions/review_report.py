"""A reviewer accepts a report or returns it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.dispatch.models import Report, ReportEvent
from guatu.web.dispatch.selectors.duties import may_review
from guatu.web.ledger.models import Task


@dataclass(frozen=True)
class ReviewReport(Action[Report]):
    name: ClassVar[str] = "dispatch.review-report"
    report: int
    seen: int
    accept: bool
    reason: str = ""

    def permit(self, context: Context) -> None:
        report = Report.objects.select_related("task").get(pk=self.report)
        if not may_review(context.actor, report.task, report.unit_id):
            raise Denied(_("这份填报不由您审核。"))

    def change(self, context: Context) -> Change[Report]:
        report = Report.objects.select_related("task").get(pk=self.report)
        if report.state != Report.State.SUBMITTED:
            raise NotNow(_("这份填报不在待审核状态,可能已被他人处理。"))
        if not self.accept and not self.reason.strip():
            raise Invalid(_("退回时请写明原因,填报单位才知道怎么改。"), field="reason")
        take_version(report, self.seen)
        report.state = Report.State.ACCEPTED if self.accept else Report.State.RETURNED
        report.save(update_fields=["state"])
        verb = ReportEvent.Verb.ACCEPTED if self.accept else ReportEvent.Verb.RETURNED
        ReportEvent.objects.create(report=report, at=context.at, user=context.actor.user, verb=verb, reason=self.reason)
        if self.accept and report.done:
            Task.objects.filter(pk=report.task_id, state=Task.State.OPEN).update(state=Task.State.DONE)
        change = Change(report)
        change.note(report, {"state": Report.State.SUBMITTED}, {"state": report.state, "reason": self.reason})
        return change

    def recall(self, answer: Any) -> Report:
        return Report.objects.get(pk=answer)
