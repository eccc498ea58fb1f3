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
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.rows import number
from guatu.web.ledger.models import Allocation, Duty, Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.checks import ANSWERS, checks
from guatu.web.ledger.selectors.plan_shares import Known, plan_shares


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
        change = Change(plan)
        waiting = set(proposed.values_list("pk", flat=True))
        _take_shares(plan, waiting, matcher(unit_tree(context.actor.today)).known, change)
        before = {"state": plan.state}
        # Their versions go up too, so that a form which somebody has open on one of them is told.
        proposed.update(state=Task.State.OPEN, row_version=F("row_version") + 1)
        plan.state = Plan.State.CONFIRMED
        plan.save(update_fields=["state"])
        plan.versions.filter(state=PlanVersion.State.REVIEW).update(
            state=PlanVersion.State.CONFIRMED, confirmed_by=context.actor.user, confirmed_at=context.at
        )
        change.note(plan, before, {"state": plan.state, "tasks": count})
        return change


def _take_shares(plan: Plan, tasks: set[int], known: Known, change: Change[Plan]) -> None:
    """Shares that the plan gives become those of the target; their own rows are followed no more, as parts of it.

    A town to which the plan gives a share is responsible for the task: otherwise nobody would ask it.
    """
    for given in plan_shares(plan, known):
        if given.whole.task_id not in tasks or given.problem:
            continue
        rows = [Allocation(target=given.whole, unit_id=unit, value=value) for unit, value in given.shares.items()]
        Allocation.objects.bulk_create(rows)
        parts = [part.pk for part in given.parts if part.tracked]
        Target.objects.filter(pk__in=parts).update(tracked=False, row_version=F("row_version") + 1)
        held = Duty.objects.filter(task=given.whole.task_id, role__in=ANSWERS, unit__in=given.shares)
        there = set(held.values_list("unit_id", flat=True))
        Duty.objects.bulk_create(
            Duty(task_id=given.whole.task_id, role=Duty.Role.RESPONSIBLE, text=name[:120], unit_id=unit)
            for unit, name in given.names.items()
            if unit not in there
        )
        shares = {str(unit): number(value) for unit, value in given.shares.items()}
        change.note(given.whole, {"shares": {}}, {"shares": shares})
