"""Some tasks of the example county are planned by milestones, counted back from their deadlines and marked as far as
they have come."""

from __future__ import annotations

import datetime

from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.dispatch.actions.mark_milestone import MarkMilestone
from guatu.web.dispatch.actions.set_milestones import Row, SetMilestones
from guatu.web.dispatch.selectors.duties import reporting_units
from guatu.web.dispatch.selectors.milestones import milestones_of
from guatu.web.example.people import People
from guatu.web.ledger.models import Plan, Task

# What is to be reached, working days, and the lines of the table that come before it.
ROWS = (
    Row("方案和预算评审", 10),
    Row("招标和进场", 15, (0,)),
    Row("主体施工", 40, (1,)),
    Row("资料整理", 5, (1,)),
    Row("验收和移交", 5, (2, 3)),
)
ROOM = datetime.timedelta(days=140)
"""Tasks with less time than this between the plan and their deadline have no room for the milestones."""
BEHIND = (0, 0, 6, 15)
"""How many days each of the tasks is behind its milestones."""


def load_milestones(people: People, today: datetime.date) -> list[Task]:
    """The first tasks with room for them, each by a unit that reports on it."""
    at = timezone.make_aware(datetime.datetime.combine(today, datetime.time(8, 40)))
    made: list[Task] = []
    for task, start, context in _roomy(people, at):
        # Agreed when the plan was issued: days that are entered late make nobody late.
        issued = timezone.make_aware(datetime.datetime.combine(start, datetime.time(9, 20)))
        perform(SetMilestones(task.pk, ROWS, start=start), people.context(context.actor.known, issued))
        _mark(task, context, datetime.timedelta(days=BEHIND[len(made)]))
        made.append(task)
        if len(made) == len(BEHIND):
            break
    run_waiting()
    return made


def _roomy(people: People, at: datetime.datetime) -> list[tuple[Task, datetime.date, Context]]:
    found = []
    for plan in Plan.objects.filter(issued_on__isnull=False).order_by("pk"):
        assert plan.issued_on
        tasks = plan.tasks.filter(state=Task.State.OPEN, due__gte=plan.issued_on + ROOM).order_by("-due", "order")
        units = reporting_units(tasks.values_list("pk", flat=True))
        for task in tasks:
            user = next((people.by_unit[unit] for unit in units.get(task.pk, ()) if unit in people.by_unit), None)
            if user is not None:
                found.append((task, plan.issued_on, people.context(user, at)))
    return found


def _mark(task: Task, context: Context, behind: datetime.timedelta) -> None:
    today = context.actor.today
    for row in milestones_of([task.pk])[task.pk]:
        started, done = _after(row.planned_start, behind), _after(row.planned_end, behind)
        if started and started <= today:
            ended = done if done and done <= today else None
            perform(MarkMilestone(row.pk, row.row_version, started, done, ended), context)


def _after(day: datetime.date | None, behind: datetime.timedelta) -> datetime.date | None:
    return day + behind if day else None
