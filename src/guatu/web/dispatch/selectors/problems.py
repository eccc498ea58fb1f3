"""The list of problems, and the reports that speak of problems not yet on it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from guatu.core.dispatch.facts import days_since
from guatu.core.kernel.explained import Explained
from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Order, Problem, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN, calendar
from guatu.web.ledger.models import Plan
from guatu.web.ledger.selectors.names import unit_labels

MOST_UNLISTED = 200


@dataclass(frozen=True)
class ProblemFilter:
    """What to show; empty values show all."""

    text: str = ""
    unit: int | None = None
    plan: int | None = None
    task: int | None = None
    state: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class ProblemRow:
    """A problem with its orders. `days` counts working days that it has stood open, or stood until it was solved."""

    problem: Problem
    unit: str
    opened_on: datetime.date
    days: Explained[int]
    overdue: int
    orders: list[Order]


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


def problem_rows(actor: Actor, wanted: ProblemFilter) -> list[ProblemRow]:
    """Open problems first, the oldest at the head; then the solved ones, the newest at the head."""
    problems = visible_problems(actor).select_related("task", "task__plan", "report__period")
    for name, column in (("unit", "unit"), ("plan", "task__plan"), ("task", "task"), ("pk", "pk")):
        value = getattr(wanted, name)
        if value is not None:
            problems = problems.filter(**{column: value})
    if wanted.text:
        problems = problems.filter(text__icontains=wanted.text)
    if wanted.state:
        problems = problems.filter(state=wanted.state)
    found = list(problems.order_by("opened_at", "id"))
    orders = _orders(problem.pk for problem in found)
    names, working = unit_labels((problem.unit_id for problem in found), actor.today), calendar(actor.today)
    rows = []
    for problem in found:
        opened = timezone.localtime(problem.opened_at).date()
        until = timezone.localtime(problem.solved_at).date() if problem.solved_at else actor.today
        overdue = days_since(problem.due_on, until, working).value
        days = days_since(opened, until, working)
        rows.append(
            ProblemRow(problem, names.get(problem.unit_id, ""), opened, days, overdue, orders.get(problem.pk, []))
        )
    is_open = [row for row in rows if row.problem.state == Problem.State.OPEN]
    solved = [row for row in rows if row.problem.state == Problem.State.SOLVED]
    return [*is_open, *reversed(solved)]


def unlisted(actor: Actor, plan: int | None = None) -> list[Unlisted]:
    """Reports handed in, newest first, whose problems are not on the list; for those who may put them there."""
    if not actor.may("order.edit"):
        return []
    listed = Problem.objects.filter(report=OuterRef("pk"))
    reports = Report.objects.filter(state__in=HANDED_IN).exclude(problems="").exclude(Exists(listed))
    if plan is not None:
        reports = reports.filter(task__plan=plan)
    rows = list(reports.select_related("task", "period").order_by("-period__ends_on", "-id")[:MOST_UNLISTED])
    names = unit_labels((report.unit_id for report in rows), actor.today)
    return [Unlisted(report, names.get(report.unit_id, "")) for report in rows]


def plans_with_problems(actor: Actor) -> list[tuple[int, str]]:
    plans = Plan.objects.filter(pk__in=visible_problems(actor).values("task__plan"))
    return list(plans.order_by("title").values_list("pk", "title"))


def units_with_problems(actor: Actor) -> list[tuple[int, str]]:
    units = visible_problems(actor).order_by().values_list("unit", flat=True).distinct()
    return sorted(unit_labels(units, actor.today).items(), key=lambda pair: pair[1])


def _orders(problems: Iterable[int]) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    for order in Order.objects.filter(problem__in=list(problems)).order_by("id"):
        found[order.problem_id or 0].append(order)
    return dict(found)
