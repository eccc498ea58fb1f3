"""Opens a closed period again: missing reports can be handed in late, accepted ones returned."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid
from guatu.web.dispatch.actions.period_rows import known_period, move_reports
from guatu.web.dispatch.models import Period, Report, ReportEvent


@dataclass(frozen=True)
class ReopenPeriod(Action[Period]):
    """Until `closes_on`, and with a reason: what was final is not any more."""

    name: ClassVar[str] = "dispatch.reopen-period"
    words = gettext_lazy("重新开放期次")
    period: int
    closes_on: datetime.date
    reason: str

    def permit(self, context: Context) -> None:
        require(context, "period.edit")

    def change(self, context: Context) -> Change[Period]:
        period = known_period(self.period, lock=True)
        change = Change(period)
        if period.state == Period.State.OPEN:
            return change
        if not self.reason.strip():
            raise Invalid(_("请写明重新开放的原因。"), field="reason")
        if self.closes_on < context.actor.today:
            raise Invalid(_("关闭日期不能早于今天。"), field="closes_on")
        before = {"state": period.state, "closes_on": period.closes_on and period.closes_on.isoformat()}
        move_reports(period, Report.State.LOCKED, Report.State.ACCEPTED, ReportEvent.Verb.REOPENED, context)
        period.state, period.closed_on, period.closes_on = Period.State.OPEN, None, self.closes_on
        period.save(update_fields=["state", "closed_on", "closes_on"])
        after = {"state": period.state, "closes_on": self.closes_on.isoformat(), "reason": self.reason.strip()[:500]}
        change.note(period, before, after)
        return change

    def recall(self, answer: Any) -> Period:
        return known_period(answer)
