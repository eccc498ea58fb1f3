"""The steps of supervision that are due: what the ladder proposes for each task and unit, and what was done so far."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.core.dispatch.facts import ladder_facts
from guatu.core.dispatch.ladder import Decision
from guatu.core.dispatch.vocabulary import Facts, judged
from guatu.core.kernel.explained import Explained, Word, explain
from guatu.web.base.actors import Actor
from guatu.web.base.calendar import calendar
from guatu.web.base.language import language
from guatu.web.base.templatetags.guatu_tags import light as light_mark
from guatu.web.dispatch.models import LadderEvent, Light, Order, Period, Problem, Report
from guatu.web.dispatch.selectors.acts import grave
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.ladder import ladder, proposals
from guatu.web.dispatch.selectors.watched import newest_periods
from guatu.web.kit.keyset import By
from guatu.web.kit.keyset import Order as ByKey
from guatu.web.kit.table import Choose, Column, Empty, Pick, Table, Wanted
from guatu.web.ledger.models import Task
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.selectors.running import running_plans

Pair = tuple[int, int]
SITUATIONS: dict[str, str | Promise] = {"take": _("应采取"), "wait": _("等待"), "halt": _("中止")}
_BEGINS = (LadderEvent.Kind.SETTLED,)
_RANKS = (Light.Colour.RED, Light.Colour.AMBER, Light.Colour.GREY, Light.Colour.GREEN)


@dataclass(frozen=True)
class Done:
    """One thing that was done: its word, the day, and what it was done with."""

    word: Word
    on: datetime.date
    step: str = ""
    event: int | None = None
    order: int | None = None
    has_record: bool = False
    act: int | None = None


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
    grave: bool = False
    """Taken by itself, with all facts."""

    @property
    def ticked(self) -> str:
        """What several are taken by; "" for what is taken by itself or not now."""
        if self.settles:
            return f"{self.light.pk}.settled"
        return f"{self.light.pk}.{self.step}" if self.action == "take" and not self.grave else ""

    @property
    def action(self) -> str:
        return self.decision.value.action

    @property
    def step(self) -> str:
        return self.decision.value.step

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


def words(on: datetime.date) -> dict[str, Word]:
    """The names of the steps in force."""
    return {step.id: Word(step.zh, step.en) for step in ladder(on)}


def word_of(word: Word | None) -> str:
    """In the reader's language."""
    return "" if word is None else word.zh if language() == "zh" else word.en


def candidates(actor: Actor, wanted: Wanted) -> QuerySet[Light]:
    """Lights of the newest period of each running plan of which the ladder may ask for something: those that are not
    green, and of green ones and closed tasks those with something pending. What it asks for is computed for the rows of
    a page alone; only for the office that takes steps."""
    rows = Light.objects.filter(period__in=_periods(wanted.get("plan")), target=None).filter(_asked_of(actor.today))
    rank = Case(*(When(colour=colour, then=Value(at)) for at, colour in enumerate(_RANKS)), output_field=IntegerField())
    rows = rows.select_related("task", "period__rule__plan").annotate(rank=rank)
    return rows if actor.may("order.edit") else rows.none()


def _asked_of(on: datetime.date) -> Q:
    """A superset of what any ladder asks for: where a condition holds of nothing at all, every light may be meant."""
    pair = {"task": OuterRef("task"), "unit": OuterRef("unit")}
    events = LadderEvent.objects.filter(**pair).order_by("-on", "-id")
    settled = LadderEvent.objects.filter(
        task=OuterRef("task"), unit=OuterRef("unit"), kind__in=_BEGINS, on__gt=OuterRef("issued_on")
    )
    orders = Order.objects.filter(**pair).exclude(state=Order.State.WITHDRAWN).filter(~Exists(settled))
    climbed = Q(Exists(orders)) | Q(
        Exists(events) & ~Exists(events.filter(pk=Subquery(events.values("pk")[:1]), kind__in=_BEGINS))
    )
    if any(judged(step.when, _nothing_due(on)).verdict != "no" for step in ladder(on)):
        return Q(task__state=Task.State.OPEN) | climbed
    before = Light.objects.filter(
        **pair,
        target=None,
        colour__in=(Light.Colour.RED, Light.Colour.AMBER),
        period__ends_on__lt=OuterRef("period__ends_on"),
    )
    missing = Report.objects.filter(**pair, period__due_on__lt=on).exclude(state__in=HANDED_IN)
    problems = Problem.objects.filter(**pair, state=Problem.State.OPEN)
    behind = Q(colour__in=(Light.Colour.RED, Light.Colour.AMBER)) | Q(Q(colour=Light.Colour.GREY) & Exists(before))
    return climbed | (Q(task__state=Task.State.OPEN) & (behind | Q(Exists(missing)) | Q(Exists(problems))))


def _nothing_due(on: datetime.date) -> Facts:
    return ladder_facts([], [], on, calendar(on))


def _periods(plan: int | None) -> list[int]:
    return [period.pk for period in newest_periods() if plan is None or period.rule.plan_id == plan]


def step_rows(lights: Sequence[Light], actor: Actor, wanted: Wanted) -> list[StepRow]:
    """What the ladder says of these lights."""
    steps, special = words(actor.today), grave(actor.today)
    done = _done(lights, steps)
    names = unit_labels({light.unit_id for light in lights}, actor.today)
    decided: dict[tuple[int, Pair], Explained[Decision]] = {}
    for period in {light.period_id: light.period for light in lights}.values():
        pairs = [(light.task_id, light.unit_id) for light in lights if light.period_id == period.pk]
        for one in proposals(period, pairs, actor.today):
            decided[period.pk, (one.task_id, one.unit_id)] = one.decision
    rows = []
    for light in lights:
        pair = (light.task_id, light.unit_id)
        decision, taken = decided[light.period_id, pair], done.get(pair, [])
        settles = bool(taken) and (light.colour == Light.Colour.GREEN or light.task.state == Task.State.DONE)
        step = word_of(steps.get(decision.value.step))
        unit = names.get(light.unit_id, "")
        rows.append(StepRow(light.period, light, unit, decision, taken, settles, step, decision.value.step in special))
    return rows


def _done(lights: Sequence[Light], names: Mapping[str, Word]) -> dict[Pair, list[Done]]:
    """Steps and orders since the last settlement that were not withdrawn, in order of time."""
    of = {"task__in": {light.task_id for light in lights}, "unit__in": {light.unit_id for light in lights}}
    found: dict[Pair, list[Done]] = defaultdict(list)
    settled: dict[Pair, datetime.date] = {}
    for event in LadderEvent.objects.filter(**of).select_related("talk", "act").order_by("on", "id"):
        pair = (event.task_id, event.unit_id)
        if event.kind in _BEGINS:
            found[pair].clear()
            settled[pair] = event.on
        elif event.kind == LadderEvent.Kind.WITHDRAWN:
            found[pair] = [one for one in found[pair] if one.step != event.step]
        elif event.kind == LadderEvent.Kind.STEP and event.step in names:
            record, act = hasattr(event, "talk"), event.act.pk if hasattr(event, "act") else None
            found[pair].append(Done(names[event.step], event.on, event.step, event.pk, has_record=record, act=act))
    for order in Order.objects.filter(**of).exclude(state=Order.State.WITHDRAWN).order_by("id"):
        pair = (order.task_id or 0, order.unit_id)
        if order.issued_on >= settled.get(pair, datetime.date.min):
            found[pair].append(Done(Word(order.number, order.number), order.issued_on, "order", order=order.pk))
    return {pair: sorted(rows, key=lambda row: row.on) for pair, rows in found.items() if rows}


def _units(actor: Actor) -> list[tuple[int, str]]:
    rows = Light.objects.filter(period__in=_periods(None), target=None).order_by().values_list("unit", flat=True)
    return sorted(unit_labels(rows.distinct(), actor.today).items(), key=lambda one: one[1])


def _running(actor: Actor) -> list[tuple[int, str]]:
    return running_plans()


STEPS = Table[Light, StepRow](
    title=_("建议措施"),
    rows=candidates,
    lines=step_rows,
    order=ByKey((By("rank", field=IntegerField()), By("task__order"), By("id"))),
    filters=(
        Pick("plan", _("方案"), wide=True, choices=_running),
        Pick("unit", _("单位"), "unit", choices=_units),
        Choose("colour", _("亮灯"), "colour", choices=Light.Colour.choices),
    ),
    columns=(
        Column("tick", _("勾选"), lambda row: "", template="dispatch/_step_tick.html", in_file=False),
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
        Column(
            "act",
            _("操作"),
            lambda row: _("办理"),
            link=lambda row: reverse("step_detail", args=[row.light.pk]),
            in_file=False,
        ),
    ),
    empty=Empty(_("现在没有要采取的措施。"), _("有任务亮灯滞后、缺报或督办逾期时,这里会列出下一步。")),
)
