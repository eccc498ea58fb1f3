"""The one reader of names, hierarchy, tasks and targets of a period: from its seal, or as they are while it is open.

What is drawn from a closed period goes through here and through its own rows, and through nothing else.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache

from django.db.models import Q
from django.utils.timezone import localtime

from guatu.web.directory.selectors.tree import UnitNode, UnitTree, last_nodes, unit_tree
from guatu.web.dispatch.models import Figure, Light, Order, Period, Problem, Report, Seal
from guatu.web.dispatch.selectors.answering import Answering
from guatu.web.dispatch.selectors.courses import due_by
from guatu.web.dispatch.selectors.duties import leads_of
from guatu.web.dispatch.selectors.orders import PENDING, order_rows
from guatu.web.dispatch.selectors.outlines import outlines
from guatu.web.dispatch.selectors.sealed import counting
from guatu.web.dispatch.selectors.sealing import (
    COLOURS,
    AskedFact,
    Facts,
    OrderFact,
    Outline,
    ProblemFact,
    TargetFact,
    TaskFact,
    TrendFact,
    read,
)
from guatu.web.ledger.models import Allocation, Target, Task
from guatu.web.ledger.selectors.names import unit_labels

_TREND = 12
_KEPT = 40
"""Seals that a process keeps read: more than the months of three years."""


class PeriodFacts:
    """Facts of one period as they are on a day. What is not asked for is not read."""

    sealed = False

    def __init__(self, period: Period, on: datetime.date) -> None:
        self.period, self.on = period, on

    @cached_property
    def units(self) -> UnitTree:
        return unit_tree(self.on)

    @cached_property
    def ended(self) -> Mapping[int, UnitNode]:
        """Units with a light or a report that are gone by the day, by their last name."""
        lit = Light.objects.filter(period=self.period).values_list("unit_id", flat=True)
        owing = Report.objects.filter(period=self.period).values_list("unit_id", flat=True)
        return last_nodes({*lit.distinct(), *owing.distinct()} - set(self.units.nodes), self.on)

    @cached_property
    def plan(self) -> str:
        return self.period.rule.plan.title

    @cached_property
    def tasks(self) -> Mapping[int, TaskFact]:
        lit = Light.objects.filter(period=self.period).values("task")
        owed = Report.objects.filter(period=self.period).values("task")
        rows = Task.objects.filter(Q(pk__in=lit) | Q(pk__in=owed)).defer("content").order_by("order", "id")
        leads = leads_of(row.pk for row in rows)
        return {row.pk: task_fact(row, leads.get(row.pk, ())) for row in rows}

    @cached_property
    def targets(self) -> Mapping[int, TargetFact]:
        lit = Light.objects.filter(period=self.period, target__isnull=False).values("target")
        told = Figure.objects.filter(report__period=self.period).values("target")
        asked = {one.target_id for one in self.asked}
        rows = Target.objects.filter(Q(pk__in=lit) | Q(pk__in=told) | Q(pk__in=asked)).order_by("id")
        shares: dict[int, list[tuple[int, float]]] = {row.pk: [] for row in rows}
        for share in Allocation.objects.filter(target__in=list(shares)).order_by("unit_id"):
            shares[share.target_id].append((share.unit_id, float(share.value)))
        return {row.pk: target_fact(row, shares[row.pk]) for row in rows}

    @cached_property
    def asked(self) -> tuple[AskedFact, ...]:
        """What the reports of the period ask a figure for."""
        pairs = Report.objects.filter(counting(), period=self.period).order_by("task_id", "unit_id")
        rows = list(pairs.values_list("task_id", "unit_id"))
        answering = Answering({task for task, _unit in rows})
        return tuple(
            AskedFact(
                task, unit, one.target.pk, one.part, one.goal, getattr(due_by(one, self.period.ends_on), "value", None)
            )
            for task, unit in rows
            for one in answering.reported(task, unit)
        )

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        return outlines(self.on)

    @cached_property
    def trend(self) -> tuple[TrendFact, ...]:
        """This and the periods before it under the same rule that have lights, oldest first."""
        rows = Period.objects.filter(rule=self.period.rule_id, ends_on__lte=self.period.ends_on).order_by("-ends_on")
        periods = list(rows[:_TREND])
        counts: dict[int, Counter[str]] = {row.pk: Counter() for row in periods}
        for pk, colour in Light.objects.filter(period__in=periods, target=None).values_list("period_id", "colour"):
            counts[pk][colour] += 1
        red, amber, green, grey = COLOURS
        return tuple(
            TrendFact(row.key, (found[red], found[amber], found[green], found[grey]))
            for row in reversed(periods)
            if (found := counts[row.pk])
        )

    @cached_property
    def problems(self) -> tuple[ProblemFact, ...]:
        """Problems of the plan that stand open."""
        rows = Problem.objects.filter(task__plan=self.period.rule.plan_id, state=Problem.State.OPEN)
        return tuple(
            ProblemFact(
                row.unit_id,
                row.task.title,
                row.text,
                localtime(row.opened_at).date().isoformat(),
                row.due_on.isoformat() if row.due_on else None,
            )
            for row in rows.select_related("task").defer("task__content").order_by("opened_at", "id")
        )

    @cached_property
    def orders(self) -> tuple[OrderFact, ...]:
        """Orders of the plan issued since the period began, and older ones that are still open."""
        since = Q(issued_on__gte=self.period.starts_on)
        rows = Order.objects.filter(since | Q(state__in=PENDING), plan=self.period.rule.plan_id)
        found = list(rows.exclude(state=Order.State.WITHDRAWN).order_by("year", "serial"))
        return tuple(
            OrderFact(
                row.order.number,
                row.order.unit_id,
                row.order.subject,
                row.order.due_on.isoformat(),
                row.order.state,
                row.overdue,
            )
            for row in order_rows(found, self.on)
        )

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Where each unit stands in the directory."""
        return {node.id: place for place, (_depth, node) in enumerate(self.units.walk())}

    def asked_of(self, task_id: int, unit_id: int) -> list[AskedFact]:
        return [one for one in self.asked if (one.task_id, one.unit_id) == (task_id, unit_id)]

    def target(self, row: Target) -> Target:
        """The target as it was named and measured; for showing, and never saved."""
        was = self.targets.get(row.pk)
        if was is None:
            return row
        found = copy(row)
        found.metric, found.unit_text = was.metric, was.unit_text
        return found

    def node(self, unit_id: int) -> UnitNode | None:
        return self.units.nodes.get(unit_id) or self.ended.get(unit_id)

    def unit(self, unit_id: int) -> str:
        """What a unit was called."""
        found = self.node(unit_id)
        return found.label if found else f"#{unit_id}"

    def facts(self) -> Facts:
        """All of them, to be sealed."""
        spoken_of = {one.unit_id for one in self.problems} | {one.unit_id for one in self.orders}
        ended = {**self.ended, **last_nodes(spoken_of - set(self.units.nodes), self.on)}
        return Facts(
            on=self.on,
            plan=self.plan,
            rule=self.period.rule.name,
            every=self.period.rule.every,
            units=tuple(node for _depth, node in self.units.walk()),
            ended=tuple(ended[pk] for pk in sorted(ended)),
            outlines=self.outlines,
            tasks=tuple(self.tasks.values()),
            targets=tuple(self.targets.values()),
            asked=self.asked,
            trend=self.trend,
            problems=self.problems,
            orders=self.orders,
        )


class SealedFacts(PeriodFacts):
    """The same of a closed period, from its seal alone."""

    sealed = True

    def __init__(self, period: Period, facts: Facts) -> None:
        super().__init__(period, facts.on)
        self.units = UnitTree(facts.units)
        self.ended = {node.id: node for node in facts.ended}
        self.plan = facts.plan
        self.tasks = {one.id: _shared(one) for one in facts.tasks}
        self.targets = {one.id: one for one in facts.targets}
        self.asked, self.outlines, self.trend = facts.asked, facts.outlines, facts.trend
        self.problems, self.orders = facts.problems, facts.orders


def facts_of(periods: Iterable[Period], today: datetime.date) -> dict[int, PeriodFacts]:
    """The facts of each period, by its id; one query for the seals that are known, one more for each that is not."""
    rows = {period.pk: period for period in periods}
    closed = [pk for pk, period in rows.items() if period.state == Period.State.CLOSED]
    seals = Seal.objects.filter(period__in=closed).values_list("period_id", "digest") if closed else ()
    found: dict[int, PeriodFacts] = {pk: _opened(rows[pk], digest) for pk, digest in seals}
    return {pk: found.get(pk) or PeriodFacts(period, today) for pk, period in rows.items()}


@lru_cache(maxsize=_KEPT)
def _sealed(period_id: int, digest: str) -> SealedFacts:
    """A seal never changes: one that is made anew has another digest."""
    seal = Seal.objects.select_related("period__rule").get(period=period_id, digest=digest)
    return SealedFacts(seal.period, read(seal.facts))


def _opened(period: Period, digest: str) -> PeriodFacts:
    return _sealed(period.pk, digest)


@lru_cache(maxsize=20_000)
def _shared(fact: TaskFact) -> TaskFact:
    """One object for what is said of a task in many months."""
    return fact


def task_fact(row: Task, leads: Iterable[int] = ()) -> TaskFact:
    return TaskFact(row.pk, row.annex, tuple(row.path), row.title, row.domain, row.due, tuple(sorted(leads)))


def target_fact(row: Target, shares: Iterable[tuple[int, float]] = ()) -> TargetFact:
    return TargetFact(row.pk, row.metric, row.unit_text, row.kind == Target.Kind.CUMULATIVE, tuple(shares))


class Named:
    """What the units of rows of several periods were called, or are while their period is open."""

    def __init__(self, sealed: Mapping[int, PeriodFacts], labels: Mapping[int, str]) -> None:
        self._sealed, self._labels = sealed, labels

    def unit(self, row: Light | Report) -> str:
        found = self._sealed.get(row.period_id)
        return found.unit(row.unit_id) if found else self._labels.get(row.unit_id, "")


def as_then(rows: Sequence[Light | Report], today: datetime.date) -> Named:
    """Puts on rows of sealed periods the task, plan and target as these were then: whatever shows the row shows those.

    The rows are read with their period and task; they are for showing, and never saved.
    """
    facts = facts_of({row.period_id: row.period for row in rows}.values(), today)
    sealed = {pk: one for pk, one in facts.items() if one.sealed}
    for row in rows:
        if row.period_id in sealed:
            _dress(row, sealed[row.period_id])
    return Named(sealed, unit_labels({row.unit_id for row in rows if row.period_id not in sealed}, today))


def _dress(row: Light | Report, facts: PeriodFacts) -> None:
    if then := facts.tasks.get(row.task_id):
        task = copy(row.task)
        task.annex, task.path, task.title = then.annex, list(then.path), then.title
        task.domain, task.due = then.domain, then.due
        if "plan" in task._state.fields_cache:
            task.plan = copy(task.plan)
            task.plan.title = facts.plan
        row.task = task
    if isinstance(row, Light) and row.target:
        row.target = facts.target(row.target)
