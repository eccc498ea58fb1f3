"""The goals of one plan as the comparison sees them: targets, and tasks that have a time limit and no target."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from guatu.core.calendar.keys import span_of
from guatu.core.kernel.regex import regex
from guatu.core.plan.diff.above.amounts import Amount, amount_of
from guatu.core.plan.diff.above.answers import Said
from guatu.core.plan.diff.above.areas import name_of, scope_of
from guatu.core.plan.diff.likeness import pairs, plain
from guatu.core.plan.model import Document, Plan, Target, Task

_YEAR: Final = regex(r"(?:19|20)\d\d(?=年)")
_STRIVING: Final = regex(r"力争|争取|努力|力求")
_SENTENCE_END: Final = "。;；\n\t"
_FAR: Final = 300
"""Characters before a figure in which its sentence begins."""


class Statement(msgspec.Struct, frozen=True):
    """One goal. `due` is None without a time limit, or for one whose day is not known (`said.deadline` has it then)."""

    said: Said
    name: str
    name_pairs: Counter[str]
    scope: str
    amount: Amount | None
    due: date | None
    task: str
    task_pairs: Counter[str]
    striving: bool

    @property
    def in_full(self) -> str:
        """The name with the part of the area: 建成区绿地率, wherever a plan's words were parted."""
        return self.scope + self.name

    @property
    def of_each(self) -> bool:
        """每个县2处 is asked of each; 各县100处 may be what all of them come to."""
        return self.said.scope.startswith("每")

    @property
    def whole(self) -> tuple[object, ...]:
        """What makes it the same statement as another, where the one stands in a task and the other in none."""
        return self.name, self.scope, self.amount


def targets_of(plan: Plan, text: str, area: str, share: str = "") -> list[Statement]:
    """The targets of a plan, each statement once: what a plan says among its goals and again in a task is one.

    `share` is the place whose own share the plan may give in a name: 青禾县清淤河道 is 清淤河道 for 青禾县.
    """
    kept: list[Statement] = []
    places: dict[tuple[object, ...], list[int]] = {}
    for one in _targets(plan, text, area, share):
        same = places.setdefault(one.whole, [])
        at = next((i for i in same if not one.task or not kept[i].task or kept[i].task == one.task), None)
        if at is None:
            same.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _stricter(kept[at], one)
    return kept


def tasks_of(plan: Plan, area: str) -> list[Statement]:
    """The tasks whose only measure is their time limit."""
    found = []
    for document in plan.documents:
        year = _year(document, plan)
        limits = {limit.id: limit.iso for limit in document.deadlines}
        for task in document.tasks:
            own = [limits[i] for i in task.deadlines if i in limits]
            if own and not task.targets:
                said = _said(task.id, task.title, document, task, None, _latest(own, year))
                found.append(_statement(said, task, area, None, "", year, striving=False))
    return found


def _targets(plan: Plan, text: str, area: str, share: str) -> Iterator[Statement]:
    for document in plan.documents:
        year = _year(document, plan)
        limits = {limit.id: limit.iso for limit in document.deadlines}
        homes = {i: task for task in document.tasks for i in task.targets}
        for target in document.targets:
            task = homes.get(target.id)
            own = [limits[i] for i in task.deadlines if i in limits] if task else []
            iso = target.deadline or (_latest(own, year) if own else None)
            said = _said(target.id, _without(target, share), document, task, target, iso)
            scope = scope_of(said.scope or (share if said.name != target.metric else ""), area)
            yield _statement(said, task, area, amount_of(target), scope, year, striving=_strives(target, text))


def _without(target: Target, share: str) -> str:
    """The name of a target without the place whose share it is, where that is all that says so."""
    named = bool(share) and not target.scope and target.metric.startswith(share)
    return target.metric.removeprefix(share) if named and len(target.metric) > len(share) + 1 else target.metric


def _said(id_: str, name: str, document: Document, task: Task | None, target: Target | None, iso: str | None) -> Said:
    span = target.span if target else task.span if task else document.span
    path, title = (task.path, task.title) if task else ([], "")
    scope = (target.scope if target else None) or ""
    return Said(id_, name, document.title, path, title, span, scope, target, iso)


def _statement(
    said: Said, task: Task | None, area: str, amount: Amount | None, scope: str, year: int | None, *, striving: bool
) -> Statement:
    name, title = name_of(said.name, area), plain(task.title) if task else ""
    due = _last_day(said.deadline, year) if said.deadline else None
    if due is not None:
        said = msgspec.structs.replace(said, deadline=due.isoformat())
    return Statement(said, name, pairs(name), scope, amount, due, title, pairs(title), striving)


def _stricter(one: Statement, other: Statement) -> Statement:
    """Of two mentions of one goal the one that stands in a task, with the earlier time limit of both."""
    first, second = (other, one) if other.task and not one.task else (one, other)
    # What one of them demands is demanded, even where the other strives for it.
    first = msgspec.structs.replace(first, striving=one.striving and other.striving)
    if second.due is None or (first.due is not None and first.due <= second.due):
        return first
    said = msgspec.structs.replace(first.said, deadline=second.said.deadline)
    return msgspec.structs.replace(first, said=said, due=second.due)


def _strives(target: Target, text: str) -> bool:
    """Whether its sentence says that the figure is striven for only: 力争到2026年底,普及率达到96%."""
    end = min(target.span.end, len(text))
    far = max(0, target.span.start - _FAR)
    start = max(far, *(text.rfind(mark, far, target.span.start) + 1 for mark in _SENTENCE_END))
    return _STRIVING.search(text, start, end) is not None


def _latest(isos: list[str], year: int | None) -> str:
    return max(isos, key=lambda iso: _last_day(iso, year) or date.min)


def _last_day(iso: str, year: int | None) -> date | None:
    """The day on which a time limit ends; None where its year is not known, or for what is no day."""
    end = iso.rpartition("/")[2]
    if end.startswith("--"):
        if year is None:
            return None
        end = f"{year:04d}-{end[2:]}"
    try:
        return span_of(end)[1]
    except ValueError:
        return None


def _year(document: Document, plan: Plan) -> int | None:
    """The year that a time limit without one means: that of the title, else that of the day of issue."""
    for title in (document.title, *(other.title for other in plan.documents)):
        if years := _YEAR.findall(title):
            return int(years[-1])
    issued = document.date or next((other.date for other in plan.documents if other.date), None)
    return int(issued[:4]) if issued and issued[:4].isdigit() else None
