"""Computes the lights of a period from what is known on a day. Computing again on the same rows gives the same lights."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec

from guatu.core.calendar.working import WorkingCalendar
from guatu.core.dispatch.delivery import Delivery, days_late, late_reports, missing_in_a_row, missing_reports
from guatu.core.dispatch.facts import light_facts
from guatu.core.dispatch.lights import LightRule, light
from guatu.core.dispatch.starting_rules import STARTING_RULES
from guatu.core.kernel.explained import Explained, Label, Rule
from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.actions.action import require
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Light, Period, Report
from guatu.web.dispatch.selectors.core_rows import calendar, deliveries_of, figures_of, shares, standing, trajectory
from guatu.web.dispatch.selectors.duties import leading_units
from guatu.web.ledger.models import Target, Task

_WORST = {"red": 0, "amber": 1, "grey": 2, "green": 3}
_ON = Label("on", "日期", "day")
_DUE = Label("due", "期限", "deadline")
_LEFT = Rule("fact.task-days-left", "至 {due} 还有 {value}", "{value} are left to {due}")
_DONE = Rule("fact.task-done", "任务是否已销号:{value}", "task closed: {value}")


def rules(on: datetime.date) -> Sequence[LightRule]:
    """The light rules in force on a day: the county's own (setting `dispatch.light-rules`), else those to start from."""
    own = setting("dispatch.light-rules", None, on)
    return msgspec.convert(own, list[LightRule]) if own else STARTING_RULES


@dataclass(frozen=True)
class ComputeLights(Action[int]):
    """The number of lights."""

    name: ClassVar[str] = "dispatch.compute-lights"
    period: int
    on: datetime.date

    def permit(self, context: Context) -> None:
        if context.actor.user is not None:
            require(context, "period.edit")

    def change(self, context: Context) -> Change[int]:
        period = Period.objects.select_related("rule").get(pk=self.period)
        rows = list(_Computation(period, self.on, context.at).lights())
        Light.objects.filter(period=period).exclude(appeals__isnull=False).delete()
        kept = set(Light.objects.filter(period=period).values_list("task_id", "unit_id", "target_id"))
        Light.objects.bulk_create(r for r in rows if (r.task_id, r.unit_id, r.target_id) not in kept)
        change = Change(len(rows))
        change.note(period, None, {"lights": len(rows), "on": self.on.isoformat()})
        return change


class _Computation:
    """All rows that the lights of one period are made of, read at once."""

    def __init__(self, period: Period, on: datetime.date, at: datetime.datetime) -> None:
        self.period, self.on, self.at = period, on, at
        self.rules = rules(on)
        self.working: WorkingCalendar = calendar(on)
        pairs = Report.objects.filter(period=period).values_list("task_id", "unit_id")
        self.pairs = sorted(pairs)
        tasks = Task.objects.filter(pk__in={task for task, _ in self.pairs})
        self.tasks: Mapping[int, Task] = {task.pk: task for task in tasks}
        targets = (
            Target.objects.filter(task__in=self.tasks, tracked=True).select_related("plan").prefetch_related("steps")
        )
        self.targets: dict[int, list[Target]] = {}
        for target in targets:
            self.targets.setdefault(target.task_id or 0, []).append(target)
        every = [t for group in self.targets.values() for t in group]
        self.shares = shares(every)
        self.allocated = {target for target, _ in self.shares}
        self.figures = figures_of(every, period.ends_on)
        self.deliveries = deliveries_of(self.tasks)
        self.leads = {pk: leading_units(task) for pk, task in self.tasks.items()}

    def lights(self) -> Iterator[Light]:
        for task_id, unit_id in self.pairs:
            owed = tuple(d for d in self.deliveries.get((task_id, unit_id), ()) if d.key <= self.period.key)
            found = [self._target(t, unit_id, owed) for t in self.targets.get(task_id, ()) if self._answers(t, unit_id)]
            found = [pair for pair in found if pair is not None]
            yield from (self._row(task_id, unit_id, target, value) for target, value in found)
            task_light = min((v for _, v in found), key=lambda v: _WORST[v.value], default=None)
            yield self._row(task_id, unit_id, None, task_light or self._plain(self.tasks[task_id], owed))

    def _answers(self, target: Target, unit_id: int) -> bool:
        if target.pk in self.allocated:
            return (target.pk, unit_id) in self.shares
        leads = self.leads[target.task_id or 0]
        return not leads or unit_id in leads

    def _target(self, target: Target, unit_id: int, owed: Sequence[Delivery]) -> tuple[Target, Explained[Any]] | None:
        course = trajectory(target, self.shares.get((target.pk, unit_id)))
        if course is None:
            return None
        reports = self.figures.get((target.pk, unit_id), ())
        facts = light_facts(standing(course, reports, owed, rate=target.unit_text == "%"), self.on, self.working)
        return target, light(self.rules, facts)

    def _plain(self, task: Task, owed: Sequence[Delivery]) -> Explained[Any]:
        """The light of a task without a figure to follow: by its reports and its deadline."""
        done = task.state == Task.State.DONE
        facts: dict[str, Any] = {
            "met": _DONE.gives(int(done)),
            "missing_reports": missing_reports(owed, self.on),
            "missing_in_a_row": missing_in_a_row(owed, self.on),
            "late_reports": late_reports(owed, self.on),
            "report_days_late": days_late(owed, self.on, self.working),
        }
        if task.due:
            days = (task.due - self.on).days
            facts["days_left"] = _LEFT.gives(days, _ON.of(self.on), _DUE.of(task.due), unit="day")
        known = [r for r in self.rules if all(c.fact in facts for c in r.when)]
        return light(known, facts)

    def _row(self, task_id: int, unit_id: int, target: Target | None, value: Explained[Any]) -> Light:
        return Light(
            period=self.period,
            task_id=task_id,
            unit_id=unit_id,
            target=target,
            colour=value.value,
            rule=value.rule,
            explained=msgspec.to_builtins(value),
            at=self.at,
        )
