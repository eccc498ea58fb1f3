"""Lists of reports: what a unit has to do, most pressing first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Evidence, Period, Report, ReportEvent
from guatu.web.ledger.models import Task
from guatu.web.ledger.selectors.names import unit_labels

# What the list shows first, with its word. A report that was not handed in when its period closed is missing.
GROUPS: dict[str, str | Promise] = {
    "returned": _("退回待改"),
    "overdue": _("已逾期"),
    "due": _("待填报"),
    "waiting": _("待审核"),
    "accepted": _("已通过"),
    "missing": _("未报"),
}
TO_DO = ("returned", "overdue", "due")
_HANDED = (Report.State.SUBMITTED,)
_DONE = (Report.State.ACCEPTED, Report.State.LOCKED)


@dataclass(frozen=True)
class ReportFilter:
    """`group` is one of `GROUPS`, "todo" for the first three, or "all"; `key` a period's key."""

    plan: int | None = None
    key: str = ""
    group: str = "todo"
    unit: int | None = None
    q: str = ""


@dataclass(frozen=True)
class ReportRow:
    pk: int
    group: str
    plan: str
    task_id: int
    number: str
    title: str
    unit_id: int
    unit: str
    key: str
    due_on: datetime.date
    days: int
    """To the due day; below 0 past it."""
    state: str
    submitted_at: datetime.datetime | None
    reason: str
    done: bool
    files: int
    row_version: int
    level: int

    @property
    def group_label(self) -> str | Promise:
        return GROUPS[self.group]

    @property
    def days_late(self) -> int:
        return -self.days


def own_reports(actor: Actor) -> QuerySet[Report]:
    """Reports that the actor's units owe, of tasks that stand."""
    units = actor.units_for("report.write")
    reports = Report.objects.filter(task__state__in=(Task.State.OPEN, Task.State.DONE))
    return reports if units is None else reports.filter(unit__in=units)


def seen_reports(actor: Actor) -> QuerySet[Report]:
    """Reports of units that the actor may look at."""
    units = actor.units_for("report.view")
    reports = Report.objects.filter(task__state__in=(Task.State.OPEN, Task.State.DONE))
    return reports if units is None else reports.filter(unit__in=units)


def grouped(reports: QuerySet[Report], today: datetime.date) -> QuerySet[Report]:
    """Each with its `group`, numbered in the order of `GROUPS`."""
    closed = Q(period__state=Period.State.CLOSED)
    whens = [
        When(state__in=_DONE, then=Value(4)),
        When(state__in=_HANDED, then=Value(3)),
        When(closed, then=Value(5)),
        When(state=Report.State.RETURNED, then=Value(0)),
        When(period__due_on__lt=today, then=Value(1)),
    ]
    return reports.annotate(group=Case(*whens, default=Value(2), output_field=IntegerField()))


def filtered(reports: QuerySet[Report], wanted: ReportFilter) -> QuerySet[Report]:
    """As `wanted` says, but for its group; the counts of the groups are taken from these."""
    if wanted.plan is not None:
        reports = reports.filter(task__plan=wanted.plan)
    if wanted.key:
        reports = reports.filter(period__key=wanted.key)
    if wanted.unit is not None:
        reports = reports.filter(unit=wanted.unit)
    if wanted.q:
        reports = reports.filter(Q(task__title__icontains=wanted.q) | Q(progress__icontains=wanted.q))
    return reports


def of_group(reports: QuerySet[Report], group: str) -> QuerySet[Report]:
    names = list(GROUPS)
    if group == "todo":
        return reports.filter(group__in=[names.index(name) for name in TO_DO])
    return reports.filter(group=names.index(group)) if group in GROUPS else reports


def counts(reports: QuerySet[Report]) -> dict[str, int]:
    """How many of each group; one query."""
    names = list(GROUPS)
    found = dict.fromkeys(names, 0)
    for at, count in reports.order_by().values_list("group").annotate(n=Count("pk")):
        found[names[at]] = count
    return found


def ordered(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Most pressing first, with the reason of the last return and the number of files."""
    events = ReportEvent.objects.filter(report=OuterRef("pk"), verb=ReportEvent.Verb.RETURNED).order_by("-id")
    files = Evidence.objects.filter(report=OuterRef("pk")).order_by().values("report")
    return (
        reports.select_related("period", "task", "task__plan")
        .defer("task__content", "progress", "problems", "next_step")
        .annotate(
            return_reason=Subquery(events.values("reason")[:1]),
            files=Subquery(files.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        )
        .order_by("group", "period__due_on", "task__plan_id", F("task__due").asc(nulls_last=True), "task__order", "pk")
    )


def rows(reports: Iterable[Report], today: datetime.date) -> list[ReportRow]:
    """One query more, for the names of the units."""
    found = list(reports)
    labels = unit_labels({report.unit_id for report in found}, today)
    names = list(GROUPS)
    return [
        ReportRow(
            pk=report.pk,
            group=names[report.group],  # type: ignore[attr-defined]
            plan=report.task.plan.title,
            task_id=report.task_id,
            number=report.task.number,
            title=report.task.title,
            unit_id=report.unit_id,
            unit=labels.get(report.unit_id, ""),
            key=report.period.key,
            due_on=report.period.due_on,
            days=(report.period.due_on - today).days,
            state=str(report.get_state_display()),
            submitted_at=report.submitted_at,
            reason=(report.return_reason or "") if report.state == Report.State.RETURNED else "",  # type: ignore[attr-defined]
            done=report.done,
            files=report.files or 0,  # type: ignore[attr-defined]
            row_version=report.row_version,
            level=report.level,
        )
        for report in found
    ]


@dataclass(frozen=True)
class Choices:
    """What the filters of a list offer."""

    plans: Sequence[tuple[int, str]]
    keys: Sequence[str]
    units: Sequence[tuple[int, str]]


def choices(reports: QuerySet[Report], today: datetime.date) -> Choices:
    """Three queries and one for the names of the units."""
    plain = reports.order_by()
    plans = sorted(set(plain.values_list("task__plan", "task__plan__title")), key=lambda row: row[1])
    keys = sorted(set(plain.values_list("period__key", flat=True).distinct()), reverse=True)
    units = unit_labels(set(plain.values_list("unit", flat=True).distinct()), today)
    return Choices(plans, keys, sorted(units.items(), key=lambda row: row[1]))
