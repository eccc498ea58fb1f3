"""A row of the duty list no longer holds from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.actions.versions import still_at
from guatu.web.base.problems import Invalid
from guatu.web.duties.actions.add_duty import PERMISSION
from guatu.web.duties.models import Duty
from guatu.web.duties.values import end


@dataclass(frozen=True)
class EndDuty(Action[Duty]):
    duty: int
    seen: int
    day: datetime.date
    name: ClassVar[str] = "duty.end"
    words: ClassVar[str | Promise] = gettext_lazy("停用职责行")

    def permit(self, context: Context) -> None:
        require(context, PERMISSION)

    def change(self, context: Context) -> Change[Duty]:
        row = Duty.objects.filter(pk=self.duty).first()
        if row is None:
            raise Invalid(_("没有这一行,请刷新页面。"), field="duty", code="duty.no-row")
        still_at(row, self.seen)
        if self.day < row.valid_from or (row.valid_to is not None and row.valid_to <= self.day):
            raise Invalid(_("停用日期应在这一行的有效期内。"), field="day", code="duty.not-then")
        change = Change(row)
        end(row, self.day, change)
        return change

    def recall(self, answer: Any) -> Duty:
        return Duty.objects.get(pk=answer)
