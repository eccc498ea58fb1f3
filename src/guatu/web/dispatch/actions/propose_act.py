"""A grave step of the ladder is proposed with all facts; without a second person to confirm it, it is taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.kernel.official import official
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.act_rows import page_of, take
from guatu.web.dispatch.actions.take_step import due_step
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Act, Light
from guatu.web.dispatch.selectors.acts import OPEN, facts_of, grave
from guatu.web.dispatch.selectors.ladder import ladder


@dataclass(frozen=True)
class ProposeAct(RowAction[Act]):
    """`reason` is what the page gave as its reason: facts that moved since have to be looked at again. `checked` is the
    tick by which somebody answers for having looked."""

    name = "dispatch.propose-act"
    words = gettext_lazy("提出重大措施")
    light: int
    step: str
    reason: str
    checked: bool = False

    def permit(self, context: Context) -> None:
        require(context, "order.edit", self._light().unit_id)

    def change(self, context: Context) -> Change[Act]:
        light, today = self._light(), context.actor.today
        found = due_step(light.period_id, light.task_id, light.unit_id, self.step, today)
        steps = grave(today)
        if self.step not in steps:
            raise Invalid(_("这一步不是重大措施,可直接采取。"), field="step")
        if not self.checked:
            raise Invalid(_("请核对事实后勾选确认。"), field="checked")
        reason = official(found.decision)
        if self.reason != reason:
            raise NotNow(_("事实已有变化,请按刷新后的内容重新核对。"), code="act.changed")
        if Act.objects.filter(task=light.task_id, unit=light.unit_id, step=self.step, state__in=OPEN).exists():
            raise NotNow(_("这项措施已经提出,正在等待确认。"), code="act.open")
        act = Act.objects.create(
            task=light.task,
            unit_id=light.unit_id,
            period_id=light.period_id,
            step=self.step,
            label=next(one.zh for one in ladder(today) if one.id == self.step)[:80],
            reason=reason,
            facts=facts_of(light, today),
            proposed_by=context.actor.user,
            proposed_at=context.at,
        )
        change = Change(act)
        change.note(act, None, {"state": act.state, "step": act.step, "unit": act.unit_id, "reason": reason})
        if not steps[self.step]:
            change.lines += take(act, context).lines
            return change
        title = _("待确认:%(step)s,%(task)s") % {"step": act.label, "task": light.task.title}
        tell(context, "act.waiting", None, title, reason, page_of(act))
        return change

    def _light(self) -> Light:
        rows = Light.objects.select_related("task", "period")
        return standing(rows.filter(pk=self.light, target=None).first(), _("这个亮灯已不存在,请刷新页面。"))
