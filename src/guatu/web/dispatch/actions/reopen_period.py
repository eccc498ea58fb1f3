"""Opens a closed period again: missing reports can be handed in late, accepted ones returned."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.actions.period_rows import CLOSING, known_period, move_reports
from guatu.web.dispatch.actions.seal_period import unseal
from guatu.web.dispatch.models import Period, Report, ReportEvent
from guatu.web.dispatch.selectors.reopening import published_from


@dataclass(frozen=True)
class ReopenPeriod(Action[Period]):
    """Until `closes_on`, and with a reason: what was final is not any more. Only while nothing was published
    from it."""

    name = "dispatch.reopen-period"
    permission = "period.edit"
    words = _("重新开放期次")
    period: int
    closes_on: datetime.date
    reason: str

    def change(self, context: Context) -> Change[Period]:
        period = known_period(self.period, lock=True)
        change = Change(period)
        if period.state == Period.State.OPEN:
            return change
        reason = given_reason(self.reason)
        if self.closes_on < context.actor.today:
            raise Invalid(_("关闭日期不能早于今天。"), field="closes_on")
        refuse_published(period)
        reopen(period, self.closes_on, reason, context, change)
        lights_later(period, None, context)
        return change

    def recall(self, answer: Any) -> Period:
        return known_period(answer)


def given_reason(text: str) -> str:
    reason = text.replace("\0", "").strip()[:500]
    if not reason:
        raise Invalid(_("请写明重新开放的原因。"), field="reason")
    return reason


def refuse_published(period: Period) -> None:
    """Raises `NotNow` naming what was published from the period since it was closed."""
    found = published_from(period)
    if found:
        said = _("根据本期已发出:%(what)s。本期不能重新开放;督办单可先撤回,其余更正请在下一期说明。")
        raise NotNow(said % {"what": joined(found)}, code="period.published", data={"published": found})


def reopen(period: Period, closes_on: datetime.date | None, reason: str, context: Context, change: Change[Any]) -> None:
    """Takes closing back: reports that it locked are accepted again. The row is locked; lights are for the caller."""
    before = {"state": period.state, "closes_on": period.closes_on and period.closes_on.isoformat()}
    count = move_reports(period, Report.State.LOCKED, Report.State.ACCEPTED, ReportEvent.Verb.REOPENED, context)
    period.state, period.closed_on, period.closes_on = Period.State.OPEN, None, closes_on
    period.closed_at, period.closed_run = None, ""
    unseal(period)
    period.save(update_fields=[*CLOSING, "closes_on"])
    day = closes_on.isoformat() if closes_on else None
    change.note(period, before, {"state": period.state, "closes_on": day, "unlocked": count, "reason": reason})
