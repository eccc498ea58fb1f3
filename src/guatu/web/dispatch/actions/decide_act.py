"""A second person confirms a grave act, or its withdrawal, or refuses it with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import NotNow
from guatu.web.dispatch.actions.act_rows import known_act, page_of, somebody_else, take, withdraw
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.actions.take_step import due_step
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Act


@dataclass(frozen=True)
class DecideAct(RowAction[Act]):
    """Confirmed only while the ladder still asks for it: an appeal that came in between halts it."""

    name = "dispatch.decide-act"
    words = gettext_lazy("确认重大措施")
    act: int
    seen: int
    agree: bool
    reason: str = ""

    def permit(self, context: Context) -> None:
        act = known_act(self.act)
        require(context, "act.confirm", act.unit_id)
        somebody_else(context, act.proposed_by_id if act.state == Act.State.PROPOSED else act.withdrawn_by_id)

    def change(self, context: Context) -> Change[Act]:
        act = known_act(self.act, lock=True)
        if act.state not in (Act.State.PROPOSED, Act.State.WITHDRAWING):
            raise NotNow(_("这项措施没有待确认的事项,请刷新页面。"), code="act.decided")
        reason = cleaned(self.reason, "reason", "" if self.agree else _("请写明不予确认的理由。"), 2000)
        take_version(act, self.seen)
        if not self.agree:
            return self._refused(act, reason, context)
        if act.state == Act.State.WITHDRAWING:
            return withdraw(act, context)
        due_step(act.period_id, act.task_id, act.unit_id, act.step, context.actor.today)
        return take(act, context)

    def _refused(self, act: Act, reason: str, context: Context) -> Change[Act]:
        before = act.state
        if before == Act.State.PROPOSED:
            act.state, act.decided_by, act.decided_at = Act.State.REFUSED, context.actor.user, context.at
        else:
            act.state = Act.State.TAKEN
        act.refusal = reason
        act.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
        tell(context, "act.refused", None, _("未获确认:%(step)s") % {"step": act.label}, reason, page_of(act))
        change = Change(act)
        change.note(act, {"state": before}, {"state": act.state, "refusal": reason})
        return change
