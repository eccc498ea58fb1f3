"""Periods, and the day on which the lights of a period are judged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import Q

from guatu.core.calendar.keys import span_of, step
from guatu.web.dispatch.models import Period, PeriodRule


def judged_on(period: Period, today: datetime.date) -> datetime.date:
    """The day on which a period is judged: today while it is the last one, then the day on which the next one ended.

    A late report still moves the light of its period; later days do not: last year's lights stay as they were.
    """
    days = [today]
    if period.closed_on:
        days.append(period.closed_on)
    if period.rule.every != PeriodRule.Every.ONCE:
        days.append(span_of(step(period.key))[1])
    return max(min(days), min(period.ends_on, today))


def still_judged(periods: Iterable[Period], today: datetime.date) -> list[Period]:
    """Periods whose lights may still change by the day alone."""
    return [one for one in periods if one.state == Period.State.OPEN and judged_on(one, today) == today]


def later_periods(period: Period) -> list[Period]:
    """The period and those after it whose lights may go by its figures, in order of time; closed ones are sealed."""
    rows = Period.objects.filter(rule__plan=period.rule.plan_id, ends_on__gte=period.ends_on, state=Period.State.OPEN)
    return list(rows.select_related("rule").order_by("ends_on", "id"))


def period_counts() -> tuple[int, int]:
    """How many rules there are, and how many periods are open."""
    return PeriodRule.objects.count(), Period.objects.filter(state=Period.State.OPEN).count()


def same_rhythm(rule: PeriodRule) -> list[str]:
    """Other rules of the plan that ask as often as this one while it holds."""
    others = PeriodRule.objects.filter(plan=rule.plan_id, every=rule.every).exclude(pk=rule.pk)
    others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=rule.starts_on))
    others = others if rule.ends_on is None else others.filter(starts_on__lte=rule.ends_on)
    return list(others.order_by("id").values_list("name", flat=True))
