"""A grave act is taken back with a reason; it and its withdrawal stay on record."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import NotNow
from guatu.web.dispatch.actions.act_rows import known_act, page_of, withdraw
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Act
from guatu.web.dispatch.selectors.acts import grave


@dataclass(frozen=True)
class WithdrawAct(RowAction[Act]):
    """Where the act wanted a second person its withdrawal does too."""

    name = "dispatch.withdraw-act"
    words = gettext_lazy("撤销重大措施")
    act: int
    seen: int
    reason: str

    def permit(self, context: Context) -> None:
        require(context, "order.edit", known_act(self.act).unit_id)

    def change(self, context: Context) -> Change[Act]:
        act = known_act(self.act, lock=True)
        if act.state != Act.State.TAKEN:
            raise NotNow(_("只有已采取的措施可以撤销,请刷新页面。"), code="act.not-taken")
        reason = cleaned(self.reason, "reason", _("撤销须写明理由。"), 2000)
        take_version(act, self.seen)
        act.withdrawal, act.withdrawn_by = reason, context.actor.user
        if not grave(context.actor.today).get(act.step, False):
            return withdraw(act, context)
        act.state = Act.State.WITHDRAWING
        act.save(update_fields=["state", "withdrawal", "withdrawn_by"])
        tell(context, "act.waiting", None, _("待确认:撤销%(step)s") % {"step": act.label}, reason, page_of(act))
        change = Change(act)
        change.note(act, {"state": Act.State.TAKEN}, {"state": act.state, "reason": reason})
        return change
