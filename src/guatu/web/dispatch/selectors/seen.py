"""Rows that a user may see; others are not there for them."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Light, Report
from guatu.web.dispatch.selectors.period_facts import as_then
from guatu.web.dispatch.selectors.reviewing import Reviewing


def visible_report(actor: Actor, pk: int) -> Report:
    """A report of a unit that the user may look at, or of a task whose reports they review."""
    report = get_object_or_404(Report.objects.select_related("period__rule", "task__plan", "submitted_by"), pk=pk)
    if not (actor.may("report.view", report.unit_id) or Reviewing([report.task_id], actor).may_see(report)):
        raise Http404
    as_then([report], actor.today)
    return report


def visible_light(actor: Actor, pk: int) -> Light:
    """A light of a unit that the user may see on the map, or of a unit and task whose reports they review."""
    rows = Light.objects.select_related("period__rule", "task__plan", "target")
    light = get_object_or_404(rows, pk=pk)
    if actor.may("map.view", light.unit_id) or Reviewing([light.task_id], actor).reviews(light.task_id, light.unit_id):
        as_then([light], actor.today)
        return light
    raise Http404
