"""What an inspection found, entered by the units of its inspectors or by who leads the draw. It is public at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Denied, Invalid
from guatu.web.inspection.models import DrawnObject
from guatu.web.inspection.selectors.draws import may_enter


@dataclass(frozen=True)
class EnterResult(RowAction[DrawnObject]):
    drawn: int
    seen: int
    result: str
    text: str
    inspected_on: datetime.date | None
    name = "inspection.enter-result"
    words = _("填报检查结果")

    def permit(self, context: Context) -> None:
        self._row(context)

    def change(self, context: Context) -> Change[DrawnObject]:
        row = self._row(context)
        if not self.result or self.result not in DrawnObject.Result.values:
            raise Invalid(_("请选择检查结果。"), field="result", code="inspection.no-result")
        text = self.text.replace("\0", "").strip()
        if len(text) > 500:
            raise Invalid(_("说明不能超过 500 个字。"), field="text", code="inspection.text-long")
        # The draw may have been held later than it was planned for.
        drawn_on = timezone.localtime(row.draw.drawn_at).date() if row.draw.drawn_at else row.draw.draw_on
        if self.inspected_on is None or not drawn_on <= self.inspected_on <= context.actor.today:
            raise Invalid(_("检查日期应在抽取之后、今天以前。"), field="inspected_on", code="inspection.inspected-on")
        take_version(row, self.seen)
        before = {"result": row.result, "text": row.text, "inspected_on": _iso(row.inspected_on)}
        row.result, row.text, row.inspected_on = self.result, text, self.inspected_on
        row.entered_by, row.entered_at = context.actor.user, context.at
        row.save()
        change = Change(row)
        change.note(row, before, {"result": row.result, "text": text, "inspected_on": _iso(row.inspected_on)})
        return change

    def _row(self, context: Context) -> DrawnObject:
        row = DrawnObject.objects.select_related("draw").filter(pk=self.drawn).first()
        if row is None or not may_enter(context.actor, row):
            raise Denied(_("这项结果不由您填报。"), code="inspection.not-yours")
        return row


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
