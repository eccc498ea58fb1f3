"""Rows of the database as the values that the core computes with: calendars, rules of periods, deliveries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone

from guatu.core.calendar import periods as core_periods
from guatu.core.calendar.periods import RHYTHMS
from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.milestones.network import Calendars
from guatu.web.base.calendar import calendar, day_rows
from guatu.web.base.settings_table import setting
from guatu.web.base.words import one_of
from guatu.web.dispatch.models import Period, PeriodRule, Report

# States in which a unit has handed its report in, and those in which its figures count.
HANDED_IN = (Report.State.SUBMITTED, Report.State.ACCEPTED, Report.State.LOCKED)
COUNTED = (Report.State.ACCEPTED, Report.State.LOCKED)


def calendars(on: datetime.date | None = None, common: WorkingCalendar | None = None) -> Calendars:
    """The common calendar and those of units with days of their own (setting `calendar.units`: rows by the
    unit's id)."""
    common = common or calendar(on)
    own: Mapping[str, list[dict[str, object]]] = setting("calendar.units", on)
    return Calendars(common, {unit: common.over(day_rows(rows)) for unit, rows in own.items()})


def core_rule(row: PeriodRule) -> core_periods.PeriodRule:
    """A rule of periods; what is reported once is due on the day it ends."""
    until = row.ends_on or datetime.date.max
    roll: core_periods.Roll = "next" if row.roll else "none"
    if row.every == PeriodRule.Every.ONCE:
        due = row.ends_on or row.starts_on
        return core_periods.PeriodRule(
            every="once", on=due, roll=roll, closes_after=row.closes_after, valid_from=row.starts_on, valid_to=until
        )
    return core_periods.PeriodRule(
        every=one_of(RHYTHMS, row.every),
        due_day=row.due_day,
        opens_after=-row.opens_before,
        roll=roll,
        closes_after=row.closes_after,
        valid_from=row.starts_on,
        valid_to=until,
    )


def core_periods_until(row: PeriodRule, until: datetime.date, working: WorkingCalendar) -> list[core_periods.Period]:
    """Periods of a rule that are open or were open by the day."""
    rule = core_rule(row)
    # What is asked for once is open before the day on which it is due.
    last = max(until, rule.on) if rule.on else until
    return [one for one in core_periods.periods(rule, row.starts_on, last, working) if one.opens <= until]


def reports_until(tasks: Iterable[int], rule: PeriodRule, until: datetime.date) -> QuerySet[Report]:
    """Reports of tasks in the periods of a rule, and of rules that it followed, that end by the day, in order of time.

    Rules that run side by side (each month, and each quarter as well) keep to themselves: their figures overlap.
    """
    before = Q(period__rule__plan=rule.plan_id, period__ends_on__lt=rule.starts_on)
    return (
        Report.objects.filter(Q(period__rule=rule) | before, task__in=list(tasks), period__ends_on__lte=until)
        .select_related("period")
        .order_by("period__ends_on", "period_id", "id")
    )


def deliveries_of(reports: Iterable[Report]) -> dict[tuple[int, int], list[Delivery]]:
    """What units owed and handed in, by (task, unit), in the order given."""
    found: dict[tuple[int, int], list[Delivery]] = defaultdict(list)
    for report in reports:
        found[report.task_id, report.unit_id].append(delivery(report, report.period))
    return dict(found)


def delivery(report: Report, period: Period) -> Delivery:
    """A report that was returned has not come until it is handed in again; then it counts from the day it first
    came."""
    handed = report.state in HANDED_IN and report.submitted_at is not None
    first = timezone.localtime(report.submitted_at).date() if handed else None
    return Delivery(str(report.unit_id), period.key, period.due_on, first)
