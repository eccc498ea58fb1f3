"""Opens the periods whose time has come, with a report due from each unit."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from guatu.core.calendar import periods as core
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.dispatch.models import Period, PeriodRule, Report
from guatu.web.dispatch.selectors.core_rows import calendar, core_rule
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.ledger.models import Plan, Task


@dataclass(frozen=True)
class OpenPeriods(Action[int]):
    """Idempotent: what is open stays as it is; units that joined a task since get their report. The number of new reports."""

    name: ClassVar[str] = "dispatch.open-periods"
    until: datetime.date

    def permit(self, context: Context) -> None:
        if context.actor.user is not None:
            require(context, "period.edit")

    def change(self, context: Context) -> Change[int]:
        change: Change[int] = Change(0)
        working = calendar(self.until)
        for rule in PeriodRule.objects.filter(plan__state=Plan.State.CONFIRMED).select_related("plan"):
            for period in core.periods(core_rule(rule), rule.starts_on, self.until, working):
                if period.opens <= self.until:
                    change.result += self._open(rule, period, change)
        return change

    def _open(self, rule: PeriodRule, period: core.Period, change: Change[int]) -> int:
        row, new = Period.objects.get_or_create(
            rule=rule,
            key=period.key,
            defaults={"starts_on": period.start, "ends_on": period.end, "due_on": period.due},
        )
        if new:
            change.note(row, None, {"key": row.key, "due_on": row.due_on.isoformat()})
        if row.state == Period.State.CLOSED:
            return 0
        return _reports(row, rule.plan_id)


def _reports(period: Period, plan_id: int) -> int:
    """Makes the reports that are due in a period and not there yet."""
    tasks = Task.objects.filter(plan_id=plan_id, state=Task.State.OPEN)
    there = set(Report.objects.filter(period=period).values_list("task_id", "unit_id"))
    due = [
        Report(period=period, task_id=task, unit_id=unit)
        for task, units in reporting_units(tasks).items()
        for unit in units
        if (task, unit) not in there
    ]
    Report.objects.bulk_create(due, ignore_conflicts=True)
    return len(due)
