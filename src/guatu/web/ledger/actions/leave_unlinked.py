"""A name in a plan stays without a unit, with the reason; or waits again to be linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.ledger.models import Duty, Plan


@dataclass(frozen=True)
class LeaveUnlinked(RowAction[Plan]):
    """`reason` is one of `Duty.Unlinked`, or empty for a name that is to be linked after all."""

    name: ClassVar[str] = "ledger.leave-unlinked"
    words = gettext_lazy("保留未对应的单位")
    permission: ClassVar[str] = "plan.edit"
    plan_id: int
    text: str
    reason: str

    def change(self, context: Context) -> Change[Plan]:
        if self.reason and self.reason not in Duty.Unlinked.values:
            raise Invalid(_("请选择不挂接的原因。"), field="reason")
        plan = found(Plan, self.plan_id)
        duties = list(Duty.objects.filter(task__plan=plan, text=self.text))
        before = {"text": self.text, "units": sorted({d.unit_id for d in duties if d.unit_id})}
        # A name that was linked to several units has a row for each of them; without a unit one row is left.
        first = {(d.task_id, d.role): d for d in reversed(duties)}
        kept = {d.pk for d in first.values()}
        Duty.objects.filter(pk__in=[d.pk for d in duties if d.pk not in kept]).delete()
        Duty.objects.filter(pk__in=kept).update(unit=None, unlinked=self.reason)
        change = Change(plan)
        change.note(plan, before, {"text": self.text, "units": [], "reason": self.reason})
        return change
