"""Lists of reports: what a unit has to do, most pressing first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Evidence, Period, Report, ReportEvent
from guatu.web.dispatch.selectors.list_filters import Rows, period_filter, plan_filter, unit_filter
from guatu.web.dispatch.selectors.period_facts import as_then
from guatu.web.dispatch.selectors.sealed import counting, in_state
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Column, Empty, Search, States, Table, Wanted, day, moment
from guatu.web.kit.table.filters import Filter

# What the list shows first, with its word. A report that was not handed in when its period closed is missing.
GROUPS: dict[str, str | Promise] = {
    "returned": _("退回待改"),
    "overdue": _("已逾期"),
    "due": _("待填报"),
    "waiting": _("待审核"),
    "accepted": _("已通过"),
    "missing": _("未报"),
}
NAMES = list(GROUPS)
TO_DO = ("returned", "overdue", "due")
_DONE = (Report.State.ACCEPTED, Report.State.LOCKED)
PRESSING = Order(
    (
        By("group", field=IntegerField()),
        By("period__due_on"),
        By("task__plan_id"),
        By("task_due", may_be_empty=True, field=DateField()),
        By("task_place", field=BigIntegerField()),
        By("id"),
    )
)


@dataclass(frozen=True)
class ReportRow:
    """`days` are those to the due day; below 0 past it."""

    report: Any
    """With what `grouped` adds to it."""
    unit: str
    days: int

    @property
    def group(self) -> str:
        number: int = self.report.group
        return NAMES[number]

    @property
    def group_label(self) -> str | Promise:
        return GROUPS[self.group]

    @property
    def days_late(self) -> int:
        return -self.days

    @property
    def reason(self) -> str:
        return (self.report.return_reason or "") if self.report.state == Report.State.RETURNED else ""


def _of_units(units: frozenset[int] | None) -> QuerySet[Report]:
    reports = Report.objects.filter(counting())
    return reports if units is None else reports.filter(unit__in=units)


def own_reports(actor: Actor) -> QuerySet[Report]:
    """Reports that the actor's units owe, of tasks that stand."""
    return _of_units(actor.units_for("report.write"))


def seen_reports(actor: Actor) -> QuerySet[Report]:
    """Reports of units that the actor may look at."""
    return _of_units(actor.units_for("report.view"))


def grouped(reports: QuerySet[Report], today: datetime.date) -> QuerySet[Report]:
    """Each with its `group`, numbered in the order of `GROUPS`, the reason of the last return and the number of
    files.

    Reports of closed periods stand as they did when these were closed, in an order that no version of a plan moves.
    """
    # The first that holds decides: what was handed in is not overdue, what was returned is not merely late.
    whens = [
        When(in_state(*_DONE), then=Value(4)),
        When(in_state(Report.State.SUBMITTED), then=Value(3)),
        When(period__state=Period.State.CLOSED, then=Value(5)),
        When(state=Report.State.RETURNED, then=Value(0)),
        When(period__due_on__lt=today, then=Value(1)),
    ]
    events = ReportEvent.objects.filter(report=OuterRef("pk"), verb=ReportEvent.Verb.RETURNED).order_by("-id")
    files = Evidence.objects.filter(report=OuterRef("pk")).order_by().values("report")
    return (
        reports.select_related("period", "task", "task__plan")
        # Long texts that the list does not show.
        .defer("task__content", "progress", "problems", "next_step")
        .annotate(
            group=Case(*whens, default=Value(2), output_field=IntegerField()),
            task_due=Case(When(sealed="", then="task__due"), output_field=DateField()),
            task_place=Case(When(sealed="", then="task__order"), default="task_id", output_field=BigIntegerField()),
            return_reason=Subquery(events.values("reason")[:1]),
            files=Subquery(files.annotate(n=Count("pk")).values("n"), output_field=IntegerField()),
        )
    )


def report_rows(reports: Sequence[Report], today: datetime.date) -> list[ReportRow]:
    """A query more for the names of the units, and one for the seals of closed periods."""
    names = as_then(reports, today)
    return [ReportRow(one, names.unit(one), (one.period.due_on - _day(one.period, today)).days) for one in reports]


def _day(period: Period, today: datetime.date) -> datetime.date:
    return period.closed_on or today


def of_group(*names: str) -> Q:
    return Q(group__in=[NAMES.index(name) for name in names])


def report_filters(rows: Rows) -> tuple[Filter, ...]:
    return (
        period_filter(rows),
        plan_filter(rows, "task__plan"),
        unit_filter(rows),
        Search("q", _("任务或进展"), fields=("task__title", "progress")),
    )


PLAN = Column[ReportRow]("plan", _("方案"), lambda row: row.report.task.plan.title, on_page=False, width=28)
NUMBER = Column[ReportRow]("number", _("编号"), lambda row: row.report.task.number, on_page=False, width=12)
TITLE = Column[ReportRow](
    "task", _("任务"), lambda row: row.report.task.title, template="dispatch/_review_task.html", width=36
)
UNIT = Column[ReportRow]("unit", _("单位"), lambda row: row.unit, width=18)
PERIOD = Column[ReportRow]("period", _("期次"), lambda row: row.report.period.key, css="text-nowrap", width=10)
DUE: Column[ReportRow] = day("due", _("截止"), lambda row: row.report.period.due_on, on_page=False)
GROUP = Column[ReportRow]("group", _("情况"), lambda row: row.group_label, on_page=False, width=10)
STATE = Column[ReportRow](
    "state", _("状态"), lambda row: row.report.then_label, template="dispatch/_review_state.html", width=10
)
SUBMITTED: Column[ReportRow] = moment("submitted", _("提交时间"), lambda row: row.report.submitted_at)
REASON = Column[ReportRow]("reason", _("退回原因"), lambda row: row.reason, on_page=False, width=36)


def _own(actor: Actor, wanted: Wanted) -> QuerySet[Report]:
    return grouped(own_reports(actor), actor.today)


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    each = [(name, label, of_group(name)) for name, label in GROUPS.items()]
    return [("todo", _("要办的"), of_group(*TO_DO)), *each, ("all", _("全部"), Q())]


REPORTS = Table[Report, ReportRow](
    title=_("我的填报"),
    rows=_own,
    lines=lambda reports, actor, wanted: report_rows(reports, actor.today),
    order=PRESSING,
    size=100,
    filters=(States("group", _("填报情况"), groups=_groups), *report_filters(own_reports)),
    columns=(PLAN, NUMBER, TITLE, UNIT, PERIOD, DUE, GROUP, STATE, SUBMITTED, REASON),
    empty=Empty(_("还没有需要填报的任务。"), _("方案确认并到填报时间后,您单位牵头或负责的任务会自动出现在这里。")),
)
