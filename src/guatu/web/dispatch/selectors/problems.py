"""The list of problems, and the reports that speak of problems not yet on it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, Exists, OuterRef, QuerySet, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.facts import days_since
from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import joined
from guatu.web.base.problems import Denied
from guatu.web.base.shown import Shown, first
from guatu.web.dispatch.models import Order, Problem, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.list_filters import plan_filter, unit_filter
from guatu.web.kit.keyset import By
from guatu.web.kit.keyset import Order as ByOrder
from guatu.web.kit.table import Choose, Column, Empty, Pick, Search, Table, Wanted, day, number, text
from guatu.web.ledger.selectors.names import unit_labels

MOST_UNLISTED = 200


@dataclass(frozen=True)
class ProblemRow:
    """A problem with its orders. `days` counts working days that it has stood open, or stood until it was solved."""

    problem: Problem
    unit: str
    opened_on: datetime.date
    days: Explained[int]
    overdue: int
    orders: list[Order]

    @property
    def form(self) -> str:
        return f"solve-{self.problem.pk}"


@dataclass(frozen=True)
class Unlisted:
    """What a report says of problems, while nobody has put it on the list."""

    report: Report
    unit: str


def visible_problems(actor: Actor) -> QuerySet[Problem]:
    """Problems of the units whose reports or orders the actor may see."""
    if not (actor.may("report.view") or actor.may("order.view")):
        return Problem.objects.none()
    scopes = [actor.units_for(p) for p in ("report.view", "order.view") if actor.may(p)]
    if any(scope is None for scope in scopes):
        return Problem.objects.all()
    units = frozenset[int]().union(*(scope for scope in scopes if scope is not None))
    return Problem.objects.filter(unit__in=units)


def problem_rows(problems: Sequence[Problem], on: datetime.date) -> list[ProblemRow]:
    orders = _orders(problem.pk for problem in problems)
    names, working = unit_labels((problem.unit_id for problem in problems), on), calendar(on)
    rows = []
    for problem in problems:
        opened = timezone.localtime(problem.opened_at).date()
        until = timezone.localtime(problem.solved_at).date() if problem.solved_at else on
        overdue = days_since(problem.due_on, until, working).value
        days = days_since(opened, until, working)
        rows.append(
            ProblemRow(problem, names.get(problem.unit_id, ""), opened, days, overdue, orders.get(problem.pk, []))
        )
    return rows


def unlisted(actor: Actor, plan: int | None = None) -> Shown[Unlisted]:
    """Reports handed in, newest first, whose problems are not on the list; for those who may put them there."""
    if not actor.may("order.edit"):
        return first([], MOST_UNLISTED)
    listed = Problem.objects.filter(report=OuterRef("pk"))
    reports = Report.objects.filter(state__in=HANDED_IN).exclude(problems="").exclude(Exists(listed))
    if plan is not None:
        reports = reports.filter(task__plan=plan)
    rows = first(reports.select_related("task", "period").order_by("-period__ends_on", "-id"), MOST_UNLISTED)
    names = unit_labels((report.unit_id for report in rows), actor.today)
    return Shown([Unlisted(report, names.get(report.unit_id, "")) for report in rows], rows.total)


def _orders(problems: Iterable[int]) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    for order in Order.objects.filter(problem__in=list(problems)).order_by("id"):
        found[order.problem_id or 0].append(order)
    return dict(found)


def _open_first(actor: Actor, wanted: Wanted) -> QuerySet[Problem]:
    """Open problems stand by `since`, the oldest at the head; then the solved ones, the newest at the head."""
    since = Case(When(state=Problem.State.OPEN, then="id"))
    return visible_problems(actor).select_related("task", "task__plan", "report__period").annotate(since=since)


PROBLEMS = Table[Problem, ProblemRow](
    title=_("问题清单"),
    rows=_open_first,
    lines=lambda problems, actor, wanted: problem_rows(problems, actor.today),
    order=ByOrder((By("since", may_be_empty=True, field=BigIntegerField()), By("id", down=True))),
    filters=(
        Search("q", _("问题中的字"), wide=True, fields=("text",)),
        unit_filter(visible_problems),
        plan_filter(visible_problems, "task__plan"),
        Pick("task", field="task", hidden=True),
        Choose("state", _("状态"), "state", choices=Problem.State.choices, default=Problem.State.OPEN, every=_("全部")),
    ),
    columns=(
        Column("unit", _("单位"), lambda row: row.unit, width=18),
        Column("plan", _("方案"), lambda row: row.problem.task.plan.title, on_page=False, width=28),
        Column(
            "task",
            _("任务"),
            lambda row: row.problem.task.title,
            link=lambda row: reverse("task_detail", args=[row.problem.task_id]),
            width=30,
        ),
        Column(
            "text",
            _("问题"),
            lambda row: row.problem.text,
            template="dispatch/_problem_text.html",
            css="told cell-title",
            width=40,
        ),
        day("opened", _("列入日期"), lambda row: row.opened_on, sort="opened_at"),
        day("due", _("解决时限"), lambda row: row.problem.due_on, template="dispatch/_problem_due.html", sort="due_on"),
        number("days", _("工作日"), lambda row: row.days.value),
        Column(
            "orders",
            _("督办单"),
            lambda row: joined(order.number for order in row.orders),
            template="dispatch/_problem_orders.html",
            width=24,
        ),
        Column(
            "state",
            _("状态"),
            lambda row: row.problem.get_state_display(),
            template="dispatch/_problem_state.html",
            width=10,
        ),
        Column("solution", _("解决情况"), lambda row: row.problem.solution, on_page=False, width=40),
    ),
    empty=Empty(
        _("没有符合条件的问题。"),
        lambda actor: (
            _("填报中反映的问题,勾选后列入清单;也可以直接列入。")
            if actor.may("order.edit")
            else _("填报时在“问题”一栏写明,督查部门会列入清单、督促解决。")
        ),
    ),
)

UNLISTED_COLUMNS: tuple[Column[Unlisted], ...] = (
    text("tick", _("选择"), lambda row: "", template="dispatch/_unlisted_tick.html"),
    text("period", _("期次"), lambda row: row.report.period.key, css="text-nowrap"),
    text("unit", _("单位"), lambda row: row.unit),
    text(
        "task",
        _("任务"),
        lambda row: row.report.task.title,
        link=lambda row: reverse("task_detail", args=[row.report.task_id]),
    ),
    text("text", _("反映的问题"), lambda row: row.report.problems, template="dispatch/_unlisted_text.html", css="told"),
)


def check_may_see(actor: Actor) -> None:
    """Raises `Denied` for those to whom no list of problems is shown."""
    if not (actor.may("report.view") or actor.may("order.view")):
        raise Denied(_("您没有查看这个页面的权限,请联系本县系统管理员。"))
