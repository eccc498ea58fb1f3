"""An application for time is granted or refused, by a post that the pack declares. A granted one is a clock entry."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Denied, Invalid, NotNow
from guatu.web.cases.actions.ask_clock import against
from guatu.web.cases.actions.entries import add_event, case_for, changed, locked, moment, refuse, summarise, written
from guatu.web.cases.applications import deciding_post, pending
from guatu.web.cases.models import Case, CaseEvent


@dataclass(frozen=True)
class DecideClock(RowAction[Case]):
    case_id: int
    seen: int
    asked: int
    grant: bool
    reason: str = ""
    name = "case.decide-clock"
    words = gettext_lazy("决定时限变更")

    def permit(self, context: Context) -> None:
        case_for(context, self.case_id)

    def change(self, context: Context) -> Change[Case]:
        row = case_for(context, self.case_id)
        now = locked(row, self.seen)
        post = deciding_post(context.actor, now)
        if post is None:
            raise Denied(_("时限变更不由您决定。"), code="case.not-reviewer")
        asked = next((event for event in pending(now) if event.pk == self.asked), None)
        if asked is None:
            raise NotNow(_("这项申请已有决定。"), code="case.already-decided")
        if asked.user_id is not None and context.actor.user is not None and asked.user_id == context.actor.user.pk:
            raise Denied(_("申请人不能决定自己的申请。"), code="case.own-application")
        reason = written(self.reason, most=2000)
        if not self.grant and not reason:
            raise Invalid(_("不予同意必须写明原因。"), field="reason", code="case.reason-missing")
        clock = {**(asked.clock or {}), "by": post}
        if self.grant:
            refuse(against(now, asked.step, clock, moment(now, context), (post,)))
        kind = CaseEvent.Kind.CLOCK if self.grant else CaseEvent.Kind.REFUSE
        add_event(now, context, kind, post=post, step=asked.step, reason=reason, clock=clock, asked=asked)
        summarise(now)
        return changed(row, {}, {"decided": clock["kind"], "granted": self.grant})
