"""All that a task has come to, as far as the reader may see it: reached, due and target over time, its reports with
figures and files, problems, orders, measures, and who has a report to send now.

The number of queries depends on none of these.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.progress import attainment, latest, running_totals
from guatu.core.dispatch.trajectory import Trajectory, expected
from guatu.core.kernel.explained import RATIO, Explained, Unknown, show
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.shown import Shown, first
from guatu.web.base.templatetags.guatu_tags import light as light_tag
from guatu.web.dispatch.models import Evidence, Figure, LadderEvent, Light, Order, PeriodRule, Problem, Report
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.courses import course_of, days_of
from guatu.web.dispatch.selectors.figures import Record
from guatu.web.dispatch.selectors.light_pages import visible as visible_lights
from guatu.web.dispatch.selectors.orders import visible_orders
from guatu.web.dispatch.selectors.problems import visible_problems
from guatu.web.dispatch.selectors.report_lists import TO_DO, ReportRow, grouped, report_rows, seen_reports
from guatu.web.dispatch.selectors.review_lists import reviewable
from guatu.web.dispatch.selectors.steps import word_of, words
from guatu.web.kit.table import Column, day, number, text
from guatu.web.ledger.selectors.names import unit_labels

MOST = 60
"""Reports, orders, problems and measures that the page shows of each; the rest stands in the lists."""
_MEASURES = ("step", "stop", "go-on", "upheld", "rejected", "settled")


@dataclass(frozen=True)
class Point:
    """A day on which something is due, or was reported."""

    on: datetime.date
    due: float | None
    reached: float | None


@dataclass(frozen=True)
class Progress:
    """How far a unit has come with what it answers for; `reached` and `due` say why where there is no figure."""

    answer: Answer
    unit: str
    course: Trajectory | None
    reached: Explained[Any] | Unknown
    due: Explained[Any] | Unknown
    share: Explained[Any] | Unknown
    light: Light | None
    points: list[Point] = field(default_factory=list)

    @property
    def target(self) -> Any:
        return self.answer.target

    @property
    def part(self) -> str:
        return self.answer.part

    @property
    def goal(self) -> str:
        return show(self.course.target, self.target.unit_text, language()) if self.course else "—"


@dataclass(frozen=True)
class ReportLine:
    """A report with its figures in words, and its files."""

    row: ReportRow
    figures: Sequence[str]
    files: Sequence[Any]


@dataclass(frozen=True)
class Measure:
    """Something that was decided about a unit that is behind."""

    event: LadderEvent
    unit: str
    words: str


class TaskRecord:
    """What stands on the page of a task, each part read when it is asked for."""

    def __init__(self, task: int, plan: int, actor: Actor) -> None:
        self.task, self.plan, self.actor, self.today = task, plan, actor, actor.today

    @cached_property
    def reports(self) -> Shown[ReportLine]:
        seen = Q(pk__in=seen_reports(self.actor).values("pk")) | Q(pk__in=reviewable(self.actor).values("pk"))
        rows = grouped(Report.objects.filter(seen, task=self.task), self.today)
        found = first(rows.order_by("-period__ends_on", "-period_id", "unit_id"), MOST)
        ids = [report.pk for report in found]
        figures, files = _figures(ids), defaultdict(list)
        for one in Evidence.objects.filter(report__in=ids).select_related("file").order_by("id"):
            files[one.report_id].append(one.file)
        lines = [ReportLine(r, figures[r.report.pk], files[r.report.pk]) for r in report_rows(list(found), self.today)]
        return Shown(lines, found.total)

    @property
    def asked(self) -> list[ReportLine]:
        """Who has a report to send now."""
        return [line for line in self.reports if line.row.group in TO_DO]

    @cached_property
    def orders(self) -> Shown[Order]:
        return first(visible_orders(self.actor).filter(task=self.task).order_by("-issued_on", "-id"), MOST)

    @cached_property
    def problems(self) -> Shown[Problem]:
        return first(visible_problems(self.actor).filter(task=self.task).order_by("state", "-opened_at", "-id"), MOST)

    @cached_property
    def measures(self) -> Shown[Measure]:
        units = self.actor.units_for("order.view") if self.actor.may("order.view") else frozenset()
        rows = LadderEvent.objects.filter(task=self.task, kind__in=_MEASURES).order_by("-at", "-id")
        found = first(rows if units is None else rows.filter(unit__in=units), MOST)
        names = words(self.today) if found else {}
        labels = unit_labels({row.unit_id for row in found}, self.today)
        lines = [
            Measure(row, labels.get(row.unit_id, ""), word_of(names.get(row.step)) or row.get_kind_display())
            for row in found
        ]
        return Shown(lines, found.total)

    @cached_property
    def units(self) -> dict[int, str]:
        ids = {order.unit_id for order in self.orders} | {problem.unit_id for problem in self.problems}
        return unit_labels(ids, self.today) if ids else {}

    @cached_property
    def progress(self) -> list[Progress]:
        """Of each target the whole first, then the shares that the reader may see."""
        rule = PeriodRule.objects.filter(plan=self.plan).order_by("-starts_on", "id").first()
        answering = Answering([self.task])
        lights = self._lights()
        answers = self._answers(answering, {unit for _target, unit in lights})
        if not answers:
            return []
        record = Record([self.task], rule, self.today) if rule else None
        labels = unit_labels({unit for unit, _answer in answers}, self.today)
        found = [
            _progress(
                answer, unit, labels.get(unit, ""), answering, record, self.today, lights.get((answer.target.pk, unit))
            )
            for unit, answer in answers
        ]
        return sorted(found, key=lambda one: (one.target.pk, one.part == "share", one.unit))

    def _answers(self, answering: Answering, lit: set[int]) -> list[tuple[int, Answer]]:
        may = self.actor.units_for("map.view") if self.actor.may("map.view") else frozenset[int]()
        units = set(answering.leads.get(self.task, ())) | lit
        for shares in answering.shares.values():
            units |= set(shares)
        seen = units if may is None else {unit for unit in units if unit in may or unit in lit}
        return [(unit, answer) for unit in sorted(seen) for answer in answering.judged(self.task, unit)]

    def _lights(self) -> dict[tuple[int, int], Light]:
        """Of each target and unit, in the newest period that has any."""
        rows = visible_lights(self.actor).filter(task=self.task, target__isnull=False)
        newest = rows.order_by("-period__ends_on", "-period_id").values_list("period", flat=True).first()
        return {(row.target_id or 0, row.unit_id): row for row in rows.filter(period=newest).defer("explained")}

    @cached_property
    def charts(self) -> list[dict[str, Any]]:
        """What is drawn: of each target the first that the reader may see."""
        shown: dict[int, Progress] = {}
        for one in self.progress:
            if one.course and one.points:
                shown.setdefault(one.target.pk, one)
        return [_chart(one) for one in shown.values()]


def _figures(reports: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Figure.objects.filter(report__in=reports).order_by("target_id")
    columns = ("report_id", "target__metric", "value", "target__unit_text", "note")
    for report, metric, value, unit, note in rows.values_list(*columns):
        shown = "—" if value is None else show(value, unit, language())
        found[report].append(f"{metric} {shown}" + (f"({note})" if note else ""))
    return found


def _progress(
    answer: Answer,
    unit_id: int,
    unit: str,
    answering: Answering,
    record: Record | None,
    on: datetime.date,
    light: Light | None,
) -> Progress:
    target, course = answer.target, course_of(answer)
    if isinstance(course, Unknown):
        return Progress(answer, unit, None, course, course, course, light)
    of = (answer, answering, target.task_id or 0, unit_id)
    figures = record.of(*of) if record else []
    missing = [row.key for row in record.owed(*of) if row.is_missing(on)] if record else []
    now = latest(course, figures, missing)
    totals = [] if isinstance(now, Unknown) else running_totals(course, figures)
    share = now if isinstance(now, Unknown) else attainment(course, now.value, figures[-1].on)
    reached = {report.on: report.value for report in totals}
    points = [Point(day_, _value(expected(course, day_)), reached.get(day_)) for day_ in days_of(course, totals)]
    return Progress(answer, unit, course, now, expected(course, on), share, light, points)


def _value(found: Explained[Any] | Unknown) -> float | None:
    return None if isinstance(found, Unknown) else found.value


def _chart(one: Progress) -> dict[str, Any]:
    assert one.course
    return {
        "name": f"{one.target.metric} · {one.unit}",
        "target": one.target.pk,
        "goal": one.course.target,
        "unit": one.target.unit_text,
        "due": [[point.on.isoformat(), point.due] for point in one.points if point.due is not None],
        "reached": [[point.on.isoformat(), point.reached] for point in one.points if point.reached is not None],
        "words": {"due": gettext("应达"), "reached": gettext("已达"), "goal": gettext("目标")},
        "points": one.points,
    }


def _said(value: Explained[Any] | Unknown, unit: str) -> SafeString:
    if isinstance(value, Unknown):
        return format_html('<span title="{}">—</span>', value.sentence(language()))
    shown = show(round(value.value, 4 if unit == RATIO else 2), unit, language())
    return format_html('<span title="{}">{}</span>', value.sentence(language()), shown)


def _part(one: Progress) -> str:
    if one.target.striving:
        return gettext("力争")
    words_: dict[str, str] = {"sum": gettext("合计"), "share": gettext("分解"), "whole": gettext("全部")}
    return words_[one.part]


PROGRESS: tuple[Column[Progress], ...] = (
    text(
        "metric",
        _("指标"),
        lambda one: one.target.metric,
        link=lambda one: reverse("target_detail", args=[one.target.pk]),
    ),
    text(
        "unit",
        _("单位"),
        lambda one: one.unit,
        shown=lambda one: format_html("{} <small>{}</small>", one.unit, _part(one)),
    ),
    number(
        "reached",
        _("已达"),
        lambda one: _value(one.reached),
        shown=lambda one: _said(one.reached, one.target.unit_text),
    ),
    number("due", _("应达"), lambda one: _value(one.due), shown=lambda one: _said(one.due, one.target.unit_text)),
    number("goal", _("目标"), lambda one: one.course and one.course.target, shown=lambda one: one.goal),
    number("share", _("完成率"), lambda one: _value(one.share), shown=lambda one: _said(one.share, RATIO)),
    text(
        "light",
        _("灯"),
        lambda one: one.light.get_colour_display() if one.light else "",
        shown=lambda one: (
            light_tag(one.light.colour, reverse("light_detail", args=[one.light.pk])) if one.light else "—"
        ),
    ),
)
POINTS: tuple[Column[Point], ...] = (
    day("on", _("日期"), lambda point: point.on, head=True),
    number("due", _("应达"), lambda point: None if point.due is None else round(point.due, 2)),
    number("reached", _("已达"), lambda point: None if point.reached is None else round(point.reached, 2)),
)
"""The table beside the chart, for print and for who does not see it."""
REPORTS: tuple[Column[ReportLine], ...] = (
    text("period", _("期次"), lambda one: one.row.report.period.key, head=True, link=lambda one: _address(one)),
    text("unit", _("单位"), lambda one: one.row.unit),
    text("state", _("状态"), lambda one: str(one.row.group_label), css="text-nowrap"),
    text(
        "figures",
        _("数据"),
        lambda one: "; ".join(one.figures),
        shown=lambda one: format_html_join("", "<div>{}</div>", ((words_,) for words_ in one.figures)),
    ),
    text(
        "files",
        _("佐证材料"),
        lambda one: "; ".join(file.name for file in one.files),
        shown=lambda one: format_html_join(
            "", '<div><a href="{}">{}</a></div>', ((reverse("attachment", args=[f.pk]), f.name) for f in one.files)
        ),
    ),
)
ASKED: tuple[Column[ReportLine], ...] = (
    text("unit", _("单位"), lambda one: one.row.unit, head=True, link=lambda one: _address(one)),
    text("period", _("期次"), lambda one: one.row.report.period.key),
    day("due", _("截止"), lambda one: one.row.report.period.due_on),
    text("state", _("状态"), lambda one: str(one.row.group_label), css="text-nowrap"),
)
MEASURES: tuple[Column[Measure], ...] = (
    day("on", _("日期"), lambda one: one.event.on, head=True),
    text("unit", _("单位"), lambda one: one.unit),
    text("what", _("措施"), lambda one: one.words),
    text("why", _("说明"), lambda one: one.event.reason),
)


def _address(line: ReportLine) -> str:
    return reverse("report_edit", args=[line.row.report.pk])


def order_columns(units: dict[int, str]) -> tuple[Column[Order], ...]:
    return (
        text(
            "number",
            _("编号"),
            lambda one: one.number,
            head=True,
            link=lambda one: reverse("order_detail", args=[one.pk]),
        ),
        text("unit", _("单位"), lambda one: units.get(one.unit_id, "")),
        text("subject", _("督办事项"), lambda one: one.subject),
        day("due", _("反馈时限"), lambda one: one.due_on),
        text("state", _("状态"), lambda one: one.get_state_display(), css="text-nowrap"),
    )


def problem_columns(units: dict[int, str]) -> tuple[Column[Problem], ...]:
    return (
        text("unit", _("单位"), lambda one: units.get(one.unit_id, ""), head=True),
        text("text", _("问题"), lambda one: one.text),
        day("due", _("解决时限"), lambda one: one.due_on),
        text("state", _("状态"), lambda one: one.get_state_display(), css="text-nowrap"),
        text("solution", _("解决情况"), lambda one: one.solution),
    )
