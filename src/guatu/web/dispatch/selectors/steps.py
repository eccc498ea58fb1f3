"""The steps of supervision that are due: what the ladder proposes for each task and unit, and what was done so far."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guatu.core.dispatch.ladder import Decision
from guatu.core.kernel.explained import Explained, Word
from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import LadderEvent, Light, Order, Period
from guatu.web.dispatch.selectors.ladder import ladder, proposals
from guatu.web.ledger.models import Plan, Task
from guatu.web.ledger.selectors.names import unit_labels

Pair = tuple[int, int]
ACTIONS = ("take", "wait", "halt")
_BEGINS = (LadderEvent.Kind.SETTLED,)


@dataclass(frozen=True)
class Done:
    """One thing that was done: its word, the day, and what it was done with."""

    word: Word
    on: datetime.date
    step: str = ""
    event: int | None = None
    order: int | None = None
    has_record: bool = False


@dataclass(frozen=True)
class StepRow:
    period: Period
    light: Light
    unit: str
    decision: Explained[Decision]
    done: list[Done] = field(default_factory=list)
    settles: bool = False
    """The light is green again, or the task closed, and steps still stand: the climb may be settled."""

    @property
    def action(self) -> str:
        return self.decision.value.action

    @property
    def step(self) -> str:
        return self.decision.value.step


def steps_due(actor: Actor, plan: int | None = None, unit: int | None = None) -> list[StepRow]:
    """What is to be taken, waited for or halted, the highest step first; only for the office that takes steps."""
    if not actor.may("order.edit"):
        return []
    found = [row for period in _periods(plan) for row in _of_period(period, actor.today, unit)]
    height = {step.id: at for at, step in enumerate(ladder(actor.today))}
    return sorted(found, key=lambda row: (row.settles, _order(row), -height.get(row.step, -1), row.light.task.order))


def _order(row: StepRow) -> int:
    return ACTIONS.index(row.action) if row.action in ACTIONS else len(ACTIONS)


def words(on: datetime.date) -> dict[str, Word]:
    """The names of the steps in force."""
    return {step.id: Word(step.zh, step.en) for step in ladder(on)}


def _periods(plan: int | None) -> list[Period]:
    """Of each plan that runs the newest period with lights; of those that end together the shortest."""
    periods = Period.objects.filter(rule__plan__state=Plan.State.CONFIRMED, lights__isnull=False).distinct()
    if plan is not None:
        periods = periods.filter(rule__plan=plan)
    newest: dict[int, Period] = {}
    for period in periods.select_related("rule", "rule__plan").order_by("ends_on", "starts_on", "id"):
        newest[period.rule.plan_id] = period
    return list(newest.values())


def _of_period(period: Period, on: datetime.date, unit: int | None) -> list[StepRow]:
    lights = Light.objects.filter(period=period, target=None).select_related("task")
    if unit is not None:
        lights = lights.filter(unit=unit)
    by_pair = {(light.task_id, light.unit_id): light for light in lights}
    done = _done({task for task, _unit in by_pair}, on)
    names = unit_labels({unit for _task, unit in by_pair}, on)
    rows = []
    for proposal in proposals(period, by_pair, on):
        pair = (proposal.task_id, proposal.unit_id)
        light, taken = by_pair[pair], done.get(pair, [])
        settles = bool(taken) and (light.colour == Light.Colour.GREEN or light.task.state == Task.State.DONE)
        if settles or (proposal.action in ACTIONS and light.task.state == Task.State.OPEN):
            rows.append(StepRow(period, light, names.get(light.unit_id, ""), proposal.decision, taken, settles))
    return rows


def _done(tasks: Iterable[int], on: datetime.date) -> dict[Pair, list[Done]]:
    """Steps and orders since the last settlement, in order of time."""
    names, ids = words(on), list(tasks)
    found: dict[Pair, list[Done]] = defaultdict(list)
    for event in LadderEvent.objects.filter(task__in=ids).select_related("talk").order_by("on", "id"):
        pair = (event.task_id, event.unit_id)
        if event.kind in _BEGINS:
            found[pair].clear()
        elif event.kind == LadderEvent.Kind.STEP and event.step in names:
            record = hasattr(event, "talk")
            found[pair].append(Done(names[event.step], event.on, event.step, event=event.pk, has_record=record))
    settled = _settled(ids)
    for order in Order.objects.filter(task__in=ids).exclude(state=Order.State.WITHDRAWN).order_by("id"):
        pair = (order.task_id or 0, order.unit_id)
        if order.issued_on >= settled.get(pair, datetime.date.min):
            found[pair].append(Done(Word(order.number, order.number), order.issued_on, "order", order=order.pk))
    return {pair: sorted(rows, key=lambda row: row.on) for pair, rows in found.items() if rows}


def _settled(tasks: Sequence[int]) -> dict[Pair, datetime.date]:
    events = LadderEvent.objects.filter(task__in=tasks, kind__in=_BEGINS).order_by("on", "id")
    return {(task, unit): on for task, unit, on in events.values_list("task_id", "unit_id", "on")}
