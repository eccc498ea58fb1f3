"""What opening a closed period again would undo, and what has gone out from it and cannot be undone.

Published from a period, since it was closed, are
- circulars and monthly reports on it that were issued;
- supervision orders on one of its lights, or on a task and unit that are behind in it, unless they were withdrawn;
- steps of the ladder (reminder, card, talk) on such a task and unit.
Drafts of circulars, appeals, notices and exported files do not count: nobody has been told a figure as final by them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.calendar import periods as core_periods
from guatu.web.base.calendar import calendar
from guatu.web.dispatch.models import Circular, LadderEvent, Light, Order, OrderEvent, Period, PeriodRule, Report
from guatu.web.dispatch.selectors.core_rows import core_rule
from guatu.web.dispatch.selectors.ladder import ladder

MOST_NAMED = 10
SHOWN = datetime.timedelta(days=366)
_BEHIND = (Light.Colour.AMBER, Light.Colour.RED)


@dataclass(frozen=True)
class Reopening:
    """What the page says before a period is opened again."""

    unlocked: int
    drafts: int
    published: list[str]


@dataclass(frozen=True)
class Run:
    """Periods that one hourly run closed and that are closed still."""

    name: str
    at: datetime.datetime
    count: int
    first: str
    last: str


def reopening(period: Period) -> Reopening:
    locked = Report.objects.filter(period=period, state=Report.State.LOCKED).count()
    drafts = Circular.objects.filter(period=period, state=Circular.State.DRAFT).count()
    return Reopening(locked, drafts, published_from(period))


def published_from(period: Period) -> list[str]:
    """What went out, in words that a person finds again; empty where the period may be opened again."""
    closed = _closed_at(period)
    found = [
        f"{row.get_kind_display()} {row.number}".strip()
        for row in Circular.objects.filter(period=period, state=Circular.State.ISSUED).order_by("id")
    ]
    found += [_("督办单 %(number)s") % {"number": number} for number in _orders(period, closed)]
    found += _steps(period, closed)
    if len(found) > MOST_NAMED:
        more = _("等共 %(n)d 项") % {"n": len(found)}
        return [*found[:MOST_NAMED], more]
    return found


def _closed_at(period: Period) -> datetime.datetime:
    """Periods that were closed before the moment was kept: from the beginning of the day."""
    if period.closed_at is not None:
        return period.closed_at
    day = period.closed_on or period.ends_on
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _orders(period: Period, closed: datetime.datetime) -> Iterable[str]:
    issued = OrderEvent.objects.filter(order=OuterRef("pk"), verb=OrderEvent.Verb.ISSUED, at__gte=closed)
    behind = Light.objects.filter(
        period=period, colour__in=_BEHIND, task=OuterRef("task"), unit=OuterRef("unit"), target=None
    )
    orders = Order.objects.filter(Exists(issued)).exclude(state=Order.State.WITHDRAWN)
    return orders.filter(Q(light__period=period) | Exists(behind)).order_by("id").values_list("number", flat=True)


def _steps(period: Period, closed: datetime.datetime) -> list[str]:
    behind = Light.objects.filter(
        period=period, colour__in=_BEHIND, task=OuterRef("task"), unit=OuterRef("unit"), target=None
    )
    events = LadderEvent.objects.filter(Exists(behind), kind=LadderEvent.Kind.STEP, at__gte=closed)
    rows = list(events.select_related("task").defer("task__content").order_by("id"))
    words = {step.id: step.zh for step in ladder(timezone.localdate())} if rows else {}
    return [f"{words.get(row.step, row.step)}({row.task.number} {row.task.title[:20]})" for row in rows]


def runs(on: datetime.date) -> list[Run]:
    """Hourly runs of the last year whose closed periods have not all been opened again, newest first."""
    rows = (
        Period.objects.filter(state=Period.State.CLOSED, closed_on__gt=on - SHOWN)
        .exclude(closed_run="")
        .values("closed_run")
        .annotate(at=Max("closed_at"), n=Count("id"), first=Min("key"), last=Max("key"))
        .order_by("-at")
    )
    return [Run(row["closed_run"], row["at"], row["n"], row["first"], row["last"]) for row in rows]


def opened_ahead(on: datetime.date) -> list[Period]:
    """Periods whose time to be opened has not come by the day, and that nobody has touched: a wrong clock
    opened them."""
    working = calendar(on)
    found = []
    for rule in PeriodRule.objects.filter(periods__ends_on__gt=on).distinct():
        periods = list(rule.periods.filter(ends_on__gt=on).order_by("ends_on"))
        later = core_periods.periods(core_rule(rule), on, periods[-1].ends_on, working)
        ahead = {one.key for one in later if one.opens > on}
        found += [period for period in periods if period.key in ahead and not _touched(period)]
    return found


def _touched(period: Period) -> bool:
    worked = Report.objects.filter(period=period).exclude(state=Report.State.DUE, events=None, evidence=None)
    told = Circular.objects.filter(period=period).exists() or Order.objects.filter(light__period=period).exists()
    return told or worked.exists() or Light.objects.filter(period=period, appeals__isnull=False).exists()
