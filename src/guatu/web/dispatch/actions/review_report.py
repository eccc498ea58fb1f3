"""A reviewer accepts a report, passes it to the next level, or returns it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.actions.reports import known_report
from guatu.web.dispatch.models import Period, Report, ReportEvent
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.dispatch.selectors.reviewing import Reviewing
from guatu.web.ledger.models import Task

_REASON = 2000


@dataclass(frozen=True)
class ReviewReport(RowAction[Report]):
    """The supervision office may also return what was accepted, as long as the period is open."""

    name = "dispatch.review-report"
    words = _("审核填报")
    report: int
    seen: int
    accept: bool
    reason: str = ""

    def permit(self, context: Context) -> None:
        report = known_report(self.report)
        require_reviewer(report, Reviewing([report.task_id], context.actor))

    def change(self, context: Context) -> Change[Report]:
        report = known_report(self.report, lock=True)
        reason = self.reason.replace("\0", "").strip()[:_REASON]
        self._check(report, context, reason)
        take_version(report, self.seen)
        change = Change(report)
        before = {"state": report.state, "level": report.level}
        verb = accept(report, Reviewing([report.task_id], context.actor)) if self.accept else _return(report)
        report.save(update_fields=["state", "level"])
        if verb == ReportEvent.Verb.ACCEPTED and report.done:
            close_task(report, change)
        ReportEvent.objects.create(report=report, at=context.at, user=context.actor.user, verb=verb, reason=reason)
        change.note(report, before, {"state": report.state, "level": report.level, "reason": reason})
        lights_later(report.period, [report.task_id], context)
        return change

    def _check(self, report: Report, context: Context, reason: str) -> None:
        supervision = "supervision" in context.actor.roles
        again = supervision and not self.accept and report.state == Report.State.ACCEPTED
        if not again:
            require_waiting(report)
        if self.accept:
            return
        if not reason:
            raise Invalid(_("退回时请写明原因,填报单位才知道怎么改。"), field="reason")
        if report.period.state == Period.State.CLOSED:
            raise NotNow(_("本期已关闭,退回后单位无法修改。请先重新开放本期。"), code="period.closed")


def require_reviewer(report: Report, reviewing: Reviewing) -> None:
    if not reviewing.may_review(report):
        raise Denied(_("这份填报不由您审核。"))


def require_waiting(report: Report) -> None:
    if report.state != Report.State.SUBMITTED:
        raise NotNow(_("这份填报不在待审核状态,可能已被他人处理。"), code="report.not-waiting")


def accept(report: Report, reviewing: Reviewing) -> str:
    """Puts a report, not yet saved, one level on; what happened to it."""
    last = reviewing.is_last(report)
    report.level += 1
    if not last:
        return ReportEvent.Verb.PASSED
    closed = report.period.state == Period.State.CLOSED
    report.state = Report.State.LOCKED if closed else Report.State.ACCEPTED
    return ReportEvent.Verb.ACCEPTED


def _return(report: Report) -> str:
    if report.done and report.state == Report.State.ACCEPTED:
        # What was closed by this report is not closed any more.
        Task.objects.filter(pk=report.task_id, state=Task.State.DONE).update(
            state=Task.State.OPEN, row_version=F("row_version") + 1
        )
    report.state, report.level = Report.State.RETURNED, 0
    return ReportEvent.Verb.RETURNED


def close_task(report: Report, change: Change[Any]) -> None:
    """The task is closed when the closing of every unit that reports on it has been accepted."""
    units = set(reporting_units([report.task_id]).get(report.task_id, [])) - {report.unit_id}
    accepted = Report.objects.filter(
        task=report.task_id, unit__in=units, done=True, state__in=(Report.State.ACCEPTED, Report.State.LOCKED)
    )
    if units - set(accepted.values_list("unit_id", flat=True)):
        return
    closed = Task.objects.filter(pk=report.task_id, state=Task.State.OPEN).update(
        state=Task.State.DONE, row_version=F("row_version") + 1
    )
    if closed:
        change.note(report.task, {"state": Task.State.OPEN}, {"state": Task.State.DONE})
