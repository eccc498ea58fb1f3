"""A person says that today is what the server's clock says; what waited for it goes on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base import clock
from guatu.web.base.actions.action import Change, Context, RowAction
from guatu.web.base.models import ClockMark
from guatu.web.base.problems import Invalid


@dataclass(frozen=True)
class ConfirmClock(RowAction[ClockMark]):
    """`day` is the date that the person saw: another one is not confirmed by the same click."""

    day: datetime.date
    name = "clock.confirm"
    words = gettext_lazy("确认今天的日期")
    permission = "clock.confirm"

    def change(self, context: Context) -> Change[ClockMark]:
        if self.day != context.actor.today:
            raise Invalid(
                _("服务器时钟现在是 %(now)s,不是您确认的 %(day)s。请核对后再确认。")
                % {"now": context.actor.today.isoformat(), "day": self.day.isoformat()},
                field="day",
                code="clock.other-day",
            )
        before = ClockMark.objects.first()
        clock.set_mark(context.at)
        mark = ClockMark.objects.get(pk=ClockMark.ONLY)
        change = Change(mark)
        last = before.last.isoformat() if before else None
        change.note(mark, {"last": last}, {"last": mark.last.isoformat(), "day": self.day.isoformat()})
        clock.confirmed.send(ConfirmClock, context=context)
        return change
