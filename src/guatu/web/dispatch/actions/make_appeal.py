"""A unit objects to a light."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Appeal, Light
from guatu.web.dispatch.selectors.appeals import answer_due
from guatu.web.ledger.selectors.names import unit_labels

LONGEST = 2000
_WHY = (Light.Colour.AMBER, Light.Colour.RED)


@dataclass(frozen=True)
class MakeAppeal(RowAction[Appeal]):
    name = "dispatch.make-appeal"
    words = gettext_lazy("提出申诉")
    light: int
    reason: str

    def permit(self, context: Context) -> None:
        require(context, "appeal.make", _light(self.light).unit_id)

    def change(self, context: Context) -> Change[Appeal]:
        light = _light(self.light, lock=True)
        reason = self.reason.replace("\0", "").strip()
        if not reason or len(reason) > LONGEST:
            raise Invalid(_("请写明理由和依据,不超过 %(n)d 字。") % {"n": LONGEST}, field="reason")
        if light.colour not in _WHY:
            raise NotNow(_("只能对滞后或严重滞后的亮灯提出申诉。"), code="appeal.no-cause")
        if light.appeals.filter(state=Appeal.State.OPEN).exists():
            raise NotNow(_("对这个亮灯的申诉正在处理,不必重复提出。"), code="appeal.open")
        then = {"colour": light.colour, "explained": light.explained, "on": light.on.isoformat()}
        appeal = Appeal.objects.create(
            light=light,
            then=then,
            reason=reason,
            due_on=answer_due(context.actor.today),
            made_by=context.actor.user,
            made_at=context.at,
        )
        label = unit_labels([light.unit_id], context.actor.today).get(light.unit_id, "")
        title = _("%(unit)s对“%(task)s”的亮灯提出申诉,%(day)s 前答复") % {
            "unit": label,
            "task": light.task.title,
            "day": appeal.due_on.isoformat(),
        }
        tell(context, "appeal.made", None, title, reason, reverse("appeal_decisions"))
        change = Change(appeal)
        change.note(appeal, None, {"light": light.pk, "colour": light.colour, "reason": reason})
        return change


def _light(pk: int, *, lock: bool = False) -> Light:
    rows = Light.objects.select_for_update() if lock else Light.objects
    return standing(rows.filter(pk=pk).first(), _("这个亮灯已不存在,请刷新页面。"))
