"""The plan room: the text of a version with its marks, and the ledger rows that were made from it."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from guatu.adapters.writers.formats.html.marks import Mark
from guatu.adapters.writers.formats.html.text_pane import text_pane
from guatu.core.kernel.finding import Language
from guatu.web.base.language import joined
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.beside import BesideGroup, beside_groups, beside_marks, said_beside
from guatu.web.ledger.selectors.names import unit_labels
from guatu.web.ledger.wording import amount_words

# A mark's number names the row it belongs to, so that rows keep theirs when a part of the page is renewed.
KINDS = 5
TASK, DUTY, TARGET, FINDING, BESIDE = range(KINDS)
ROLES = (Duty.Role.LEAD, Duty.Role.RESPONSIBLE, Duty.Role.SUPPORT)


def mark_number(kind: int, pk: int) -> int:
    return pk * KINDS + kind


@dataclass(frozen=True)
class FindingCard:
    number: int
    severity: str
    code: str
    message: str
    line: int
    start: int

    @property
    def of_reader(self) -> bool:
        return self.code.startswith("read.")


@dataclass(frozen=True)
class DutyGroup:
    """One name in one role, with the units that it stands for."""

    role: str
    role_label: str
    text: str
    labels: list[str]
    unit_ids: list[int]
    unlinked: str
    reason: str
    mark: int

    @property
    def waiting(self) -> bool:
        return not self.unit_ids and not self.unlinked

    @property
    def units_text(self) -> str:
        return joined(self.labels)

    @property
    def differs(self) -> bool:
        """Whether the unit's name says more than the plan's words."""
        return self.labels != [self.text]


@dataclass(frozen=True)
class TargetCard:
    """A target in words: its name with its scope, its amount with sign and unit, its time limit, its sense."""

    target: Target
    mark: int
    name: str
    amount: str
    due: str
    meaning: str


@dataclass(frozen=True)
class TaskCard:
    task: Task
    mark: int
    line: int
    duties: list[DutyGroup] = field(default_factory=list)
    targets: list[TargetCard] = field(default_factory=list)
    findings: list[FindingCard] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """`remarks` are the reader's: what it left out of the file is no fault of the plan."""

    text: SafeString
    cards: list[TaskCard]
    loose: list[TargetCard]
    findings: list[FindingCard]
    remarks: list[FindingCard]
    beside: list[BesideGroup]


def room(version: PlanVersion, tasks: Sequence[Task], on: datetime.date, language: Language) -> Room:
    """The room for some tasks of a plan (a page of them); `tasks` come with duties and targets prefetched."""
    loose = list(Target.objects.filter(plan=version.plan_id, task=None).order_by("start", "id"))
    said = said_beside(version)
    marks = [*_marks(version, tasks, loose), *beside_marks(said, _beside_number, len(version.text))]
    text = mark_safe("".join(text_pane(version.text, marks))) if version.text else mark_safe("")  # escaped by text_pane
    every = finding_cards(version, language)
    findings, remarks = [card for card in every if not card.of_reader], [card for card in every if card.of_reader]
    inside = _inside(version, tasks, findings)
    lines = _lines(version.text)
    cards = task_cards(tasks, on, inside, lines)
    claimed = {card.number for found in inside.values() for card in found}
    others = [card for card in findings if card.number not in claimed]
    groups = beside_groups(said, _beside_number, lambda start: bisect_right(lines, start))
    return Room(text, cards, target_cards(loose), others, remarks, groups)


def one_card(task: Task, on: datetime.date, language: Language) -> TaskCard:
    """A task as its room shows it, with its place and its findings; `task` comes with duties and targets prefetched."""
    version = task.version
    findings = [card for card in finding_cards(version, language) if not card.of_reader]
    # Its neighbours as well: a finding belongs to the last task that begins before it.
    beside = Task.objects.filter(version=version, plan=task.plan_id).exclude(pk=task.pk)
    inside = _inside(version, [*beside.only("start", "end", "version"), task], findings) if findings else {}
    return task_cards([task], on, inside, _lines(version.text))[0]


def _beside_number(at: int) -> int:
    return mark_number(BESIDE, at)


def task_cards(
    tasks: Iterable[Task],
    on: datetime.date,
    findings: dict[int, list[FindingCard]] | None = None,
    lines: Sequence[int] = (0,),
) -> list[TaskCard]:
    """Tasks with their duties grouped by name and role."""
    rows = list(tasks)
    labels = unit_labels((d.unit_id for t in rows for d in t.duties.all() if d.unit_id), on)
    return [
        TaskCard(
            task,
            mark_number(TASK, task.pk),
            bisect_right(lines, task.start) if task.end else 0,
            duty_groups(task, labels),
            target_cards(task.targets.all()),
            (findings or {}).get(task.pk, []),
        )
        for task in rows
    ]


def duty_groups(task: Task, labels: dict[int, str]) -> list[DutyGroup]:
    grouped: dict[tuple[str, str], list[Duty]] = {}
    for duty in sorted(task.duties.all(), key=lambda d: (ROLES.index(d.role), d.pk)):
        grouped.setdefault((duty.role, duty.text), []).append(duty)
    return [
        DutyGroup(
            role,
            rows[0].get_role_display(),
            text,
            [labels.get(d.unit_id, "") for d in rows if d.unit_id],
            [d.unit_id for d in rows if d.unit_id],
            rows[0].unlinked,
            rows[0].get_unlinked_display() if rows[0].unlinked else "",
            mark_number(DUTY, rows[0].pk),
        )
        for (role, text), rows in grouped.items()
    ]


def target_cards(targets: Iterable[Target]) -> list[TargetCard]:
    ordered = sorted(targets, key=lambda t: (t.dropped, not t.tracked, t.start, t.pk))
    kinds, directions = _labels(Target.Kind), _labels(Target.Direction)
    return [
        TargetCard(
            target,
            mark_number(TARGET, target.pk),
            f"{target.scope} {target.metric}".strip(),
            amount_words(target),
            target.due.isoformat() if target.due else "",
            f"{kinds[target.kind]} · {directions[target.direction]}",
        )
        for target in ordered
    ]


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def finding_cards(version: PlanVersion, language: Language) -> list[FindingCard]:
    return [
        FindingCard(mark_number(FINDING, at), f["severity"], f["code"], f[language], f["line"], f["start"])
        for at, f in enumerate(version.findings)
    ]


def _inside(version: PlanVersion, tasks: Sequence[Task], cards: list[FindingCard]) -> dict[int, list[FindingCard]]:
    """Findings by the task in whose words they stand."""
    ordered = sorted((t for t in tasks if t.version_id == version.pk and t.end > t.start), key=lambda t: t.start)
    starts = [task.start for task in ordered]
    found: dict[int, list[FindingCard]] = {}
    for card in cards:
        at = bisect_right(starts, card.start) - 1
        if at >= 0 and card.start < ordered[at].end:
            found.setdefault(ordered[at].pk, []).append(card)
    return found


def _marks(version: PlanVersion, tasks: Sequence[Task], loose: Sequence[Target]) -> Iterable[Mark]:
    length = len(version.text)
    for task in tasks:
        if task.version_id != version.pk:
            continue
        yield from _mark(TASK, task, "task", length)
        seen: set[tuple[str, str]] = set()
        for duty in task.duties.all():
            if duty.end > duty.start and (duty.role, duty.text) not in seen:
                seen.add((duty.role, duty.text))
                yield from _mark(DUTY, duty, duty.role, length)
        for target in task.targets.all():
            yield from _mark(TARGET, target, "target", length)
    for target in loose:
        if target.version_id == version.pk:
            yield from _mark(TARGET, target, "target", length)
    for at, finding in enumerate(version.findings):
        start, end = min(finding["start"], length), min(finding["end"], length)
        yield Mark(mark_number(FINDING, at), finding["severity"], start, end)


def _mark(kind: int, row: Any, name: Any, length: int) -> Iterable[Mark]:
    if row.start < row.end <= length:
        yield Mark(mark_number(kind, row.pk), name, row.start, row.end)


def _lines(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def line_start(text: str, line: int) -> int:
    """Position of a line (from 1); the end of the text for a line that is not there."""
    starts = _lines(text)
    return starts[line - 1] if 1 <= line <= len(starts) else len(text)


def tasks_of(plan: Plan) -> Any:
    """The tasks of a plan as its room shows them, dropped ones last in their place."""
    return plan.tasks.prefetch_related("duties", "targets").order_by("order", "id")
