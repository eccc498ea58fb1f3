"""A target's course, what was reported of it, and where it will end: for the chart and the table beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.dispatch.forecast.outlook import Outlook, band, met_on, outlook
from guatu.core.dispatch.progress import Report as CoreReport
from guatu.core.dispatch.progress import attainment, latest, running_totals
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.explained import Explained, Unknown
from guatu.web.base.actors import Actor
from guatu.web.base.templatetags.guatu_tags import figure
from guatu.web.dispatch.models import Figure, PeriodRule, Report
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.courses import bounds, course_of, days_of
from guatu.web.dispatch.selectors.figures import Record
from guatu.web.dispatch.selectors.reviewing import Reviewing
from guatu.web.kit.table import Column, day, number, text
from guatu.web.ledger.models import Target
from guatu.web.ledger.selectors.names import unit_labels

Reason = Explained[Any] | Unknown


@dataclass(frozen=True)
class Point:
    """The end of a month (or the deadline): what is due, what was reported, what is forecast. None where there
    is none."""

    on: datetime.date
    due: float | None
    reported: float | None
    forecast: Outlook | None


def point_columns(unit: str) -> tuple[Column[Point], ...]:
    """The table beside the chart, in the unit of the target."""
    return (
        day("on", _("日期"), lambda point: point.on, head=True),
        number("due", f"{_('应达')} {unit}", lambda point: _rounded(point.due)),
        number("reported", f"{_('已报')} {unit}", lambda point: _rounded(point.reported)),
        number(
            "forecast", f"{_('预测')} {unit}", lambda point: _rounded(point.forecast.value if point.forecast else None)
        ),
        text("band", _("预测区间"), _band, css="num"),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _band(point: Point) -> str:
    ahead = point.forecast
    return f"{figure(_rounded(ahead.low))} – {figure(_rounded(ahead.high))}" if ahead else ""


@dataclass(frozen=True)
class Forecast:
    """The sentences say why there is no figure where there is none."""

    answer: Answer
    unit_id: int
    unit: str
    course: Trajectory | None
    no_course: Unknown | None
    points: list[Point]
    now: Reason | None
    attained: Reason | None
    ahead: Explained[Outlook] | Unknown | None
    met: Reason | None
    pending: int


def answers_to_target(target: Target, actor: Actor) -> list[tuple[int, str, Answer]]:
    """Units that answer for a target, as far as the actor may see or reviews them, the one with the whole first."""
    if target.task_id is None:
        return []
    answering = Answering([target.task_id])
    units = set(answering.shares.get(target.pk, {})) | set(answering.leads.get(target.task_id, ()))
    units |= set(Report.objects.filter(task=target.task_id).values_list("unit_id", flat=True).distinct())
    reviewing = Reviewing([target.task_id], actor)
    seen = [unit for unit in units if actor.may("map.view", unit) or reviewing.reviews(target.task_id, unit)]
    labels = unit_labels(seen, actor.today)
    found = []
    for unit in seen:
        found += [
            (unit, labels.get(unit, ""), a) for a in answering.judged(target.task_id, unit) if a.target.pk == target.pk
        ]
    return sorted(found, key=lambda row: (row[2].part == "share", row[1]))


def forecast(target: Target, unit_id: int, label: str, answer: Answer, on: datetime.date) -> Forecast:
    """Everything of one target for one unit, by the figures accepted so far."""
    course = course_of(answer)
    pending = Figure.objects.filter(target=target, report__unit=unit_id, report__state=Report.State.SUBMITTED).count()
    if isinstance(course, Unknown):
        return Forecast(answer, unit_id, label, None, course, [], None, None, None, None, pending)
    figures, missing = _figures(target, unit_id, answer, on)
    now = latest(course, figures, missing)
    totals = [] if isinstance(now, Unknown) else running_totals(course, figures)
    low, high = bounds(target)
    ahead = outlook(course, totals, lowest=low, highest=high)
    done = now if isinstance(now, Unknown) else attainment(course, now.value, figures[-1].on)
    points = list(_points(course, totals, low, high))
    return Forecast(answer, unit_id, label, course, None, points, now, done, ahead, met_on(course, totals), pending)


def _figures(target: Target, unit_id: int, answer: Answer, on: datetime.date) -> tuple[list[CoreReport], list[str]]:
    rule = PeriodRule.objects.filter(plan=target.plan_id).order_by("-starts_on", "id").first()
    if rule is None or target.task_id is None:
        return [], []
    answering, record = Answering([target.task_id]), Record([target.task_id], rule, on)
    owed = record.owed(answer, answering, target.task_id, unit_id)
    return record.of(answer, answering, target.task_id, unit_id), [row.key for row in owed if row.is_missing(on)]


def _points(course: Trajectory, totals: list[CoreReport], low: float | None, high: float | None) -> Iterator[Point]:
    days = days_of(course, totals)
    reported = {report.on: report.value for report in totals}
    last = totals[-1].on if totals else None
    ahead = [on for on in days if last is not None and on > last]
    found = band(course, totals, ahead, lowest=low, highest=high) if ahead else []
    forecast_by_day = {one.on: one for one in found} if not isinstance(found, Unknown) else {}
    for on in days:
        due = expected(course, on)
        yield Point(on, None if isinstance(due, Unknown) else due.value, reported.get(on), forecast_by_day.get(on))
