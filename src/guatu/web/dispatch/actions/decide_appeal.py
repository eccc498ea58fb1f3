"""The supervision office answers an appeal; upheld, the light counts no further on the ladder and stays on record."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Denied, Invalid, NotNow, standing
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Appeal

LONGEST = 2000


@dataclass(frozen=True)
class DecideAppeal(RowAction[Appeal]):
    name = "dispatch.decide-appeal"
    words = gettext_lazy("处理申诉")
    appeal: int
    seen: int
    upheld: bool
    decision: str

    def permit(self, context: Context) -> None:
        require(context, "appeal.decide")
        made_by = Appeal.objects.filter(pk=self.appeal).values_list("made_by_id", flat=True).first()
        if made_by is not None and context.actor.user is not None and made_by == context.actor.user.pk:
            raise Denied(_("自己提出的申诉须由他人处理。"))

    def change(self, context: Context) -> Change[Appeal]:
        appeal = standing(Appeal.objects.filter(pk=self.appeal).first(), _("这份申诉已不存在,请刷新页面。"))
        if appeal.state != Appeal.State.OPEN:
            raise NotNow(_("这份申诉已经处理。"), code="appeal.decided")
        decision = self.decision.replace("\0", "").strip()
        if not decision or len(decision) > LONGEST:
            raise Invalid(_("请写明处理意见,不超过 %(n)d 字。") % {"n": LONGEST}, field="decision")
        take_version(appeal, self.seen)
        appeal.state = Appeal.State.UPHELD if self.upheld else Appeal.State.REJECTED
        appeal.decision, appeal.decided_by, appeal.decided_at = decision, context.actor.user, context.at
        appeal.save(update_fields=["state", "decision", "decided_by", "decided_at"])
        light = appeal.light
        words = {"task": light.task.title, "answer": appeal.get_state_display()}
        title = _("对“%(task)s”亮灯的申诉:%(answer)s") % words
        tell(context, "appeal.answered", light.unit_id, title, decision, reverse("light_detail", args=[light.pk]))
        change = Change(appeal)
        change.note(appeal, {"state": Appeal.State.OPEN}, {"state": appeal.state, "decision": decision})
        return change
