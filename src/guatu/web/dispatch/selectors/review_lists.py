"""Reports that wait for a reviewer, with what the checks say of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.checks.figure import CheckRow
from guatu.core.dispatch.peers import unlike_peers
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.dispatch.models import Figure, Report
from guatu.web.dispatch.selectors import report_lists as lists
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.checks import Said, declared_checks, figure_findings, parts_of
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.reviewing import PERMISSION, Reviewing
from guatu.web.dispatch.selectors.sealed import counting
from guatu.web.kit.table import Column, Empty, States, Table, Wanted
from guatu.web.ledger.models import Duty, Target
from guatu.web.ledger.selectors.names import unit_labels

_REVIEWED = (Report.State.SUBMITTED, Report.State.ACCEPTED, Report.State.LOCKED, Report.State.RETURNED)


@dataclass(frozen=True)
class FigureShown:
    """A figure of the list: what it is of, the value as it was reported, the one before, what is said of it."""

    target: Target
    value: str
    last: str
    said: list[Said]


def reviewable(actor: Actor) -> QuerySet[Report]:
    """Reports of tasks that the actor may have to review; whether they do now is said by `Reviewing`."""
    reports = Report.objects.filter(counting(), state__in=_REVIEWED)
    if "supervision" in actor.roles:
        return reports
    if not actor.may(PERMISSION):
        return reports.none()
    led = Duty.objects.filter(role=Duty.Role.LEAD, unit__in=actor.own_units).values("task")
    own = [grant.unit_id for grant in actor.grants if grant.unit_id is not None]
    # Nobody reviews what their own unit reported.
    return reports.filter(Q(task__in=led) | Q(unit__in=actor.own_units)).exclude(unit__in=own)


def _reviewed(actor: Actor, wanted: Wanted) -> QuerySet[Report]:
    """Each with `waits`: whether it waits for this actor."""
    reports = reviewable(actor)
    # The office passes every level: for it the database can say.
    office = Q(state=Report.State.SUBMITTED) & ~Q(submitted_by=actor.user)
    which = office if _is_office(actor) else Q(pk__any=waiting_for(actor, reports))
    waits = Case(When(which, then=Value(True)), default=Value(False))
    return lists.grouped(reports, actor.today).annotate(waits=waits)


def _is_office(actor: Actor) -> bool:
    return actor.may(PERMISSION) and "supervision" in actor.roles


def waiting_for(actor: Actor, reports: QuerySet[Report]) -> list[int]:
    """Ids of the reports that wait for this actor; three queries and one for the reports."""
    found = list(
        reports.filter(state=Report.State.SUBMITTED).only("pk", "task_id", "unit_id", "level", "submitted_by_id")
    )
    reviewing = Reviewing({report.task_id for report in found}, actor)
    return [report.pk for report in found if reviewing.may_review(report)]


def figures_shown(reports: Sequence[Report]) -> dict[int, list[FigureShown]]:
    """Figures of some reports with their findings, by report; a few queries, whatever their number."""
    answering = Answering({report.task_id for report in reports})
    own = _figures(Figure.objects.filter(report__in=[report.pk for report in reports]))
    earlier = _earlier(reports)
    declared = declared_checks()
    found: dict[int, list[FigureShown]] = {}
    asked = {pair: answering.reported(*pair) for pair in {(report.task_id, report.unit_id) for report in reports}}
    parts = parts_of(reports, [answer for answers in asked.values() for answer in answers])
    for report in reports:
        answers = asked[report.task_id, report.unit_id]
        values = own.get(report.pk, {})
        before = {a.target.pk: _before(report, earlier.get((report.unit_id, a.target.pk), ())) for a in answers}
        found[report.pk] = [
            _shown(report, a, values, before[a.target.pk], declared, parts.get((a.target.pk, report.period_id), ()))
            for a in answers
        ]
    return found


def peers_said(report: Report, answers: Iterable[Answer], answering: Answering) -> list[Said]:
    """What is odd of the report's shares beside those of the other units in the same period."""
    found = []
    for answer in answers:
        shares = answering.shares.get(answer.target.pk, {})
        if answer.part != "share" or not shares:
            continue
        rows = Figure.objects.filter(
            target=answer.target, report__period=report.period_id, report__state__in=HANDED_IN
        ).values_list("report__unit_id", "value")
        done = {unit: float(value) / shares[unit] for unit, value in rows if value is not None and shares.get(unit)}
        labels = unit_labels(done, report.period.ends_on)
        named = {labels.get(unit, str(unit)): share for unit, share in done.items()}
        own = labels.get(report.unit_id, "")
        for finding in unlike_peers(answer.target.metric, named, "1"):
            if finding.row == own:
                found.append(Said(answer.target.pk, finding.code, finding.message(language()), False))
    return found


def _figures(rows: QuerySet[Figure]) -> dict[int, dict[int, float | None]]:
    found: dict[int, dict[int, float | None]] = defaultdict(dict)
    for report, target, value in rows.values_list("report_id", "target_id", "value"):
        found[report][target] = None if value is None else float(value)
    return dict(found)


_Earlier = tuple[int, datetime.date, float]
"""Rule and end of the period that a figure was reported for, and the figure."""


def _earlier(reports: Sequence[Report]) -> dict[tuple[int, int], list[_Earlier]]:
    """Figures handed in by (unit, target): rule, last day of the period, value; in order of time."""
    rows = Figure.objects.filter(
        target__task__in={report.task_id for report in reports},
        report__unit__in={report.unit_id for report in reports},
        report__state__in=HANDED_IN,
    ).order_by("report__period__ends_on")
    found: dict[tuple[int, int], list[_Earlier]] = defaultdict(list)
    names = ("report__unit_id", "target_id", "report__period__rule_id", "report__period__ends_on", "value")
    for unit, target, rule, on, value in rows.values_list(*names):
        if value is not None:
            found[unit, target].append((rule, on, float(value)))
    return dict(found)


def _before(report: Report, rows: Iterable[_Earlier]) -> list[float]:
    period = report.period
    return [value for rule, on, value in rows if rule == period.rule_id and on < period.ends_on]


def _shown(
    report: Report,
    answer: Answer,
    values: Mapping[int, float | None],
    before: Sequence[float],
    declared: Sequence[CheckRow],
    parts: Sequence[float],
) -> FigureShown:
    value = values.get(answer.target.pk)
    said = [] if value is None else figure_findings(answer, report.period, value, before, declared, parts)
    return FigureShown(answer.target, _text(value), _text(before[-1] if before else None), said)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:,.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class ReviewRow(lists.ReportRow):
    figures: Sequence[FigureShown] = ()

    @property
    def said(self) -> list[str]:
        return [one.message for figure in self.figures for one in figure.said]


def _lines(reports: Sequence[Report], actor: Actor, wanted: Wanted) -> list[ReviewRow]:
    figures = figures_shown(reports)
    rows = lists.report_rows(reports, actor.today)
    return [ReviewRow(row.report, row.unit, row.days, figures[row.report.pk]) for row in rows]


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    """Beside those that wait for the reader what waits for others, was returned or accepted."""
    others = [(name, lists.GROUPS[name], lists.of_group(name)) for name in ("waiting", "returned", "accepted")]
    return [("mine", _("等我审核"), Q(waits=True)), *others, ("all", _("全部"), Q())]


REVIEWS = Table[Report, ReviewRow](
    title=_("审核"),
    rows=_reviewed,
    lines=_lines,
    order=lists.PRESSING,
    filters=(States("group", _("审核情况"), groups=_groups), *lists.report_filters(reviewable)),
    columns=(
        Column("tick", "", lambda row: "", template="dispatch/_review_tick.html", in_file=False),
        *(lists.PLAN, lists.NUMBER, lists.TITLE, lists.UNIT, lists.PERIOD, lists.DUE),
        Column[ReviewRow](
            "figures",
            _("数据"),
            lambda row: "\n".join(f"{one.target.metric} {one.value} {one.target.unit_text}" for one in row.figures),
            template="dispatch/_review_figures.html",
            width=30,
        ),
        Column[ReviewRow](
            "said",
            _("校验"),
            lambda row: "\n".join(row.said),
            shown=lambda row: format_html_join("", '<div class="said small">{}</div>', ((one,) for one in row.said)),
            width=36,
        ),
        *(lists.SUBMITTED, lists.GROUP, lists.STATE, lists.REASON),
    ),
    empty=Empty(_("没有等您审核的填报。"), _("单位提交后,需要您审核的填报会出现在这里。")),
)
