"""The ledger: tasks of confirmed plans, as the list asks for them, and as rows of plain text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.language import joined
from guatu.web.base.prepared import Prepared, Variants
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.table import Wanted
from guatu.web.ledger import extensions
from guatu.web.ledger.models import Allocation, Duty, Plan, Target, Task, numbering
from guatu.web.ledger.selectors.names import choice_rows, named, unit_labels
from guatu.web.ledger.wording import WORDS_OF, target_words

DUE: dict[str, str | Promise] = {
    "overdue": _("已过时限"),
    "month": _("本月到期"),
    "30": _("30 天内到期"),
    "none": _("没有时限"),
}

_titles: Prepared[tuple[int, str]] = Prepared(
    lambda plans: Plan.objects.filter(pk__any=plans).values_list("pk", "title"), plans=list
)
_duties: Prepared[tuple[int, str, str, int | None]] = Prepared(
    lambda tasks: Duty.objects.filter(task__any=tasks).order_by("pk").values_list("task_id", "role", "text", "unit_id"),
    tasks=list,
)
_targets: Prepared[Any] = Prepared(
    lambda tasks: (
        Target.objects.filter(task__any=tasks, tracked=True, dropped=False)
        .order_by("start", "pk")
        # Light rows: a page shows hundreds, and a model instance of thirty fields costs ten times as much.
        .values_list("pk", "task_id", "tracked", *WORDS_OF, named=True)
    ),
    tasks=list,
)


class TargetWords(msgspec.Struct, frozen=True):
    pk: int
    words: str
    tracked: bool


class TaskRow(msgspec.Struct, frozen=True):
    """A task as the list shows it; `cells` are those of the added columns, in their order."""

    pk: int
    plan_id: int
    plan: str
    number: str
    title: str
    domain: str
    due: datetime.date | None
    overdue: bool
    state: str
    state_label: str
    units: Mapping[str, str]
    targets: Sequence[TargetWords]
    cells: Sequence[extensions.Cell | None]
    below: str
    """Domain and plan, where it is not asked for."""

    @property
    def lead(self) -> str:
        return self.units.get(Duty.Role.LEAD, "")

    @property
    def responsible(self) -> str:
        return self.units.get(Duty.Role.RESPONSIBLE, "")

    @property
    def support(self) -> str:
        return self.units.get(Duty.Role.SUPPORT, "")


def ledger_tasks(actor: Actor) -> QuerySet[Task]:
    """Tasks that are in the ledger at all, as far as the actor may see them."""
    return _of_ledger(actor.list_for("plan.view"))


def asked_for(actor: Actor, wanted: Wanted) -> QuerySet[Task]:
    """The ledger narrowed by what no single look-up says: states, units with those below them, columns of other
    apps."""
    tasks = _by_unit(_by_state(ledger_tasks(actor), wanted), wanted, actor)
    for added in extensions.columns:
        if added.narrow and wanted.get(added.name):
            tasks = added.narrow(tasks, wanted[added.name], actor)
    return tasks


def task_rows(found: Sequence[Any], actor: Actor, wanted: Wanted) -> list[TaskRow]:
    """The number of queries does not depend on that of the tasks."""
    plans = dict(_titles(plans=list({task.plan_id for task in found})))
    ids = [task.pk for task in found]
    units = _units_of(ids, actor.today)
    targets = _targets_of({task.pk: task.due for task in found})
    cells = [column.cells(ids, actor) for column in extensions.columns]
    states = {value: str(label) for value, label in Task.State.choices}
    return [
        TaskRow(
            pk=task.pk,
            plan_id=task.plan_id,
            plan=plans[task.plan_id],
            number=numbering(task.annex, task.path),
            title=task.title,
            domain=task.domain,
            due=task.due,
            overdue=task.state == Task.State.OPEN and task.due is not None and task.due < actor.today,
            state=task.state,
            state_label=states[task.state],
            units=units.get(task.pk, {}),
            targets=targets.get(task.pk, ()),
            cells=[answered.get(task.pk) for answered in cells],
            below=" · ".join(one for one in (task.domain, "" if "plan" in wanted else plans[task.plan_id]) if one),
        )
        for task in found
    ]


def _by_state(tasks: QuerySet[Task], wanted: Wanted) -> QuerySet[Task]:
    state = wanted.get("state", "")
    if "plan" not in wanted and state != "all":
        tasks = tasks.filter(plan__state=Plan.State.CONFIRMED)
    if state in Task.State.values:
        return tasks.filter(state=state)
    return tasks if state == "all" else tasks.exclude(state=Task.State.DROPPED)


def due_q(due: str, today: datetime.date) -> Q:
    """What a key of `DUE` means on a day."""
    return {
        "none": Q(due=None),
        "overdue": Q(due__lt=today, state=Task.State.OPEN),
        "month": Q(due__year=today.year, due__month=today.month),
        "30": Q(due__gte=today, due__lte=today + datetime.timedelta(days=30)),
    }.get(due, Q())


def _by_unit(tasks: QuerySet[Task], wanted: Wanted, actor: Actor) -> QuerySet[Task]:
    unit, town = wanted.get("unit"), wanted.get("town")
    role = wanted["role"] if wanted.get("role") in Duty.Role.values else ""
    if unit is None and town is None:
        return tasks.filter(pk__in=Duty.objects.filter(role=role, unit__isnull=False).values("task")) if role else tasks
    tree = unit_tree(actor.today)
    if unit is not None:
        tasks = tasks.filter(_has_unit(tree.subtree(unit), role))
    if town is not None:
        below = tree.subtree(town)
        shared = Allocation.objects.filter(unit__in=below).values("target__task")
        tasks = tasks.filter(_has_unit(below, role) | Q(pk__in=shared))
    return tasks


def _has_unit(units: Iterable[int], role: str = "") -> Q:
    duties = Duty.objects.filter(unit__any=units)
    return Q(pk__in=(duties.filter(role=role) if role else duties).values("task"))


def _units_of(ids: list[int], on: datetime.date) -> dict[int, dict[str, str]]:
    """Units of each task by role; the plan's own words where a name is not linked."""
    rows = _duties(tasks=ids)
    labels = unit_labels((unit for *_rest, unit in rows if unit), on)
    found: dict[int, dict[str, dict[str, None]]] = {}
    for task, role, text, unit in rows:
        found.setdefault(task, {}).setdefault(role, {})[labels.get(unit, text) if unit else text] = None
    return {task: {role: joined(names) for role, names in roles.items()} for task, roles in found.items()}


def _targets_of(dues: Mapping[int, datetime.date | None]) -> dict[int, list[TargetWords]]:
    """Tracked targets of each task; a time limit is named where it is not the task's."""
    found: dict[int, list[TargetWords]] = {}
    for target in _targets(tasks=list(dues)):
        task = target.task_id
        found.setdefault(task, []).append(TargetWords(target.pk, target_words(target, dues[task]), target.tracked))
    return found


LEDGER_PLANS = (Plan.State.CONFIRMED, Plan.State.CLOSED)


def _of_ledger(units: list[int] | None = None) -> QuerySet[Task]:
    """Tasks that are in the ledger at all, or of these those that some units have a duty in."""
    tasks = Task.objects.filter(plan__state__in=LEDGER_PLANS).exclude(state=Task.State.PROPOSED)
    return tasks if units is None else tasks.filter(_has_unit(units))


def _units_with_duties(day: datetime.date) -> QuerySet[Any, Any]:
    duties = Duty.objects.filter(task__plan__state__in=LEDGER_PLANS, unit__isnull=False)
    return choice_rows(day).filter(unit__in=duties.order_by().values("unit_id"))


_plans: Prepared[tuple[int, str]] = Prepared(
    lambda: Plan.objects.filter(state__in=LEDGER_PLANS).order_by("-id").values_list("pk", "title")
)
_units: Prepared[tuple[int, str, str]] = Prepared(_units_with_duties, day=datetime.date)
_towns: Prepared[tuple[int, str, str]] = Prepared(
    lambda day: choice_rows(day).filter(category="town"), day=datetime.date
)
_domains: Variants[tuple[str]] = Variants(
    lambda **of: _of_ledger(**of).exclude(domain="").order_by("domain").values_list("domain").distinct(), units=list
)


def plan_choices(actor: Actor) -> list[tuple[int, str]]:
    return _plans()


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    return named(_units(day=actor.today))


def town_choices(actor: Actor) -> list[tuple[int, str]]:
    return named(_towns(day=actor.today))


def domain_choices(actor: Actor) -> list[tuple[str, str]]:
    return [(domain, domain) for (domain,) in _domains(units=actor.list_for("plan.view"))]
