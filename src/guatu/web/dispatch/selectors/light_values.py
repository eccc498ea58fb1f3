"""The lights of one period as the core gives them, from the rows of the database. Nothing is written here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guatu.core.dispatch.delivery import Delivery, days_late, late_reports, missing_in_a_row, missing_reports
from guatu.core.dispatch.facts import Standing, days_left, is_finished, light_facts
from guatu.core.dispatch.lights import WORDS, LightRule, light, settled
from guatu.core.dispatch.vocabulary import FACTS, Facts, condition
from guatu.core.kernel.explained import Explained, Label, Rule, Unknown, Word
from guatu.core.rules import fact_parts, names
from guatu.web.base.calendar import calendar
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.selectors.answering import Answer, Answering
from guatu.web.dispatch.selectors.core_rows import COUNTED, calendars
from guatu.web.dispatch.selectors.courses import bounds, course_of
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.dispatch.selectors.figures import Record
from guatu.web.dispatch.selectors.milestones import agreed_by, milestone_facts
from guatu.web.ledger.models import Target, Task

_BEHIND = ("red", "amber")
_WORST = {"red": 0, "amber": 1, "grey": 2, "green": 3}
# Facts that every light shows.
SHOWN = ("attainment", "forecast_attainment", "days_left", "missing_in_a_row")
_COLOUR = Label("colour", "亮灯", "light")
_WHY = Label("why", "原因", "reason")
_COUNT = Label("count", "指标数", "targets")
_METRIC = Label("metric", "指标", "target")
_LIGHT = Label("light", "该指标的灯", "its light")
_DONE = Rule("fact.task-done", "任务已销号", "the task is closed with its evidence", official="任务已销号")
_NOT_DONE = Rule("fact.task-open", "任务未销号", "the task is not closed", official="任务尚未销号")
_NO_COURSE = Rule("light.no-course", "{colour}:{why}", "{colour}: {why}", official="{why}")
_NO_REPORT = Rule(
    "light.no-report-yet",
    "{colour}:任务没有量化指标,还没有一期填报到期或审核通过",
    "{colour}: the task has no figure to follow, and no report has fallen due or been accepted yet",
    official="任务没有量化指标，尚无到期或审核通过的填报",
)
_STRIVING = Rule(
    "light.striving",
    "{colour}:力争指标,只作参考,不计入任务的灯",
    "{colour}: striven for and not owed; it does not count in the light of the task",
)
_WORST_OF = Rule(
    "light.worst-of",
    "{colour}:{count}指标中最差的是“{metric}”",
    "{colour}: the worst of {count} is “{metric}”",
    official="“{metric}”{light.said}",
)


@dataclass(frozen=True)
class LightValue:
    """The light of a task for a unit, and of one target where `target_id` is not None."""

    task_id: int
    unit_id: int
    target_id: int | None
    value: Explained[Any]


def rules(on: datetime.date) -> Sequence[LightRule]:
    """The light rules in force on a day: the county's own (setting `dispatch.light-rules`), else those to start
    from."""
    rules: Sequence[LightRule] = setting("dispatch.light-rules", on)
    return rules


class LightValues:
    """All rows that the lights of a period are made of, read at once; `tasks` limits them to some tasks of the plan."""

    def __init__(self, period: Period, on: datetime.date, tasks: Iterable[int] | None = None) -> None:
        self.on = on
        self.rules = rules(on)
        self.calendar = calendar(on)
        self.closed = _closed(period, tasks)
        self.pairs = sorted(_reported(period, tasks) | self.closed)
        ids = sorted({task for task, _ in self.pairs})
        self.tasks = {task.pk: task for task in Task.objects.filter(pk__in=ids).defer("content")}
        self.answering = Answering(ids)
        self.record = Record(ids, period.rule, period.ends_on)
        rows = agreed_by(ids, period.ends_on)
        by = calendars(on, self.calendar) if rows else None
        self.milestones = {task: milestone_facts(rows[task], on, by) for task in rows if by}

    def values(self) -> Iterator[LightValue]:
        """In the order of tasks and units: the lights of targets, then that of the task."""
        for task_id, unit_id in self.pairs:
            found = [(a.target, self._target(a, task_id, unit_id)) for a in self.answering.judged(task_id, unit_id)]
            yield from (LightValue(task_id, unit_id, target.pk, value) for target, value in found)
            yield LightValue(task_id, unit_id, None, self._task(task_id, unit_id, found))

    def _target(self, answer: Answer, task_id: int, unit_id: int) -> Explained[Any]:
        if (task_id, unit_id) in self.closed:
            return self._closed()
        course = course_of(answer)
        if isinstance(course, Unknown):
            why = Word(course.sentence("zh"), course.sentence("en"))
            return _NO_COURSE.gives("grey", _COLOUR.of(WORDS["grey"]), _WHY.of(why), word=WORDS["grey"])
        standing = Standing(
            course,
            tuple(self.record.of(answer, self.answering, task_id, unit_id)),
            tuple(self.record.owed(answer, self.answering, task_id, unit_id)),
            *bounds(answer.target),
        )
        facts = light_facts(standing, self.on, self.calendar, self.milestones.get(task_id))
        done = is_finished(standing, self.on)
        found = settled(self.rules, facts["met"]) if done else light(self.rules, facts)
        if answer.target.striving and found.value in _BEHIND:
            # It is striven for, not owed: how far it has come is said, and nobody is behind.
            found = _STRIVING.gives("grey", _COLOUR.of(WORDS["grey"]), word=WORDS["grey"])
        return _with_numbers(found, facts)

    def _task(self, task_id: int, unit_id: int, found: Sequence[tuple[Target, Explained[Any]]]) -> Explained[Any]:
        """The worst of its targets; of a task without one, or closed, by reports, milestones and deadline."""
        if (task_id, unit_id) in self.closed:
            return self._closed()
        found = [pair for pair in found if not pair[0].striving]
        if not found:
            return self._plain(self.tasks[task_id], self.record.deliveries(task_id, unit_id))
        target, value = min(found, key=lambda pair: _WORST[pair[1].value])
        if len(found) == 1:
            return value
        parts = (_COUNT.of(len(found), "item"), _METRIC.of(target.metric), _LIGHT.of(value))
        return _WORST_OF.gives(value.value, _COLOUR.of(WORDS[value.value]), *parts, word=WORDS[value.value])

    def _closed(self) -> Explained[Any]:
        """What is closed is judged by that alone: nothing more is asked of it."""
        return settled(self.rules, _DONE.gives(True))

    def _plain(self, task: Task, owed: Sequence[Delivery]) -> Explained[Any]:
        if not any(row.is_due(self.on) for row in owed):
            return _NO_REPORT.gives("grey", _COLOUR.of(WORDS["grey"]), word=WORDS["grey"])
        facts: dict[str, Any] = {
            "met": _NOT_DONE.gives(False),
            "missing_reports": missing_reports(owed, self.on),
            "missing_in_a_row": missing_in_a_row(owed, self.on),
            "late_reports": late_reports(owed, self.on),
            "report_days_late": days_late(owed, self.on, self.calendar),
            **(self.milestones.get(task.pk) or {}),
        }
        if task.due:
            facts["days_left"] = days_left(task.due, self.on)
        known = [rule for rule in self.rules if all(name in facts for name in names(condition(rule.when)))]
        return _with_numbers(light(known, facts), facts)


def _with_numbers(value: Explained[Any], facts: Facts) -> Explained[Any]:
    """The light with the numbers that a reader asks for, whether its rule needed them or not: a green one as well."""
    there = {part.key for part in value.parts}
    more = fact_parts([name for name in SHOWN if name not in there], facts, FACTS)
    return msgspec.structs.replace(value, parts=(*value.parts, *more))


def _reported(period: Period, tasks: Iterable[int] | None) -> set[tuple[int, int]]:
    """Open tasks and the units that have a report in the period."""
    reports = Report.objects.filter(period=period, task__state=Task.State.OPEN)
    reports = reports if tasks is None else reports.filter(task__in=list(tasks))
    return set(reports.values_list("task_id", "unit_id"))


def _closed(period: Period, tasks: Iterable[int] | None) -> set[tuple[int, int]]:
    """Units whose part of a task was closed with evidence by the period; of closed tasks all units."""
    standing = Task.objects.filter(plan=period.rule.plan_id, state__in=(Task.State.OPEN, Task.State.DONE))
    standing = standing if tasks is None else standing.filter(pk__in=list(tasks))
    states = dict(standing.values_list("pk", "state"))
    reports = Report.objects.filter(
        task__in=list(states), done=True, state__in=COUNTED, period__ends_on__lte=period.ends_on
    )
    found = set(reports.values_list("task_id", "unit_id"))
    done = [pk for pk, state in states.items() if state == Task.State.DONE]
    return found | {(task, unit) for task, units in reporting_units(done).items() for unit in units}
