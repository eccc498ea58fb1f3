"""A plan is confirmed: its tasks are open from now on and will be reported on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import NotNow
from guatu.web.ledger.models import Plan, PlanVersion, Task
from guatu.web.ledger.selectors.checks import checks


@dataclass(frozen=True)
class ConfirmPlan(RowAction[Plan]):
    """Also confirms tasks that were proposed later, by a merge or by hand."""

    name: ClassVar[str] = "ledger.confirm-plan"
    words = gettext_lazy("确认方案")
    permission: ClassVar[str] = "plan.confirm"
    plan_id: int
    row_version: int

    def change(self, context: Context) -> Change[Plan]:
        plan = found(Plan, self.plan_id)
        take_version(plan, self.row_version)
        if plan.state == Plan.State.CLOSED:
            raise NotNow(_("方案已办结,不能再确认。"))
        proposed = plan.tasks.filter(state=Task.State.PROPOSED)
        # Counted before the update, after which none is proposed any more.
        count = proposed.count()
        if not count:
            raise NotNow(_("没有待确认的任务。"))
        if blocking := sum(check.blocking for check in checks(plan)):
            raise NotNow(
                _("还有 %(n)d 项必须先处理,才能确认。") % {"n": blocking},
                code="plan.not-ready",
                data={"blocking": blocking},
            )
        before = {"state": plan.state}
        # Their versions go up too, so that a form which somebody has open on one of them is told.
        proposed.update(state=Task.State.OPEN, row_version=F("row_version") + 1)
        plan.state = Plan.State.CONFIRMED
        plan.save(update_fields=["state"])
        plan.versions.filter(state=PlanVersion.State.REVIEW).update(
            state=PlanVersion.State.CONFIRMED, confirmed_by=context.actor.user, confirmed_at=context.at
        )
        change = Change(plan)
        change.note(plan, before, {"state": plan.state, "tasks": count})
        return change
