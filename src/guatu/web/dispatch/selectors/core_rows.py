"""Rows of the database as the values that the core computes with."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from guatu.adapters.holidays import county_calendar
from guatu.core.calendar import periods as core_periods
from guatu.core.calendar.keys import key_of
from guatu.core.calendar.working import DayRow, WorkingCalendar
from guatu.core.dispatch.course import Course, Figures, Shape
from guatu.core.dispatch.delivery import Delivery
from guatu.core.dispatch.facts import Standing
from guatu.core.dispatch.progress import Report as CoreReport
from guatu.core.dispatch.trajectory import Trajectory
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Figure, PeriodRule, Report
from guatu.web.ledger.models import Allocation, Target

# States in which a unit has handed its report in.
HANDED_IN = (Report.State.SUBMITTED, Report.State.ACCEPTED, Report.State.LOCKED)


def calendar(on: datetime.date | None = None) -> WorkingCalendar:
    """The working calendar: the national table with the county's own rows (setting `calendar.days`) over it."""
    rows = setting("calendar.days", [], on)
    days = [DayRow(datetime.date.fromisoformat(r["day"]), bool(r["working"]), r.get("name", "")) for r in rows]
    return county_calendar(days, {day.day.year for day in days})


def core_rule(row: PeriodRule) -> core_periods.PeriodRule:
    """A rule of periods; what is reported once is due on the day it ends."""
    until = row.ends_on or datetime.date.max
    if row.every == PeriodRule.Every.ONCE:
        due = row.ends_on or row.starts_on
        return core_periods.PeriodRule(every="once", on=due, valid_from=row.starts_on, valid_to=until)
    return core_periods.PeriodRule(
        every=row.every,  # type: ignore[arg-type]
        due_day=row.due_day,
        roll="next" if row.roll else "none",
        closes_after=None,
        valid_from=row.starts_on,
        valid_to=until,
    )


def trajectory(target: Target, value: float | None = None) -> Trajectory | None:
    """The course of a target (or of a share of it); None where it has no span of time to run over."""
    start = target.base_date or target.plan.issued_on
    if start is None or target.due is None or target.due <= start:
        return None
    share = float(target.value) if value is None else value
    upper = float(target.value_max) if target.value_max is not None and value is None else None
    return Trajectory(
        name=target.metric,
        unit=target.unit_text,
        target=share,
        start=start,
        deadline=target.due,
        direction=target.direction,  # type: ignore[arg-type]
        kind=target.kind,  # type: ignore[arg-type]
        base=None if target.base_value is None else float(target.base_value),
        upper=upper if upper is not None and upper >= share else None,
        course=_course(target, value),
    )


def _course(target: Target, value: float | None) -> Course:
    steps = list(target.steps.all()) if target.course == Target.Course.OWN else []
    if steps:
        part = 1.0 if value is None or not target.value else value / float(target.value)
        return Figures({key_of("month", s.on): float(s.value) * part for s in sorted(steps, key=lambda s: s.on)})
    return Shape("smooth") if target.course == Target.Course.S else Shape()


def shares(targets: Iterable[Target]) -> dict[tuple[int, int], float]:
    """What each unit has to do of each allocated target, by (target, unit)."""
    rows = Allocation.objects.filter(target__in=list(targets))
    return {(row.target_id, row.unit_id): float(row.value) for row in rows}


def figures_of(targets: Iterable[Target], until: datetime.date) -> dict[tuple[int, int], tuple[CoreReport, ...]]:
    """Reported figures in order of time, by (target, unit), of periods that end by the day."""
    rows = (
        Figure.objects.filter(
            target__in=list(targets),
            value__isnull=False,
            report__state__in=HANDED_IN,
            report__period__ends_on__lte=until,
        )
        .select_related("report__period")
        .order_by("report__period__ends_on")
    )
    found: dict[tuple[int, int], list[CoreReport]] = defaultdict(list)
    for row in rows:
        period = row.report.period
        found[row.target_id, row.report.unit_id].append(CoreReport(period.key, period.ends_on, float(row.value)))
    return {key: tuple(value) for key, value in found.items()}


def deliveries_of(task_ids: Iterable[int]) -> dict[tuple[int, int], tuple[Delivery, ...]]:
    """What units owed and handed in, by (task, unit), in order of time."""
    rows = (
        Report.objects.filter(task__in=list(task_ids)).select_related("period").order_by("period__due_on", "period_id")
    )
    found: dict[tuple[int, int], list[Delivery]] = defaultdict(list)
    for row in rows:
        found[row.task_id, row.unit_id].append(_delivery(row))
    return {key: tuple(value) for key, value in found.items()}


def _delivery(row: Report) -> Delivery:
    first = row.submitted_at.date() if row.submitted_at else None
    handed = first if row.state in HANDED_IN or row.state == Report.State.RETURNED else None
    return Delivery(str(row.unit_id), row.period.key, row.period.due_on, handed)


def standing(
    course: Trajectory, reports: Sequence[CoreReport], deliveries: Sequence[Delivery], *, rate: bool
) -> Standing:
    """All that is known of one target of one unit; a rate lies between 0 and 100."""
    return Standing(course, tuple(reports), tuple(deliveries), 0.0 if rate else None, 100.0 if rate else None)
