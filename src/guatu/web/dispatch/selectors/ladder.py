"""Which step of supervision is due for a unit that is behind with a task, by core.dispatch.ladder."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from guatu.core.dispatch.facts import ladder_facts
from guatu.core.dispatch.ladder import LADDER_EVENT_KINDS, Decision, LadderEvent, Step, next_step
from guatu.core.dispatch.lights import WORDS, Colour
from guatu.core.kernel.explained import Explained
from guatu.web.base.calendar import calendar
from guatu.web.base.settings_table import setting
from guatu.web.base.words import one_of
from guatu.web.dispatch.models import Appeal, Light, Order, Period, Problem
from guatu.web.dispatch.models import LadderEvent as EventRow
from guatu.web.dispatch.selectors.figures import Record

Pair = tuple[int, int]
# The step that an issued order stands for, where a county's ladder has one of that name.
_ORDER = "order"
_PENDING = (Order.State.ISSUED, Order.State.RETURNED)


@dataclass(frozen=True)
class Proposal:
    """What is to be done about a task of a unit today, and why."""

    task_id: int
    unit_id: int
    decision: Explained[Decision]

    @property
    def action(self) -> str:
        return self.decision.value.action

    @property
    def step(self) -> str:
        return self.decision.value.step


def ladder(on: datetime.date) -> Sequence[Step]:
    """The steps in force on a day: the county's own (setting `dispatch.ladder`), else those to start from."""
    steps: Sequence[Step] = setting("dispatch.ladder", on)
    return steps


def proposals(
    period: Period, pairs: Iterable[Pair], on: datetime.date, by: Sequence[Step] | None = None
) -> list[Proposal]:
    """The next step for each task and unit, by the lights of the period and those before it; `by` is a ladder that is
    tried."""
    wanted = sorted(set(pairs))
    steps, working = by or ladder(on), calendar(on)
    tasks = sorted({task for task, _ in wanted})
    colours, history = (
        _colours(tasks, {unit for _, unit in wanted}, period),
        _history(tasks, {step.id for step in steps}),
    )
    record = Record(tasks, period.rule, period.ends_on)
    orders, problems = _orders(tasks), _problems(tasks)
    found = []
    for pair in wanted:
        facts = ladder_facts(
            colours.get(pair, []), record.deliveries(*pair), on, working, orders.get(pair), problems.get(pair)
        )
        found.append(Proposal(*pair, next_step(steps, history.get(pair, []), facts, on, working)))
    return found


def _colours(tasks: Sequence[int], units: Iterable[int], period: Period) -> dict[Pair, list[Colour]]:
    """Colours of the periods so far, newest last; a light against which an appeal was upheld does not count."""
    upheld = Appeal.objects.filter(state=Appeal.State.UPHELD, light__task__in=tasks).values_list("light_id", flat=True)
    rows = (
        Light.objects.filter(
            task__in=tasks,
            unit__in=units,
            target=None,
            period__rule__plan=period.rule.plan_id,
            period__ends_on__lte=period.ends_on,
        )
        .exclude(pk__in=list(upheld))
        .order_by("period__ends_on", "period_id")
    )
    found: dict[Pair, list[Colour]] = defaultdict(list)
    for task, unit, colour in rows.values_list("task_id", "unit_id", "colour"):
        found[task, unit].append(one_of(WORDS, colour))
    return dict(found)


def _history(tasks: Sequence[int], steps: set[str]) -> dict[Pair, list[LadderEvent]]:
    """Recorded events, orders that were issued, and appeals; in order of time."""
    found: dict[Pair, list[LadderEvent]] = defaultdict(list)
    for row in EventRow.objects.filter(task__in=tasks).order_by("on", "id"):
        # A step that the county's ladder no longer has counts for nothing; stops and appeals name none.
        if row.step in steps or not row.step:
            kind = one_of(LADDER_EVENT_KINDS, row.kind)
            found[row.task_id, row.unit_id].append(LadderEvent(kind, row.on, row.step, row.until, row.reason))
    if _ORDER in steps:
        orders = Order.objects.filter(task__in=tasks).exclude(state=Order.State.WITHDRAWN)
        for task, unit, on in orders.values_list("task_id", "unit_id", "issued_on"):
            found[task, unit].append(LadderEvent("step", on, _ORDER))
    for pair in found:
        # Events and orders were read one after the other. The sort is stable: those of one day keep their order.
        found[pair].sort(key=lambda event: event.on)
    for appeal in Appeal.objects.filter(light__task__in=tasks, state=Appeal.State.OPEN).select_related("light"):
        _halt(found[appeal.light.task_id, appeal.light.unit_id], appeal)
    return dict(found)


def _halt(history: list[LadderEvent], appeal: Appeal) -> None:
    """While an appeal against a light is open nothing is climbed: a stop that ends with its decision."""
    on = timezone.localtime(appeal.made_at).date()
    at = next((i for i, event in enumerate(history) if event.on > on), len(history))
    history.insert(at, LadderEvent("stop", on, reason=appeal.reason[:200]))


def _orders(tasks: Sequence[int]) -> dict[Pair, datetime.date]:
    """The earliest day by which an order waits for its reply."""
    # From the latest to the earliest, which is the one that is left of several of one pair; below likewise.
    rows = Order.objects.filter(task__in=tasks, state__in=_PENDING).order_by("-due_on")
    return {(task, unit): due for task, unit, due in rows.values_list("task_id", "unit_id", "due_on")}


def _problems(tasks: Sequence[int]) -> dict[Pair, datetime.date]:
    """The day since which the oldest unsolved problem stands."""
    rows = Problem.objects.filter(task__in=tasks, state=Problem.State.OPEN).order_by("-opened_at")
    return {
        (task, unit): timezone.localtime(at).date()
        for task, unit, at in rows.values_list("task_id", "unit_id", "opened_at")
    }
