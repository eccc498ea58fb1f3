"""Closes a period: accepted reports are locked, what is missing stays on record as missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.dispatch.models import Period, Report, ReportEvent


@dataclass(frozen=True)
class ClosePeriod(Action[Period]):
    name: ClassVar[str] = "dispatch.close-period"
    period: int

    def permit(self, context: Context) -> None:
        require(context, "period.edit")

    def change(self, context: Context) -> Change[Period]:
        period = Period.objects.select_for_update().get(pk=self.period)
        change = Change(period)
        if period.state == Period.State.CLOSED:
            return change
        accepted = Report.objects.filter(period=period, state=Report.State.ACCEPTED)
        ReportEvent.objects.bulk_create(
            ReportEvent(report=report, at=context.at, user=context.actor.user, verb=ReportEvent.Verb.LOCKED)
            for report in accepted
        )
        accepted.update(state=Report.State.LOCKED)
        period.state = Period.State.CLOSED
        period.save(update_fields=["state"])
        change.note(period, {"state": Period.State.OPEN}, {"state": period.state})
        return change
