"""The rows of the map when it is narrowed: to one domain, or to what was in by the end of a week."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.campaign import Lights, UnitRow
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.period_facts import facts_of
from guatu.web.dispatch.selectors.sealed import counting, fell_due, in_state
from guatu.web.dispatch.selectors.sealing import COLOURS

WEEKS = 8
"""So many are shown, the last ones."""


@dataclass
class Week:
    """What came to pass in a week of a period: reports handed in, and the lights that have their colour since then."""

    monday: datetime.date
    reports: int = 0
    turned: Lights = field(default_factory=Lights)

    @property
    def sunday(self) -> datetime.date:
        return self.monday + datetime.timedelta(days=6)

    @property
    def name(self) -> str:
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02d}"


def in_domain(rows: Iterable[UnitRow], actor: Actor, periods: Sequence[Period], domain: str) -> list[UnitRow]:
    """The same units with the lights and reports of one domain alone; those that have neither are left out."""
    by_unit = {row.unit_id: row for row in rows}
    lights: dict[int, Lights] = defaultdict(Lights)
    lit = Light.objects.filter(target=None, domain=domain, period__in=periods, unit__in=list(by_unit))
    for unit, colour, count in lit.order_by().values_list("unit", "colour").annotate(n=Count("pk")):
        lights[unit].add(colour, count)
    owed = _reports(periods, by_unit, actor, domain)
    done = in_state(*HANDED_IN)
    late = ~done & fell_due(actor.today)
    reports = {
        unit: (came, came + missing)
        for unit, came, missing in owed.annotate(came=Count("pk", filter=done), missing=Count("pk", filter=late))
    }
    return [
        replace(row, lights=lights[unit], handed_in=reports.get(unit, (0, 0))[0], due=reports.get(unit, (0, 0))[1])
        for unit, row in by_unit.items()
        if unit in lights or unit in reports
    ]


def _reports(periods: Sequence[Period], units: Iterable[int], actor: Actor, domain: str) -> Any:
    """Reports that count, by unit; of one domain by the tasks that were in it."""
    rows = Report.objects.filter(counting(), period__in=periods, unit__in=list(units))
    if domain:
        known = facts_of(periods, actor.today).values()
        rows = rows.filter(task__in={pk for one in known for pk, task in one.tasks.items() if task.domain == domain})
    return rows.order_by().values_list("unit")


def by_end_of(
    rows: Iterable[UnitRow], actor: Actor, periods: Sequence[Period], week: Week, domain: str = ""
) -> list[UnitRow]:
    """The same units, of their reports those that were in when the week ended. Lights are left out: what colour they
    had then is not kept."""
    by_unit = {row.unit_id: row for row in rows}
    came = in_state(*HANDED_IN) & Q(submitted_at__lt=_midnight(week.sunday + datetime.timedelta(days=1)))
    counts = _reports(periods, by_unit, actor, domain).annotate(came=Count("pk", filter=came), all=Count("pk"))
    return [replace(by_unit[unit], lights=Lights(), handed_in=some, due=every) for unit, some, every in counts]


def weeks(actor: Actor, periods: Sequence[Period]) -> list[Week]:
    """The weeks from the beginning of some periods of one key to their end or today, the last first; two queries."""
    if not periods:
        return []
    first = min(period.starts_on for period in periods)
    last = min(max(period.closes_on or period.due_on for period in periods), actor.today)
    units = actor.list_for("map.view")
    of: dict[str, Any] = {"period__in": periods, **({} if units is None else {"unit__in": units})}
    found = {week.monday: week for week in _empty(first, last)}
    _fill(found, of)
    return sorted(found.values(), key=lambda week: week.monday, reverse=True)


def _empty(first: datetime.date, last: datetime.date) -> Iterable[Week]:
    monday = max(_monday(first), _monday(last) - datetime.timedelta(weeks=WEEKS - 1))
    while monday <= last:
        yield Week(monday)
        monday += datetime.timedelta(days=7)


def _fill(weeks: dict[datetime.date, Week], of: Mapping[str, Any]) -> None:
    came = Report.objects.filter(counting(), in_state(*HANDED_IN), submitted_at__isnull=False, **of)
    for day, count in Counter(came.values_list(TruncDate("submitted_at"), flat=True)).items():
        if day and (week := weeks.get(_monday(day))):
            week.reports += count
    lit = Light.objects.filter(target=None, colour__in=COLOURS, **of)
    for day, colour, count in lit.order_by().values_list(TruncDate("at"), "colour").annotate(n=Count("pk")):
        if week := weeks.get(_monday(day)):
            week.turned.add(colour, count)


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))
