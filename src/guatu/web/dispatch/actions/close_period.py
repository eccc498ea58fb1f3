"""Closes a period: accepted reports are locked, what is missing stays on record as missing, and all is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.dispatch.actions.period_rows import CLOSING, known_period, move_reports
from guatu.web.dispatch.actions.seal_period import seal
from guatu.web.dispatch.models import Period, Report, ReportEvent


@dataclass(frozen=True)
class ClosePeriod(Action[Period]):
    name = "dispatch.close-period"
    permission = "period.edit"
    words = gettext_lazy("关闭期次")
    period: int
    run: str = ""
    """The hourly run that closes it; what one run closed can be opened again together (`ReopenRun`)."""

    def change(self, context: Context) -> Change[Period]:
        period = known_period(self.period, lock=True)
        change = Change(period)
        if period.state == Period.State.CLOSED:
            return change
        count = move_reports(period, Report.State.ACCEPTED, Report.State.LOCKED, ReportEvent.Verb.LOCKED, context)
        period.state, period.closed_on = Period.State.CLOSED, context.actor.today
        period.closed_at, period.closed_run = context.at, self.run
        period.save(update_fields=CLOSING)
        made = seal(period, context)
        after = {"state": period.state, "locked": count, "digest": made.digest}
        change.note(period, {"state": Period.State.OPEN}, after)
        return change

    def recall(self, answer: Any) -> Period:
        return known_period(answer)
