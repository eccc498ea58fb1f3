"""One light with its reason and what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.base.templatetags.guatu_tags import figure
from guatu.web.base.templatetags.guatu_tags import light as light_tag
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.answering import Answering
from guatu.web.dispatch.selectors.period_facts import PeriodFacts, as_then, facts_of
from guatu.web.kit.table import Column, number, text

PERMISSION = "map.view"


@dataclass(frozen=True)
class PartRow:
    """One unit's part of a target that is judged by the sum."""

    unit: str
    share: float
    light: Light | None


def part_columns(light: Light) -> tuple[Column[PartRow], ...]:
    unit = light.target.unit_text if light.target else ""
    return (
        text("unit", _("单位"), lambda row: row.unit, head=True),
        number("share", _("分解数"), lambda row: row.share, shown=lambda row: f"{figure(row.share)} {unit}"),
        text("light", _("灯"), lambda row: "", shown=_part_light),
    )


def _part_light(row: PartRow) -> SafeString | str:
    return light_tag(row.light.colour, reverse("light_detail", args=[row.light.pk])) if row.light else ""


def visible(actor: Actor) -> QuerySet[Light]:
    """Lights of units that the actor may see."""
    units = actor.units_for(PERMISSION)
    return Light.objects.all() if units is None else Light.objects.filter(unit__in=units)


def explained_of(light: Light) -> Explained[Any]:
    """The reason of a light as the core's value."""
    return msgspec.convert(light.explained, Explained[Any])


def siblings(light: Light, actor: Actor) -> list[Light]:
    """Lights of the same task and unit in the same period: the task and its targets."""
    rows = Light.objects.filter(period=light.period_id, task=light.task_id, unit=light.unit_id).exclude(pk=light.pk)
    found = list(rows.select_related("target", "period", "task").order_by("target_id"))
    as_then(found, actor.today)
    return found


def over_time(light: Light) -> list[Light]:
    """The same light in the periods of its rule, newest first."""
    rows = Light.objects.filter(
        task=light.task_id, unit=light.unit_id, target=light.target_id, period__rule=light.period.rule_id
    )
    return list(rows.select_related("period").order_by("-period__ends_on")[:13])


def part_rows(light: Light, actor: Actor) -> list[PartRow]:
    """The units whose shares make up the sum that the light goes by; none for any other light."""
    facts = facts_of([light.period], actor.today)[light.period_id]
    shares = _sealed_shares(light, facts) if facts.sealed else _shares(light)
    if not shares:
        return []
    lights = {
        row.unit_id: row
        for row in visible(actor).filter(period=light.period_id, task=light.task_id, target=light.target_id)
    }
    return [PartRow(facts.unit(unit), share, lights.get(unit)) for unit, share in shares.items()]


def _shares(light: Light) -> Mapping[int, float]:
    if light.target_id is None:
        return {}
    answering = Answering([light.task_id])
    judged = {a.target.pk: a for a in answering.judged(light.task_id, light.unit_id)}
    answer = judged.get(light.target_id)
    return answering.shares[light.target_id] if answer is not None and answer.part == "sum" else {}


def _sealed_shares(light: Light, facts: PeriodFacts) -> Mapping[int, float]:
    """The same as it was: who led a task with a target that adds up answered for the sum."""
    target, task = facts.targets.get(light.target_id or 0), facts.tasks.get(light.task_id)
    return dict(target.shares) if target and task and target.summed and light.unit_id in task.leads else {}


def waiting_reports(light: Light) -> int:
    """Reports of the unit on the task that wait for review: their figures do not count yet."""
    rows = Report.objects.filter(task=light.task_id, unit=light.unit_id)
    if light.period.state == Period.State.CLOSED:
        # What is decided later counts from the next open period on.
        return rows.filter(period=light.period_id, sealed=Report.State.SUBMITTED).count()
    return rows.filter(state=Report.State.SUBMITTED).count()
