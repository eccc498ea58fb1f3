"""A target of one unit: course, reports and forecast."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from guatu.web.dispatch.selectors.forecasts import Forecast, answers_to_target, forecast, point_columns
from guatu.web.dispatch.selectors.light_pages import PERMISSION
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.values import id_or_none
from guatu.web.ledger.models import Plan, Target


@page(PERMISSION, "dispatch/forecast.html")
def target_forecast(request: HttpRequest, pk: int) -> dict[str, Any]:
    """`?unit=` chooses among the units that answer for the target."""
    target = get_object_or_404(Target.objects.select_related("plan", "task"), pk=pk)
    if target.plan.state == Plan.State.DRAFT:
        raise Http404
    actor = actor_of(request)
    answers = answers_to_target(target, actor)
    wanted = id_or_none(request.GET, "unit")
    chosen = next((row for row in answers if row[0] == wanted), answers[0] if answers and wanted is None else None)
    if chosen is None and wanted is not None:
        raise Http404
    unit, label, answer = chosen if chosen else (0, "", None)
    found = forecast(target, unit, label, answer, actor.today) if answer else None
    return {
        "target": target,
        "task": target.task,
        "units": [(pk, name) for pk, name, _answer in answers],
        "found": found,
        "point_columns": point_columns(target.unit_text),
        "chart": _chart(found, target) if found and found.course else None,
    }


def _chart(found: Forecast, target: Target) -> dict[str, Any]:
    """What the chart draws, with its words in the reader's language."""
    points = found.points
    return {
        "days": [point.on.isoformat() for point in points],
        "due": [point.due for point in points],
        "reported": [point.reported for point in points],
        "mean": [point.forecast.value if point.forecast else None for point in points],
        "low": [point.forecast.low if point.forecast else None for point in points],
        "high": [point.forecast.high if point.forecast else None for point in points],
        "goal": found.course.target if found.course else None,
        "unit": target.unit_text,
        "words": {
            "due": _("应达"),
            "reported": _("已报"),
            "mean": _("预测"),
            "band": _("预测区间"),
            "goal": _("目标"),
        },
    }
