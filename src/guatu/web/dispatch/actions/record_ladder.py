"""A step of the ladder of supervision is taken, stopped or gone on with, and stands on record."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.models import Unit
from guatu.web.dispatch.actions.milestone_rights import known_task
from guatu.web.dispatch.models import LadderEvent
from guatu.web.dispatch.selectors.acts import grave
from guatu.web.dispatch.selectors.ladder import ladder

BY_HAND = (LadderEvent.Kind.STEP, LadderEvent.Kind.STOP, LadderEvent.Kind.GO_ON, LadderEvent.Kind.SETTLED)


@dataclass(frozen=True)
class RecordLadder(RowAction[LadderEvent]):
    """Steps, stops, going on and settlement are recorded by hand; appeals come from the lights they are made
    against."""

    name = "dispatch.record-ladder"
    words = _("记录督查措施")
    task: int
    unit: int
    kind: str
    step: str = ""
    reason: str = ""
    until: datetime.date | None = None

    def permit(self, context: Context) -> None:
        require(context, "order.edit", self.unit)

    def change(self, context: Context) -> Change[LadderEvent]:
        task = known_task(self.task)
        self._check(context)
        event = LadderEvent.objects.create(
            task=task,
            unit_id=self.unit,
            kind=self.kind,
            on=context.actor.today,
            step=self.step if self.kind == LadderEvent.Kind.STEP else "",
            until=self.until,
            reason=self.reason.replace("\0", "").strip(),
            at=context.at,
            user=context.actor.user,
        )
        change = Change(event)
        change.note(event, None, {"task": task.pk, "unit": self.unit, "kind": self.kind, "step": event.step})
        return change

    def _check(self, context: Context) -> None:
        if self.kind not in BY_HAND:
            raise Invalid(_("请选择措施、中止、恢复或了结。"), field="kind")
        if not Unit.objects.filter(pk=self.unit).exists():
            raise Invalid(_("所选单位不在机构目录中,请刷新页面后重新选择。"), field="unit")
        steps = {step.id for step in ladder(context.actor.today)}
        if self.kind == LadderEvent.Kind.STEP and self.step not in steps:
            raise Invalid(_("督查阶梯里没有这一步,请重新选择。"), field="step")
        if self.kind == LadderEvent.Kind.STEP and self.step in grave(context.actor.today):
            raise NotNow(_("这是重大措施,须在措施页面核对事实后逐项提出。"), code="step.grave")
        if self.kind == LadderEvent.Kind.STOP and not self.reason.strip():
            raise Invalid(_("中止须写明理由。"), field="reason")
        if self.until and self.until < context.actor.today:
            raise Invalid(_("截止日期不能早于今天。"), field="until")
        if len(self.reason) > 2000:
            raise Invalid(_("理由不超过 %(n)d 字。") % {"n": 2000}, field="reason")
