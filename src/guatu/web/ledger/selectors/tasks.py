"""The ledger: tasks of confirmed plans, filtered, counted and shown as rows of plain text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import msgspec
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.prepared import Prepared, Variants
from guatu.web.directory.selectors.tree import unit_tree
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
STATES: dict[str, str | Promise] = {
    "": _("推进中和已销号"),
    "open": _("推进中"),
    "done": _("已销号"),
    "dropped": _("已撤销"),
    "all": _("全部"),
}
SORTS: dict[str, tuple[str, ...]] = {
    "": ("plan_id", "order", "id"),
    "due": ("due", "plan_id", "order", "id"),
    "-due": ("-due", "plan_id", "order", "id"),
    "title": ("title", "id"),
}
BLOCK = 1000

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


@dataclass(frozen=True)
class TaskFilter:
    """What the address of the list asks for. Ids that are no numbers count as not given."""

    plan: int | None = None
    unit: int | None = None
    role: str = ""
    town: int | None = None
    domain: str = ""
    state: str = ""
    due: str = ""
    q: str = ""
    sort: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Filters of columns that other apps have added."""


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

    @property
    def lead(self) -> str:
        return self.units.get(Duty.Role.LEAD, "")

    @property
    def responsible(self) -> str:
        return self.units.get(Duty.Role.RESPONSIBLE, "")

    @property
    def support(self) -> str:
        return self.units.get(Duty.Role.SUPPORT, "")


@dataclass(frozen=True)
class Totals:
    tasks: int
    open: int
    done: int
    overdue: int
    undated: int


def ledger_tasks(actor: Actor) -> QuerySet[Task]:
    """Tasks that are in the ledger at all, as far as the actor may see them."""
    return _of_ledger(actor.list_for("plan.view"))


def filtered(actor: Actor, wanted: TaskFilter) -> QuerySet[Task]:
    """The ledger as a filter asks for it, in its order."""
    tasks = _by_state(ledger_tasks(actor), wanted)
    if wanted.plan is not None:
        tasks = tasks.filter(plan=wanted.plan)
    if wanted.domain:
        tasks = tasks.filter(domain=wanted.domain)
    if wanted.q:
        tasks = tasks.filter(Q(title__icontains=wanted.q) | Q(content__icontains=wanted.q))
    tasks = _by_due(tasks, wanted.due, actor.today)
    tasks = _by_unit(tasks, wanted, actor)
    for added in extensions.columns:
        value = wanted.more.get(added.name, "")
        if value and added.narrow:
            tasks = added.narrow(tasks, value, actor)
    return tasks.order_by(*SORTS.get(wanted.sort, SORTS[""]))


def totals(tasks: QuerySet[Task], today: datetime.date) -> Totals:
    """Counts over all pages; one query."""
    counts = tasks.order_by().aggregate(
        tasks=Count("pk"),
        open=Count("pk", filter=Q(state=Task.State.OPEN)),
        done=Count("pk", filter=Q(state=Task.State.DONE)),
        overdue=Count("pk", filter=Q(state=Task.State.OPEN, due__lt=today)),
        undated=Count("pk", filter=Q(due=None)),
    )
    return Totals(**counts)


def task_rows(tasks: QuerySet[Task], actor: Actor) -> list[TaskRow]:
    """Rows of some tasks; the number of queries does not depend on their number."""
    return _rows(list(_light_rows(tasks)), actor)


def _light_rows(tasks: QuerySet[Task]) -> Any:
    """What a row shows of a task: of 500 rows a page, model instances would be a third of its time."""
    return tasks.values_list("pk", "plan_id", "annex", "path", "title", "domain", "due", "state", named=True)


def _rows(found: Sequence[Any], actor: Actor) -> list[TaskRow]:
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
        )
        for task in found
    ]


def in_blocks(tasks: QuerySet[Task], actor: Actor) -> Iterator[TaskRow]:
    """Rows of any number of tasks, a block at a time."""
    rows = _light_rows(tasks).iterator(chunk_size=BLOCK)
    while block := list(islice(rows, BLOCK)):
        yield from _rows(block, actor)


def _by_state(tasks: QuerySet[Task], wanted: TaskFilter) -> QuerySet[Task]:
    if wanted.plan is None and wanted.state != "all":
        tasks = tasks.filter(plan__state=Plan.State.CONFIRMED)
    if wanted.state in Task.State.values:
        return tasks.filter(state=wanted.state)
    return tasks if wanted.state == "all" else tasks.exclude(state=Task.State.DROPPED)


def _by_due(tasks: QuerySet[Task], due: str, today: datetime.date) -> QuerySet[Task]:
    if due == "none":
        return tasks.filter(due=None)
    if due == "overdue":
        return tasks.filter(due__lt=today, state=Task.State.OPEN)
    if due == "month":
        return tasks.filter(due__year=today.year, due__month=today.month)
    if due == "30":
        return tasks.filter(due__gte=today, due__lte=today + datetime.timedelta(days=30))
    return tasks


def _by_unit(tasks: QuerySet[Task], wanted: TaskFilter, actor: Actor) -> QuerySet[Task]:
    role = wanted.role if wanted.role in Duty.Role.values else ""
    if wanted.unit is None and wanted.town is None:
        return tasks.filter(pk__in=Duty.objects.filter(role=role, unit__isnull=False).values("task")) if role else tasks
    tree = unit_tree(actor.today)
    if wanted.unit is not None:
        tasks = tasks.filter(_has_unit(tree.subtree(wanted.unit), role))
    if wanted.town is not None:
        below = tree.subtree(wanted.town)
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
    return {task: {role: "、".join(names) for role, names in roles.items()} for task, roles in found.items()}


def _targets_of(dues: Mapping[int, datetime.date | None]) -> dict[int, list[TargetWords]]:
    """Tracked targets of each task; a time limit is named where it is not the task's."""
    found: dict[int, list[TargetWords]] = {}
    for target in _targets(tasks=list(dues)):
        task = target.task_id
        found.setdefault(task, []).append(TargetWords(target.pk, target_words(target, dues[task]), target.tracked))
    return found


@dataclass(frozen=True)
class Options:
    """What the filters offer, as values and their names: only what the ledger has."""

    plans: list[tuple[int, str]]
    units: list[tuple[int, str]]
    towns: list[tuple[int, str]]
    domains: list[tuple[str, str]]


_LEDGER_PLANS = (Plan.State.CONFIRMED, Plan.State.CLOSED)


def _of_ledger(units: list[int] | None = None) -> QuerySet[Task]:
    """Tasks that are in the ledger at all, or of these those that some units have a duty in."""
    tasks = Task.objects.filter(plan__state__in=_LEDGER_PLANS).exclude(state=Task.State.PROPOSED)
    return tasks if units is None else tasks.filter(_has_unit(units))


def _units_with_duties(day: datetime.date) -> QuerySet[Any, Any]:
    duties = Duty.objects.filter(task__plan__state__in=_LEDGER_PLANS, unit__isnull=False)
    return choice_rows(day).filter(unit__in=duties.order_by().values("unit_id"))


_plan_choices: Prepared[tuple[int, str]] = Prepared(
    lambda: Plan.objects.filter(state__in=_LEDGER_PLANS).order_by("-id").values_list("pk", "title")
)
_unit_choices: Prepared[tuple[int, str, str]] = Prepared(_units_with_duties, day=datetime.date)
_town_choices: Prepared[tuple[int, str, str]] = Prepared(
    lambda day: choice_rows(day).filter(category="town"), day=datetime.date
)
_domains: Variants[tuple[str]] = Variants(
    lambda **of: _of_ledger(**of).exclude(domain="").order_by("domain").values_list("domain").distinct(), units=list
)


def options(actor: Actor) -> Options:
    return Options(
        _plan_choices(),
        named(_unit_choices(day=actor.today)),
        named(_town_choices(day=actor.today)),
        [(domain, domain) for (domain,) in _domains(units=actor.list_for("plan.view"))],
    )


def cell_value(cell: extensions.Cell | None) -> Any:
    return "" if cell is None else cell.value
