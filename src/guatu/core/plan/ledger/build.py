"""One document's ledger from its outline."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

from guatu.core.kernel.span import Span
from guatu.core.plan.commitments.citations import find_citations, find_projects
from guatu.core.plan.commitments.deadlines import DeadlineDraft, find_deadlines
from guatu.core.plan.commitments.duties import DutyDraft, read_roles
from guatu.core.plan.commitments.funds import find_funds
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.recurrences import find_recurrences
from guatu.core.plan.commitments.tables import TableReading, read_tables, table_limits
from guatu.core.plan.commitments.targets import find_targets
from guatu.core.plan.commitments.targets_draft import TargetDraft
from guatu.core.plan.commitments.tasks import TaskDraft, find_tasks
from guatu.core.plan.ledger.context import Paragraphs, paragraphs, phase_times
from guatu.core.plan.ledger.governing import governing_deadlines
from guatu.core.plan.model import (
    Citation,
    Deadline,
    Document,
    Duty,
    Fund,
    Phase,
    Project,
    ReadColumn,
    ReadTable,
    Recurrence,
    Section,
    Target,
    Task,
)
from guatu.core.plan.outline.heads import title_words
from guatu.core.plan.outline.model import Node, OutlineDocument
from guatu.core.plan.source.reading import Reading

WITHOUT_GOALS = ("report", "other")
"""What tells of the past, and what cannot be read."""


class Numbers:
    """Ids that are unique in one file: t1, t2, ... d1, d2, ..."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}

    def new(self, prefix: str) -> str:
        self._next[prefix] = self._next.get(prefix, 0) + 1
        return f"{prefix}{self._next[prefix]}"


class LedgerBuilder:
    """Builds the ledger of one document."""

    def __init__(
        self,
        reading: Reading,
        document: OutlineDocument,
        numbers: Numbers,
        known: KnownNames = NOBODY,
        chosen: Mapping[int, int] | None = None,
    ) -> None:
        """`chosen` are the columns of tasks that a person named, by where their tables begin."""
        self.reading = reading
        self.known = known
        self.norm = reading.norm
        self.document = document
        self.numbers = numbers
        self.tables = read_tables(document, self.norm, known, chosen or {})
        self.spans: Paragraphs = paragraphs(document, self.tables, self.norm)
        self.phases = phase_times(document, self.norm)
        self.tasks = self._tasks()

    def _tasks(self) -> list[TaskDraft]:
        """Items and rows; an item that only heads the rows of a table below it is none itself."""
        if self.document.kind == "other":
            return []
        rows = [task for table in self.tables for task in table.tasks]
        parents = {row.path[:-1] for row in rows}
        items = [t for t in find_tasks(self.document, self.norm, self.known) if t.path not in parents]
        return sorted(items + rows, key=lambda task: task.start)

    def build(self) -> Document:
        deadlines = self._deadline_drafts()
        targets = find_targets(self.norm, self.reading.raw, self._goal_spans(), self.document.year, self._goal_tables())
        owner = _owner(self.tasks)
        owners = _Owners(self.tasks, owner)
        ids = [self.numbers.new("k") for _ in self.tasks]
        target_ids = [self.numbers.new("t") for _ in targets]
        deadline_ids = [self.numbers.new("d") for _ in deadlines]
        targets_of = _grouped(target_ids, targets, owners)
        deadlines_of = _grouped(deadline_ids, deadlines, owners)
        head = self.document
        return Document(
            title=title_words(self.text(head.title_start, head.title_end)),
            kind=head.kind,
            span=self.span(head.start, head.end),
            annex=head.annex,
            doc_no=self._raw_number(),
            issuer=head.issuer,
            date=head.date,
            lead=self._lead(),
            sections=self._sections(),
            tasks=[
                self._task(ids[i], task, targets_of.get(i, []), deadlines_of.get(i, []))
                for i, task in enumerate(self.tasks)
            ],
            targets=self._targets(targets, target_ids, deadlines, lambda at: _pick(ids, owner(at))),
            deadlines=[
                Deadline(id=d, iso=draft.iso, span=self.span(draft.start, draft.end), since=draft.since)
                for d, draft in zip(deadline_ids, deadlines, strict=True)
            ],
            phases=self._phases(deadlines),
            projects=self._projects(),
            funds=self._funds(),
            citations=self._citations(),
            recurrences=self._recurrences(),
        )

    def read_tables(self) -> list[ReadTable]:
        """How each table of the document was understood."""
        return [
            ReadTable(
                span=self.span(read.table.start, read.table.end),
                kind=read.kind,
                columns=[ReadColumn(one.head, one.kind, one.guessed) for one in read.columns.all],
                task_column=read.title.index if read.title else None,
                guessed=read.guessed,
                rows=len(read.rows) - read.count("head"),
                as_task=read.count("task"),
                unread=read.count("unread"),
            )
            for read in self.tables
        ]

    def _task(self, name: str, draft: TaskDraft, targets: list[str], deadlines: list[str]) -> Task:
        return Task(
            id=name,
            path=list(draft.path),
            title=self._title(draft.node) if draft.node else draft.title,
            span=self.span(draft.start, draft.end),
            duties=self._duties(draft.duties),
            section_duties=self._duties(draft.section_duties),
            targets=targets,
            deadlines=deadlines,
        )

    def span(self, start: int, end: int) -> Span:
        return self.reading.source_span(start, end)

    def text(self, start: int, end: int) -> str:
        return self.reading.raw[start:end].strip()

    def _duties(self, drafts: Sequence[DutyDraft]) -> list[Duty]:
        return [Duty(d.role, self._unit(d), self.span(d.start, d.end)) for d in drafts]

    def _unit(self, duty: DutyDraft) -> str:
        return "".join(self.reading.raw[duty.start : duty.end].split())

    def _title(self, node: Node) -> str:
        return self.text(node.title_start, node.title_end)

    def _raw_number(self) -> str | None:
        number = self.document.doc_no
        return number.replace("[", "〔").replace("]", "〕") if number else None

    def _lead(self) -> list[str]:
        if not self.document.lead_span:
            return []
        start, end = self.document.lead_span
        return [d.unit for d in read_roles(self.norm, start + 1, end - 1, self.known) if d.role == "lead"]

    def _goal_spans(self) -> Paragraphs:
        """A report tells of the past: its figures are no goals. Neither are those of a table of marks."""
        marks = {row.row.start for table in self.tables if table.kind == "scoring" for row in table.rows}
        return [] if self.document.kind in WITHOUT_GOALS else [span for span in self.spans if span[0] not in marks]

    def _goal_tables(self) -> list[TableReading]:
        return [] if self.document.kind in WITHOUT_GOALS else [one for one in self.tables if one.kind != "scoring"]

    def _sections(self) -> list[Section]:
        tasks = {task.node.start for task in self.tasks if task.node}
        return [
            Section(list(node.path), self._title(node), node.kind, self.span(node.start, node.end))
            for node in self.document.nodes()
            if node.start not in tasks
        ]

    def _deadline_drafts(self) -> list[DeadlineDraft]:
        if self.document.kind in WITHOUT_GOALS:
            return []
        brackets = [(start, end) for _, start, end in self.phases]
        brackets += table_limits(self.tables)
        return find_deadlines(self.norm, self.spans, self.document.year, brackets, _day(self.document.date))

    def _targets(
        self,
        drafts: Sequence[TargetDraft],
        ids: Sequence[str],
        deadlines: Sequence[DeadlineDraft],
        owner: Callable[[int], str | None],
    ) -> list[Target]:
        governing = governing_deadlines(self.norm, deadlines, self.spans)
        return [
            Target(
                id=name,
                metric=draft.metric,
                op=draft.op,
                value=draft.value,
                unit=draft.unit,
                span=self.span(draft.start, draft.end),
                scope=draft.scope,
                quantity=draft.quantity,
                deadline=draft.deadline or governing(draft.start),
                task=owner(draft.start),
            )
            for name, draft in zip(ids, drafts, strict=True)
        ]

    def _phases(self, deadlines: Sequence[DeadlineDraft]) -> list[Phase]:
        found = []
        for node, start, end in self.phases:
            iso = next((d.iso for d in deadlines if start <= d.start < end), None)
            if iso:
                found.append(Phase(list(node.path), self._title(node), iso, self.span(node.start, end)))
        return found

    def _projects(self) -> list[Project]:
        seen: dict[str, Project] = {}
        for start, end, kind in self.spans:
            if kind in ("task", "phase", "goal"):
                for at, stop in find_projects(self.norm, start, end):
                    seen.setdefault(self.text(at, stop), Project(self.text(at, stop), self.span(at, stop)))
        return list(seen.values())

    def _funds(self) -> list[Fund]:
        return [
            Fund(f.amount_fen, self.span(f.start, f.end), f.purpose, f.source)
            for f in find_funds(self.norm, self.reading.raw, self.spans)
        ]

    def _citations(self) -> list[Citation]:
        return [
            Citation(self.text(*c.title), self.span(c.start, c.end), c.doc_no)
            for start, end, _ in self.spans
            for c in find_citations(self.norm, start, end)
        ]

    def _recurrences(self) -> list[Recurrence]:
        return [
            Recurrence(r.every, r.what, self.span(r.start, r.end), r.day)
            for start, end, _ in self.spans
            for r in find_recurrences(self.norm, start, end)
        ]


def _owner(tasks: Sequence[TaskDraft]) -> Callable[[int], int | None]:
    """Index of the task in whose text a position lies."""
    starts = [task.start for task in tasks]

    def owner(at: int) -> int | None:
        i = bisect_right(starts, at) - 1
        return i if i >= 0 and at < tasks[i].end else None

    return owner


class _Owners:
    """Indexes of the tasks that a position belongs to: several where it stands in a cell merged over their rows."""

    def __init__(self, tasks: Sequence[TaskDraft], owner: Callable[[int], int | None]) -> None:
        self._owner = owner
        self._merged: dict[int, list[int]] = {}
        self._ends: dict[int, int] = {}
        for i, task in enumerate(tasks):
            for start, end in task.merged:
                self._merged.setdefault(start, []).append(i)
                self._ends[start] = end
        self._starts = sorted(self._merged)

    def of(self, at: int) -> list[int]:
        first = self._owner(at)
        found = [] if first is None else [first]
        i = bisect_right(self._starts, at) - 1
        if i >= 0 and at < self._ends[self._starts[i]]:
            found += self._merged[self._starts[i]]
        return found


def _grouped(
    ids: Sequence[str], drafts: Sequence[TargetDraft | DeadlineDraft], owners: _Owners
) -> dict[int, list[str]]:
    """Ids by the index of the task in whose text they stand."""
    found: dict[int, list[str]] = {}
    for name, draft in zip(ids, drafts, strict=True):
        for i in owners.of(draft.start):
            found.setdefault(i, []).append(name)
    return found


def _day(issued: str | None) -> str | None:
    """The day of issue, where it is said to the day."""
    return issued if issued is not None and issued.count("-") == len("ym") else None


def _pick(ids: Sequence[str], i: int | None) -> str | None:
    return None if i is None else ids[i]
