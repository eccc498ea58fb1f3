"""A plan is finished with: nothing more is reported on it. Its ledger stays to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import NotNow
from guatu.web.ledger.models import Plan


@dataclass(frozen=True)
class ClosePlan(RowAction[Plan]):
    """`closed` False takes it up again."""

    name: ClassVar[str] = "ledger.close-plan"
    words = gettext_lazy("关闭方案")
    permission: ClassVar[str] = "plan.confirm"
    plan_id: int
    row_version: int
    closed: bool = True

    def change(self, context: Context) -> Change[Plan]:
        plan = found(Plan, self.plan_id)
        take_version(plan, self.row_version)
        wanted = Plan.State.CONFIRMED if self.closed else Plan.State.CLOSED
        if plan.state != wanted:
            raise NotNow(_("方案现在是“%(state)s”,不能这样操作。") % {"state": plan.get_state_display()})
        before, plan.state = {"state": plan.state}, Plan.State.CLOSED if self.closed else Plan.State.CONFIRMED
        plan.save(update_fields=["state"])
        change = Change(plan)
        change.note(plan, before, {"state": plan.state})
        return change
