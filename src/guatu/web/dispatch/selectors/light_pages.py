"""Lights as pages show them: a list, one with its reason, the appeals against them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import Case, Q, QuerySet, Value, When

from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Appeal, Light, Period, Report
from guatu.web.dispatch.selectors.answering import Answering
from guatu.web.dispatch.selectors.checks import language
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels

PERMISSION = "map.view"
LEVELS = ("task", "target", "all")
_BADNESS = [When(colour=colour, then=Value(at)) for at, colour in enumerate(("red", "amber", "grey", "green"))]


@dataclass(frozen=True)
class LightFilter:
    """`level` shows lights of tasks, of single targets, or both."""

    plan: int | None = None
    key: str = ""
    colour: str = ""
    unit: int | None = None
    level: str = "task"


@dataclass(frozen=True)
class LightRow:
    light: Light
    unit: str
    sentence: str


@dataclass(frozen=True)
class PartRow:
    """One unit's part of a target that is judged by the sum."""

    unit: str
    share: float
    light: Light | None


def visible(actor: Actor) -> QuerySet[Light]:
    """Lights of units that the actor may see."""
    units = actor.units_for(PERMISSION)
    return Light.objects.all() if units is None else Light.objects.filter(unit__in=units)


def explained_of(light: Light) -> Explained[Any]:
    """The reason of a light as the core's value."""
    return msgspec.convert(light.explained, Explained[Any])


def keys_of(lights: QuerySet[Light]) -> list[str]:
    """Keys of the periods that have lights, newest first."""
    return list(Period.objects.filter(lights__in=lights).order_by("-ends_on").values_list("key", flat=True).distinct())


def filtered(lights: QuerySet[Light], wanted: LightFilter) -> QuerySet[Light]:
    """As `wanted` says, worst first. The task stands before its targets."""
    if wanted.plan is not None:
        lights = lights.filter(task__plan=wanted.plan)
    if wanted.key:
        lights = lights.filter(period__key=wanted.key)
    if wanted.colour in Light.Colour.values:
        lights = lights.filter(colour=wanted.colour)
    if wanted.unit is not None:
        lights = lights.filter(unit=wanted.unit)
    if wanted.level != "all":
        lights = lights.filter(target__isnull=wanted.level == "task")
    return (
        lights.annotate(badness=Case(*_BADNESS, default=Value(9)))
        .select_related("task", "task__plan", "target", "period")
        .order_by("badness", "-period__ends_on", "task__plan_id", "task__order", "unit_id", "target_id", "pk")
    )


def light_rows(lights: Iterable[Light], on: datetime.date) -> list[LightRow]:
    """One query more, for the names of the units."""
    found = list(lights)
    labels = unit_labels({light.unit_id for light in found}, on)
    return [LightRow(light, labels.get(light.unit_id, ""), explained_of(light).sentence(language())) for light in found]


def siblings(light: Light) -> list[Light]:
    """Lights of the same task and unit in the same period: the task and its targets."""
    rows = Light.objects.filter(period=light.period_id, task=light.task_id, unit=light.unit_id).exclude(pk=light.pk)
    return list(rows.select_related("target").order_by("target_id"))


def over_time(light: Light) -> list[Light]:
    """The same light in the periods of its rule, newest first."""
    rows = Light.objects.filter(
        task=light.task_id, unit=light.unit_id, target=light.target_id, period__rule=light.period.rule_id
    )
    return list(rows.select_related("period").order_by("-period__ends_on")[:13])


def part_rows(light: Light, actor: Actor) -> list[PartRow]:
    """The units whose shares make up the sum that the light goes by; none for any other light."""
    if light.target_id is None:
        return []
    answering = Answering([light.task_id])
    judged = {a.target.pk: a for a in answering.judged(light.task_id, light.unit_id)}
    answer = judged.get(light.target_id)
    if answer is None or answer.part != "sum":
        return []
    shares = answering.shares[light.target_id]
    lights = {
        row.unit_id: row
        for row in visible(actor).filter(period=light.period_id, task=light.task_id, target=light.target_id)
    }
    labels = unit_labels(shares, actor.today)
    return [PartRow(labels.get(unit, ""), share, lights.get(unit)) for unit, share in shares.items()]


def waiting_reports(light: Light) -> int:
    """Reports of the unit on the task that wait for review: their figures do not count yet."""
    return Report.objects.filter(task=light.task_id, unit=light.unit_id, state=Report.State.SUBMITTED).count()


def appeals_of(actor: Actor, state: str = "") -> QuerySet[Appeal]:
    """Appeals of the actor's units, or all for who decides; those that wait first."""
    appeals = Appeal.objects.select_related(
        "light__task__plan", "light__period", "light__target", "made_by", "decided_by"
    )
    if not actor.may("appeal.decide"):
        units = actor.units_for("appeal.make")
        appeals = appeals if units is None else appeals.filter(light__unit__in=units)
    if state in Appeal.State.values:
        appeals = appeals.filter(state=state)
    return appeals.order_by("-pk")


def plans_with_lights(lights: QuerySet[Light]) -> list[tuple[int, str]]:
    found = Plan.objects.filter(Q(tasks__lights__in=lights)).distinct().order_by("title")
    return list(found.values_list("pk", "title"))
