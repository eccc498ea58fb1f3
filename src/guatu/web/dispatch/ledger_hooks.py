"""What dispatch puts on the ledger's pages: the light of each task, reports and milestones, what was reported
of a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.addresses import address_form
from guatu.web.base.prepared import Variants
from guatu.web.base.templatetags.guatu_tags import light as light_tag
from guatu.web.dispatch.models import Light, Period
from guatu.web.dispatch.selectors.light_pages import PERMISSION, visible
from guatu.web.kit.guard import actor_of
from guatu.web.ledger import extensions
from guatu.web.ledger.models import Plan, Target, Task
from guatu.web.ledger.selectors.names import unit_labels

_WORST: dict[str, int] = {Light.Colour.RED: 0, Light.Colour.AMBER: 1, Light.Colour.GREY: 2, Light.Colour.GREEN: 3}


def _lights(tasks: list[int], units: list[int] | None = None) -> QuerySet[Light, Any]:
    rows = Light.objects.filter(task__any=tasks, target=None)
    rows = rows if units is None else rows.filter(unit__any=units)
    columns = ("pk", "task_id", "unit_id", "colour", "period_id", "period__key")
    return rows.order_by("task_id", "-period__ends_on", "period_id").values_list(*columns, named=True)


_lights_of: Variants[Any] = Variants(_lights, tasks=list, units=list)


def newest_lights(actor: Actor, tasks: Sequence[int]) -> dict[int, list[Any]]:
    """Lights of tasks in the newest period that has any for the task, worst first; one query.

    Rows with pk, task_id, unit_id, colour, period_id and period__key: a page of the ledger asks for hundreds.
    """
    found: dict[int, list[Any]] = {}
    for row in _lights_of(tasks=list(tasks), units=actor.list_for(PERMISSION)):
        standing = found.setdefault(row.task_id, [])
        if not standing or standing[0].period_id == row.period_id:
            standing.append(row)
    for standing in found.values():
        standing.sort(key=lambda row: (_WORST[row.colour], row.unit_id))
    return found


def _cells(tasks: Sequence[int], actor: Actor) -> Mapping[int, extensions.Cell]:
    address = address_form("light_detail")
    words = {value: str(label) for value, label in Light.Colour.choices}
    return {
        task: extensions.Cell(light_tag(worst.colour, address % worst.pk), words[worst.colour])
        for task, (worst, *_others) in newest_lights(actor, tasks).items()
    }


def _narrow(tasks: QuerySet[Task], colour: str, actor: Actor) -> QuerySet[Task]:
    """Tasks that have a light of the colour in their plan's newest period."""
    if colour not in Light.Colour.values:
        return tasks
    newest: dict[int, int] = {}
    periods = Period.objects.filter(lights__in=visible(actor)).distinct().order_by("ends_on", "pk")
    for plan, pk in periods.values_list("rule__plan", "pk"):
        newest[plan] = pk
    lights = visible(actor).filter(period__in=list(newest.values()), target=None, colour=colour)
    return tasks.filter(pk__in=lights.values("task"))


def _task_panel(request: HttpRequest, task: Task) -> SafeString | str:
    """The units' lights, how far they have come, their reports and what followed from them."""
    # Reading all this is for the page of a task alone.
    from guatu.web.dispatch.selectors.task_record import (
        ASKED,
        MEASURES,
        POINTS,
        PROGRESS,
        REPORTS,
        TaskRecord,
        order_columns,
        problem_columns,
    )

    actor = actor_of(request)
    if not actor.may(PERMISSION):
        return ""
    lights = newest_lights(actor, [task.pk]).get(task.pk, [])
    labels = unit_labels({light.unit_id for light in lights}, actor.today)
    record = TaskRecord(task.pk, task.plan_id, actor)
    context = {
        "task": task,
        "lights": [(light, labels.get(light.unit_id, "")) for light in lights],
        "record": record,
        "drawn": [{name: value for name, value in chart.items() if name != "points"} for chart in record.charts],
        "progress_columns": PROGRESS,
        "point_columns": POINTS,
        "asked_columns": ASKED,
        "report_columns": REPORTS,
        "problem_columns": problem_columns(record.units),
        "order_columns": order_columns(record.units),
        "measure_columns": MEASURES,
        "actor": actor,
    }
    return render_to_string("dispatch/_task_panel.html", context, request)


def _target_panel(request: HttpRequest, target: Target) -> SafeString | str:
    if not actor_of(request).may(PERMISSION):
        return ""
    address = reverse("target_forecast", args=[target.pk])
    return format_html('<p><a class="btn" href="{}">{}</a></p>', address, _("进度和预测"))


def _plan_panel(request: HttpRequest, plan: Plan) -> SafeString | str:
    if plan.state == Plan.State.DRAFT or not actor_of(request).may("period.edit"):
        return ""
    address = f"{reverse('period_list')}?plan={plan.pk}"
    return format_html('<a class="btn" href="{}">{}</a>', address, _("填报期次"))


def _series(target: Target, actor: Actor) -> Mapping[str, Any] | None:
    """What was reported of the whole target, beside its course."""
    # It brings numpy, which a process that shows no page needs not wait for.
    from guatu.web.dispatch.selectors.forecasts import answers_to_target, forecast

    answers = [row for row in answers_to_target(target, actor) if row[2].part != "share"]
    if not answers:
        return None
    found = forecast(target, *answers[0], actor.today)
    points = [[point.on.isoformat(), point.reported] for point in found.points if point.reported is not None]
    return {"name": _("已报"), "points": points} if points else None


extensions.columns.add(
    extensions.Column("light", _("灯"), _cells, lambda: Light.Colour.choices, _narrow),
)
extensions.task_panels.add(_task_panel)
extensions.target_panels.add(_target_panel)
extensions.plan_panels.add(_plan_panel)
extensions.target_series.add(_series)
