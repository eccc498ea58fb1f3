"""What was said at a talk, and what was promised."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Invalid, NotNow, standing
from guatu.web.dispatch.actions.order_rows import cleaned
from guatu.web.dispatch.models import LadderEvent, Talk

STEP = "talk"


@dataclass(frozen=True)
class RecordTalk(RowAction[Talk]):
    """The record of a talk step, written once."""

    name = "dispatch.record-talk"
    words = gettext_lazy("登记约谈")
    event: int
    held_on: datetime.date | None
    by: str
    people: str
    text: str
    place: str = ""

    def permit(self, context: Context) -> None:
        require(context, "order.edit", self._event().unit_id)

    def change(self, context: Context) -> Change[Talk]:
        event = self._event(lock=True)
        if Talk.objects.filter(event=event).exists():
            raise NotNow(_("这次约谈已有记录。"), code="talk.recorded")
        if self.held_on is None or not event.on <= self.held_on <= context.actor.today:
            raise Invalid(_("约谈日期应在 %(first)s 至今天之间。") % {"first": event.on.isoformat()}, field="held_on")
        talk = Talk.objects.create(
            event=event,
            held_on=self.held_on,
            place=cleaned(self.place, "place", "", 120),
            by=cleaned(self.by, "by", _("请填写约谈人。"), 120),
            people=cleaned(self.people, "people", _("请填写被约谈人。"), 300),
            text=cleaned(self.text, "text", _("请填写约谈内容和整改承诺。")),
            user=context.actor.user,
            at=context.at,
        )
        change = Change(talk)
        change.note(talk, None, {"event": event.pk, "held_on": self.held_on.isoformat(), "text": talk.text})
        return change

    def _event(self, *, lock: bool = False) -> LadderEvent:
        rows = LadderEvent.objects.select_for_update() if lock else LadderEvent.objects
        return standing(
            rows.filter(pk=self.event, kind=LadderEvent.Kind.STEP, step=STEP).first(), _("没有这次约谈,请刷新页面。")
        )
