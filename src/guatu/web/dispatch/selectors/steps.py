"""The steps of supervision that are due: what the ladder proposes for each task and unit, and what was done so far."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from guatu.core.dispatch.ladder import Decision
from guatu.core.kernel.explained import Explained, Word, explain
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.templatetags.guatu_tags import light as light_mark
from guatu.web.dispatch.models import LadderEvent, Light, Order, Period
from guatu.web.dispatch.selectors.ladder import ladder, proposals
from guatu.web.dispatch.selectors.watched import newest_periods
from guatu.web.kit.table import Column, Empty, Pick, Table, Wanted
from guatu.web.ledger.models import Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.running import running_plans

Pair = tuple[int, int]
SITUATIONS: dict[str, str | Promise] = {"take": _("应采取"), "wait": _("等待"), "halt": _("中止")}
ACTIONS = tuple(SITUATIONS)
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
    name: str = ""
    """Of the step, in the reader's language."""

    @property
    def action(self) -> str:
        return self.decision.value.action

    @property
    def step(self) -> str:
        return self.decision.value.step

    @property
    def form(self) -> str:
        return f"stop-{self.light.task_id}-{self.light.unit_id}"

    @property
    def task(self) -> str:
        return f"{self.light.task.number} {self.light.task.title}".strip()

    @property
    def situation(self) -> str | Promise:
        return _("可了结") if self.settles else SITUATIONS.get(self.action, "")

    @property
    def sentence(self) -> str:
        return self.decision.sentence(language())

    @property
    def why(self) -> str:
        return explain(self.decision, language(), codes=False)


def steps_due(actor: Actor, wanted: Wanted) -> list[StepRow]:
    """What is to be taken, waited for or halted, the highest step first; only for the office that takes steps."""
    if not actor.may("order.edit"):
        return []
    periods, names = _periods(wanted.get("plan")), words(actor.today)
    found = [row for period in periods for row in _of_period(period, actor.today, wanted.get("unit"), names)]
    height = {step: at for at, step in enumerate(names)}
    return sorted(found, key=lambda row: (row.settles, _order(row), -height.get(row.step, -1), row.light.task.order))


def _order(row: StepRow) -> int:
    return ACTIONS.index(row.action) if row.action in ACTIONS else len(ACTIONS)


def words(on: datetime.date) -> dict[str, Word]:
    """The names of the steps in force."""
    return {step.id: Word(step.zh, step.en) for step in ladder(on)}


def word_of(word: Word | None) -> str:
    """In the reader's language."""
    return "" if word is None else word.zh if language() == "zh" else word.en


def _periods(plan: int | None) -> list[Period]:
    return [period for period in newest_periods() if plan is None or period.rule.plan_id == plan]


def _of_period(period: Period, on: datetime.date, unit: int | None, steps: Mapping[str, Word]) -> list[StepRow]:
    lights = Light.objects.filter(period=period, target=None).select_related("task")
    if unit is not None:
        lights = lights.filter(unit=unit)
    by_pair = {(light.task_id, light.unit_id): light for light in lights}
    done = _done({task for task, _unit in by_pair}, steps)
    names = unit_labels({unit for _task, unit in by_pair}, on)
    rows = []
    for proposal in proposals(period, by_pair, on):
        pair = (proposal.task_id, proposal.unit_id)
        light, taken = by_pair[pair], done.get(pair, [])
        settles = bool(taken) and (light.colour == Light.Colour.GREEN or light.task.state == Task.State.DONE)
        if settles or (proposal.action in ACTIONS and light.task.state == Task.State.OPEN):
            step = word_of(steps.get(proposal.decision.value.step))
            rows.append(StepRow(period, light, names.get(light.unit_id, ""), proposal.decision, taken, settles, step))
    return rows


def _done(tasks: Iterable[int], names: Mapping[str, Word]) -> dict[Pair, list[Done]]:
    """Steps and orders since the last settlement, in order of time."""
    ids = list(tasks)
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


def _running(actor: Actor) -> list[tuple[int, str]]:
    return running_plans()


def _due(rows: Sequence[StepRow] | Any, actor: Actor, wanted: Wanted) -> dict[str, str]:
    count = sum(row.action == "take" and not row.settles for row in rows)
    return {"act": ngettext("应采取 %(n)d 项", "应采取 %(n)d 项", count) % {"n": count}}


STEPS = Table[Light, StepRow](
    title=_("建议措施"),
    rows=steps_due,
    lines=lambda rows, actor, wanted: rows,
    totals=_due,
    filters=(
        Pick("plan", _("方案"), wide=True, choices=_running),
        Pick("unit", hidden=True),
    ),
    columns=(
        Column("unit", _("单位"), lambda row: row.unit, width=18),
        Column("plan", _("方案"), lambda row: row.period.rule.plan.title, on_page=False, width=28),
        Column(
            "task", _("任务"), lambda row: row.task, template="dispatch/_step_task.html", css="cell-title", width=36
        ),
        Column(
            "light",
            _("灯"),
            lambda row: row.light.get_colour_display(),
            shown=lambda row: light_mark(row.light.colour, reverse("light_detail", args=[row.light.pk])),
        ),
        Column("step", _("建议措施"), lambda row: row.name, on_page=False),
        Column("situation", _("情况"), lambda row: row.situation, on_page=False, width=12),
        Column("why", _("建议和理由"), lambda row: row.sentence, template="dispatch/_step_why.html", width=60),
        Column(
            "done",
            _("已采取"),
            lambda row: "\n".join(f"{one.on.isoformat()} {word_of(one.word)}" for one in row.done),
            template="dispatch/_step_done.html",
            width=40,
        ),
        Column("act", _("操作"), lambda row: "", template="dispatch/_step_act.html", in_file=False),
    ),
    empty=Empty(_("现在没有要采取的措施。"), _("有任务亮灯滞后、缺报或督办逾期时,这里会列出下一步。")),
)
