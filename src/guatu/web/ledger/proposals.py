"""From a compiled plan to the rows that a person then corrects and confirms. Nothing is written here."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from guatu.core.dispatch.goal import Goal, read_goal
from guatu.core.kernel.units import resolve
from guatu.core.link.domain_names import domain_names
from guatu.core.link.last_day import last_day
from guatu.core.link.unit_names import is_vague
from guatu.core.plan import model

LARGEST = Decimal(10) ** 14
"""Figures from here on do not fit the column; the plan's text still has them."""
_COUNTED = ("count", "area", "length", "mass", "volume", "people", "power", "times", "money")
_STATE_WORDS = re.compile("率|比例|密度|浓度|人均|比重|占比|覆盖|保有|均|指数")
_NORM_WORDS = re.compile("每|间距|宽度|高度|距离|厚度|深度|半径|单次|不小于|坡度")
_PART = re.compile(r"\([^()]+\)$")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_MAIN_KINDS = ("plan", "notice", "annex", "report", "other")


class Names(Protocol):
    """Whoever knows which unit a name stands for."""

    def known(self, text: str) -> int | None: ...


@dataclass(frozen=True)
class ProposedDuty:
    role: str
    text: str
    unit_id: int | None = None
    unlinked: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class ProposedTarget:
    compiled_id: str
    metric: str
    scope: str
    op: str
    value: Decimal
    value_max: Decimal | None
    unit_text: str
    due: datetime.date | None
    start: int
    end: int
    direction: str
    kind: str
    bound: str
    change: str
    striving: bool
    tracked: bool
    base_value: Decimal | None = None


@dataclass(frozen=True)
class ProposedTask:
    compiled_id: str
    annex: str
    path: list[str]
    title: str
    content: str
    domain: str
    start: int
    end: int
    due: datetime.date | None
    waiver: str = ""
    duties: list[ProposedDuty] = field(default_factory=list)
    targets: list[ProposedTarget] = field(default_factory=list)


@dataclass(frozen=True)
class ImportedTask:
    """A row that can be taken, with the rows below it that add targets to it."""

    row: int
    task: ProposedTask


@dataclass(frozen=True)
class Proposal:
    """A file as ledger rows; `targets` belong to the plan as a whole and to none of its tasks."""

    title: str
    doc_no: str
    issuer: str
    issued_on: datetime.date | None
    tasks: list[ProposedTask]
    targets: list[ProposedTarget]


def propose(plan: model.Plan, text: str, names: Names) -> Proposal:
    """Rows for every document of a compiled file; units that the directory knows are linked."""
    issued = next((d.date for d in plan.documents if d.date), None)
    domains = _domains(plan)
    tasks: list[ProposedTask] = []
    loose: list[ProposedTarget] = []
    for at, document in enumerate(plan.documents):
        reader = _Document(document, text, names, domains[at], _year(document, plan, issued))
        tasks += [reader.task(task) for task in document.tasks]
        loose += reader.loose_targets()
    return Proposal(**heading_of(plan), tasks=tasks, targets=loose)


def heading_of(plan: model.Plan) -> dict[str, Any]:
    """What the plan calls itself, by the names of the fields that keep it."""
    main = _main_document(plan)
    issued = next((d.date for d in plan.documents if d.date), None)
    return {
        "title": main.title[:300] if main else plan.source.name[:300],
        "doc_no": next((d.doc_no for d in plan.documents if d.doc_no), "")[:60],
        "issuer": next((d.issuer for d in plan.documents if d.issuer), "")[:120],
        "issued_on": last_day(issued) if issued else None,
    }


class _Document:
    """One document of the file while its rows are made."""

    def __init__(self, document: model.Document, text: str, names: Names, domain: str, year: int | None) -> None:
        self.document, self.text, self.names, self.domain, self.year = document, text, names, domain, year
        self.targets = {t.id: t for t in document.targets}
        self.deadlines = {d.id: d for d in document.deadlines}
        self.titles = {tuple(s.path): s.title for s in document.sections}

    def task(self, task: model.Task) -> ProposedTask:
        days = [last_day(self.deadlines[i].iso, self.year) for i in task.deadlines if i in self.deadlines]
        due = max((day for day in days if day), default=None)
        found = (self.target(self.targets[i], due, True) for i in task.targets if i in self.targets)
        return ProposedTask(
            compiled_id=task.id,
            annex=(self.document.annex or "")[:20],
            path=task.path,
            title=task.title[:300],
            content=task.span.text(self.text).strip(),
            domain=self._domain_of(task)[:120],
            start=task.span.start,
            end=task.span.end,
            due=due,
            duties=self._duties(task),
            targets=[target for target in found if target],
        )

    def loose_targets(self) -> list[ProposedTarget]:
        claimed = {i for task in self.document.tasks for i in task.targets}
        found = (self.target(t, None, False) for t in self.document.targets if t.id not in claimed)
        return [target for target in found if target]

    def target(self, target: model.Target, task_due: datetime.date | None, of_task: bool) -> ProposedTarget | None:
        """None for a figure that no column holds."""
        low, high = _figures(target.value)
        if low is None or abs(low) >= LARGEST or (high is not None and abs(high) >= LARGEST):
            return None
        goal = goal_of(target.op, target.metric, target.span.text(self.text), target.unit, low)
        scope = target.scope or ""
        return ProposedTarget(
            compiled_id=target.id,
            metric=target.metric[:200],
            scope=scope[:120],
            op=target.op,
            value=low,
            value_max=high,
            unit_text=target.unit[:40],
            due=(last_day(target.deadline, self.year) if target.deadline else None) or task_due,
            start=target.span.start,
            end=target.span.end,
            direction=goal.direction,
            kind=goal.kind,
            bound=goal.bound,
            change=goal.change,
            striving=goal.strength == "striving",
            tracked=of_task and not _NORM_WORDS.search(scope + target.metric) and not _PART.search(target.metric),
        )

    def _domain_of(self, task: model.Task) -> str:
        """The heading that the task stands under; of an annex, the annex."""
        if not self.document.annex:
            for depth in range(len(task.path) - 1, 1, -1):
                if title := self.titles.get(tuple(task.path[:depth])):
                    return title
        return self.domain

    def _duties(self, task: model.Task) -> list[ProposedDuty]:
        found = [(d.role, d.unit, d.span.start, d.span.end) for d in task.units]
        if not any(d.role == "lead" for d in task.units):
            # The unit that leads an annex leads what its tasks leave open.
            found = [("lead", unit, 0, 0) for unit in self.document.lead] + found
        unique = {(role, text[:120]): (start, end) for role, text, start, end in reversed(found)}
        return [duty_of(role, text, self.names, *place) for (role, text), place in reversed(unique.items())]


def duty_of(role: str, text: str, names: Names, start: int = 0, end: int = 0) -> ProposedDuty:
    """A duty, linked where its name is known and marked where it stands for nobody in particular."""
    unit = names.known(text)
    return ProposedDuty(role, text, unit, "vague" if unit is None and is_vague(text) else "", start, end)


def goal_of(op: str, metric: str, clause: str, unit: str, value: Decimal | None = None) -> Goal:
    """What the target means. A number of things that is neither said to be done nor a state is taken as a sum
    of work."""
    goal = read_goal(op, f"{metric} {clause}", unit).value
    if value == 0:
        return Goal("hold", "level", "to", goal.strength, "ceiling")
    measure = resolve(unit)
    counted = measure is not None and measure.dimension in _COUNTED and not _STATE_WORDS.search(metric)
    unsaid = goal.direction == "reach" or (goal.direction == "down" and goal.change == "by")
    falls_in_name_only = goal.kind == "cumulative" and goal.direction == "down" and op not in ("<=", "<")
    if falls_in_name_only or (counted and unsaid and op not in ("<=", "<")):
        return Goal("up", "cumulative", "to", goal.strength, "floor")
    return goal


def _figures(value: Any) -> tuple[Decimal | None, Decimal | None]:
    numbers = value if isinstance(value, list) else [value]
    decimals = [Decimal(repr(number)) for number in numbers]
    if not decimals or not all(number.is_finite() for number in decimals):
        return None, None
    rounded = [number.quantize(Decimal("0.000001")) if abs(number) < LARGEST else number for number in decimals]
    return rounded[0], rounded[1] if len(rounded) > 1 else None


def _main_document(plan: model.Plan) -> model.Document | None:
    """The plan itself and not its covering notice."""
    ordered = sorted(plan.documents, key=lambda d: (_MAIN_KINDS.index(d.kind), bool(d.annex)))
    return next((d for d in ordered if d.title.strip()), None)


def _domains(plan: model.Plan) -> list[str]:
    places = [at for at, d in enumerate(plan.documents) if d.tasks]
    names = dict(zip(places, domain_names([plan.documents[at].title for at in places]), strict=True))
    return [names.get(at, "") for at in range(len(plan.documents))]


def _year(document: model.Document, plan: model.Plan, issued: str | None) -> int | None:
    """The year that a time limit without one means."""
    titles = [document.title, *(d.title for d in plan.documents)]
    for title in titles:
        if years := _YEAR.findall(title):
            return int(years[-1])
    return int(issued[:4]) if issued else None
