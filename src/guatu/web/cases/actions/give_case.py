"""A case is given to a unit by the desk: one that has none yet, or that another unit is to go on with."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.answer import answer
from guatu.web.cases.actions.entries import add_event, case_for, changed, locked, shown_columns, written
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.directory.selectors.tree import unit_name


@dataclass(frozen=True)
class GiveCase(RowAction[Case]):
    """`reason` is needed where a unit has the case already: it will ask why."""

    case_id: int
    seen: int
    unit: int
    reason: str = ""
    name = "case.give"
    words = gettext_lazy("指定承办单位")
    permission = "case.edit"

    def change(self, context: Context) -> Change[Case]:
        row = case_for(context, self.case_id)
        if row.ended_at is not None:
            raise Invalid(_("案件已办结,不能再指定承办单位。"), field="unit", code="case.ended")
        if not unit_name(self.unit, context.actor.today):
            raise Invalid(_("请从列表中选择承办单位。"), field="unit", code="case.no-unit")
        if row.unit_id == self.unit:
            raise Invalid(_("案件已经由这个单位承办。"), field="unit", code="case.same-unit")
        reason = written(self.reason, most=2000)
        if row.unit_id is not None and not reason:
            raise Invalid(_("已有承办单位,改派请写明理由。"), field="reason", code="case.reason-missing")
        # The flow is not asked: it goes on at its step, with another unit.
        now = locked(row, self.seen)
        before = shown_columns(row)
        row.unit_id = self.unit
        event = add_event(now, context, CaseEvent.Kind.ASSIGN, unit_id=self.unit, reason=reason)
        row.changed_at = event.at
        row.save(update_fields=["unit", "changed_at"])
        answer(now, context, event)
        return changed(row, before, {**shown_columns(row), "reason": reason})
