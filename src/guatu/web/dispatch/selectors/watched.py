"""The tasks to be watched: each once, with the units that are behind with it, the most of them first."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.base.shown import first
from guatu.web.dispatch.models import Light, Period
from guatu.web.dispatch.selectors.light_pages import PERMISSION, visible
from guatu.web.dispatch.selectors.period_facts import PeriodFacts, facts_of
from guatu.web.ledger.selectors.coming import tasks_named
from guatu.web.ledger.selectors.running import running_plans

RED, AMBER = Light.Colour.RED, Light.Colour.AMBER


@dataclass(frozen=True)
class Watched:
    """A task with red or amber lights; `units` are those behind, by name, the red ones first."""

    task_id: int
    task: str
    due: datetime.date | None
    red: int
    amber: int
    units: list[tuple[str, str, int]] = field(default_factory=list)
    """Name, colour and light."""

    @property
    def colour(self) -> str:
        return RED if self.red else AMBER


def newest_periods() -> list[Period]:
    """Of each plan that runs the newest period with lights; of those that end together the shortest."""
    lit = Exists(Light.objects.filter(period=OuterRef("pk")))
    running = Period.objects.filter(lit, rule__plan__in=[plan for plan, _title in running_plans()]).select_related(
        "rule__plan"
    )
    newest: dict[int, Period] = {}
    for period in running.order_by("ends_on", "starts_on", "id"):
        newest[period.rule.plan_id] = period
    return list(newest.values())


def watched(actor: Actor, periods: Sequence[Period], most: int = 20, domain: str = "") -> list[Watched]:
    """The tasks with the most red, then amber lights in some periods; of closed ones by the names of then."""
    if not actor.may(PERMISSION):
        return []
    lights = visible(actor).filter(target=None, period__in=[period.pk for period in periods], colour__in=(RED, AMBER))
    if domain:
        lights = lights.filter(domain=domain)
    tasks = (
        lights.values_list("task_id")
        .annotate(red=Count("pk", filter=Q(colour=RED)), amber=Count("pk", filter=Q(colour=AMBER)), until=Min("due"))
        .order_by("-red", "-amber", F("until").asc(nulls_last=True), "task_id")
    )
    rows = first(tasks, most)
    facts = facts_of(periods, actor.today)
    behind = _behind(lights.filter(task__in=[row[0] for row in rows]), facts)
    names = tasks_named(row[0] for row in rows)
    for one in facts.values():
        names |= {pk: one.tasks[pk].name for pk in names if one.sealed and pk in one.tasks}
    return [Watched(pk, names[pk], due, red, amber, behind[pk]) for pk, red, amber, due in rows]


def _behind(lights: QuerySet[Light], facts: Mapping[int, PeriodFacts]) -> dict[int, list[tuple[str, str, int]]]:
    """By task the units with such a light, in the order of the directory, the red ones first."""
    rows = list(lights.order_by().values_list("task_id", "unit_id", "colour", "pk", "period_id"))
    rows.sort(key=lambda row: (row[2] != RED, facts[row[4]].places.get(row[1], len(facts[row[4]].places)), row[1]))
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for task, unit, colour, pk, period in rows:
        found[task].append((facts[period].unit(unit), colour, pk))
    return found
