"""Whoever handles a case applies for more time, for a suspension, or against a lateness that was not theirs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.cases.case import ClockEntry
from guatu.core.cases.case_clocks import admit_clock
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.cases.actions.entries import add_event, case_for, changed, locked, moment, refuse, written
from guatu.web.cases.applications import pending, reviewers
from guatu.web.cases.history import Standing, county, event_of
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.cases.posts import posts_of

KINDS = ("extend", "suspend", "appeal-granted")
MOST_AMOUNT = 10_000


@dataclass(frozen=True)
class AskClock(RowAction[Case]):
    """`amount` is in the unit of the step's limit, for an extension; `until` ends a suspension."""

    case_id: int
    seen: int
    step: str
    kind: str
    reason: str
    amount: float = 0
    until: datetime.datetime | None = None
    name = "case.ask-clock"
    words = gettext_lazy("申请时限变更")

    def permit(self, context: Context) -> None:
        case_for(context, self.case_id)

    def change(self, context: Context) -> Change[Case]:
        row = case_for(context, self.case_id)
        now = locked(row, self.seen)
        node = now.engine.flow.by_id.get(self.step)
        held = posts_of(context.actor, row, set(node.roles)) if node else []
        if not held:
            raise Denied(_("只有办理这一环节的人可以申请。"), code="case.not-your-step")
        reason = written(self.reason, most=2000)
        if not reason:
            raise Invalid(_("请写明原因。"), field="reason", code="case.reason-missing")
        if pending(now, self.step):
            raise NotNow(_("已有一项申请等待决定。"), code="case.already-asked")
        clock = self._clock()
        refuse(against(now, self.step, clock, moment(now, context), reviewers(now)[:1]))
        add_event(now, context, CaseEvent.Kind.ASK, post=held[0], step=self.step, reason=reason, clock=clock)
        return changed(row, {}, {"asked": self.kind, "step": self.step})

    def _clock(self) -> dict[str, Any]:
        if self.kind not in KINDS:
            raise Invalid(_("请选择申请的事项。"), field="kind", code="case.no-clock-kind")
        if self.kind == "extend" and not 0 < self.amount <= MOST_AMOUNT:
            raise Invalid(_("请填写要延长多少,应大于 0。"), field="amount", code="case.no-amount")
        if self.kind == "suspend" and self.until is None:
            raise Invalid(_("请填写挂起到哪一天。"), field="until", code="case.no-until")
        return {
            "kind": self.kind,
            "amount": self.amount if self.kind == "extend" else 0,
            "until": self.until.isoformat() if self.kind == "suspend" and self.until else None,
        }


def against(now: Standing, step: str, clock: dict[str, Any], at: datetime.datetime, by: tuple[str, ...]) -> list[Any]:
    """What stands against the clock entry at a time, decided by the first of `by`."""
    event = event_of({**clock, "by": by[0] if by else ""}, at)
    entry = ClockEntry(at=at, actor="", step=step, event=event)
    limits, rules = now.terms.limit_rows, now.terms.rules
    return admit_clock(now.engine.flow, now.case, now.state, entry, limits, rules, now.work, county())
