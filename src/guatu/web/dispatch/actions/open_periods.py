"""Opens the periods whose time has come, with a report due from each unit."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.core.calendar import periods as core
from guatu.core.calendar.working import WorkingCalendar
from guatu.web.base import clock
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.calendar import calendar
from guatu.web.dispatch.actions.lights_later import lights_later
from guatu.web.dispatch.models import Period, PeriodRule, Report
from guatu.web.dispatch.selectors.core_rows import COUNTED, core_periods_until
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.ledger.models import Plan, PlanVersion, Task

_BLOCK = 1000
Asked = Literal["all", "joining", "nobody"]


@dataclass(frozen=True)
class OpenPeriods(Action[int]):
    """Idempotent: what is open stays as it is. The number of new reports.

    A confirmed plan without a rule gets the usual one: each month, by the 5th of the next, on working days. Nobody is
    asked for what is over: a period that falls due by the day on which it would first be open is not opened at all
    (`selectors.never_opened` says which), and tasks and units that joined since owe the periods that still run.
    """

    name = "dispatch.open-periods"
    permission = "period.edit"
    words = gettext_lazy("开放期次")
    until: datetime.date
    plan: int | None = None

    def change(self, context: Context) -> Change[int]:
        # By a wrong clock a year of periods would open at once.
        clock.require(context.at)
        change: Change[int] = Change(0)
        working = calendar(self.until)
        plans = Plan.objects.filter(state=Plan.State.CONFIRMED)
        plans = plans if self.plan is None else plans.filter(pk=self.plan)
        for plan in plans.prefetch_related("period_rules").order_by("id"):
            rules = list(plan.period_rules.all()) or [_usual_rule(plan, context, change)]
            has = dict(Period.objects.filter(rule__in=rules).order_by("-id").values_list("key", "rule_id"))
            opened = [pair for rule in rules for pair in self._opened(rule, working, has, change)]
            change.result += self._reports(plan, opened)
            # Lights stand from the first day of a period and not from the next hour on; later periods come along.
            new = [period for period, asked in opened if asked == "all"]
            if new:
                lights_later(min(new, key=lambda period: period.ends_on), None, context)
        return change

    def recall(self, answer: Any) -> int:
        return int(answer or 0)

    def answer(self, result: int) -> Any:
        return result

    def _opened(
        self, rule: PeriodRule, working: WorkingCalendar, has: dict[str, int], change: Change[int]
    ) -> Iterator[tuple[Period, Asked]]:
        """The rule's periods that are open, or have been, each with who can be asked now.

        Of rules that ask for the same month the one that asked first `has` it: nothing is due twice.
        """
        standing = {row.key: row for row in rule.periods.all()}
        for one in core_periods_until(rule, self.until, working):
            if has.get(one.key, rule.pk) != rule.pk:
                continue
            row = standing.get(one.key)
            if row is None and one.can_be_asked(self.until):
                has[one.key] = rule.pk
                yield _open(rule, one, change), "all"
            elif row and row.state == Period.State.OPEN and row.due_on >= self.until:
                # What is over, or due today, was not open to who joins only now.
                yield row, "joining" if self.until <= row.ends_on and self.until < row.due_on else "nobody"

    def _reports(self, plan: Plan, opened: list[tuple[Period, Asked]]) -> int:
        """Makes the reports that are due and not there yet; takes back untouched ones that nobody owes any more."""
        if not opened:
            return 0
        pairs = owing(plan)
        made = 0
        for period, asked in opened:
            reports = Report.objects.filter(period=period)
            there = set(reports.values_list("task_id", "unit_id"))
            stale = [pair for pair in there if pair not in pairs]
            for task, unit in stale:
                reports.filter(task=task, unit=unit, state=Report.State.DUE, events=None, evidence=None).delete()
            if asked == "nobody":
                continue
            due = [Report(period=period, task_id=task, unit_id=unit) for task, unit in sorted(pairs - there)]
            Report.objects.bulk_create(due, ignore_conflicts=True, batch_size=_BLOCK)
            made += len(due)
        return made


def _open(rule: PeriodRule, period: core.Period, change: Change[int]) -> Period:
    days = {"starts_on": period.start, "ends_on": period.end, "due_on": period.due, "closes_on": period.closes}
    row, new = Period.objects.get_or_create(rule=rule, key=period.key, defaults=days)
    if new:
        change.note(row, None, {"key": row.key, "due_on": row.due_on.isoformat()})
    return row


def owing(plan: Plan) -> set[tuple[int, int]]:
    """Open tasks with their reporting units, without those whose part has been closed with evidence."""
    tasks = list(Task.objects.filter(plan=plan, state=Task.State.OPEN).values_list("pk", flat=True))
    pairs = {(task, unit) for task, units in reporting_units(tasks).items() for unit in units}
    done = Report.objects.filter(task__in=tasks, done=True, state__in=COUNTED).values_list("task_id", "unit_id")
    return pairs - set(done)


def _usual_rule(plan: Plan, context: Context, change: Change[int]) -> PeriodRule:
    confirmed = plan.versions.filter(state=PlanVersion.State.CONFIRMED).order_by("-number").first()
    at = confirmed.confirmed_at if confirmed and confirmed.confirmed_at else context.at
    first = timezone.localtime(min(at, context.at)).date().replace(day=1)
    # The name is stored and seen by all: it is in the language of the county, not of who opened the period.
    with translation.override("zh-hans"):
        rule = PeriodRule.objects.create(plan=plan, name=_("月调度"), starts_on=first)
    change.note(rule, None, {"plan": plan.pk, "every": rule.every, "due_day": rule.due_day})
    return rule
