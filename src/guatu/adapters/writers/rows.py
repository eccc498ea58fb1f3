"""The ledger as rows of words, the same for every format."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.phrases import (
    amount_in_wan,
    iso_phrase,
    limit_phrase,
    money_phrase,
    number,
    path_phrase,
    recurrence_phrase,
    target_phrase,
    target_value,
    units,
)
from guatu.adapters.writers.words import word
from guatu.core.kernel.span import Span
from guatu.core.plan.model import Document, Task

LONGEST_QUOTE = 1500
"""Characters of the source that one cell repeats."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    document: str
    number: str
    title: str
    lead: list[str]
    responsible: list[str]
    support: list[str]
    targets: list[str]
    deadlines: list[str]
    place: str
    quote: str
    findings: list[str]
    """Codes of what was found inside the task."""
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class TargetRow:
    document: str
    task: str
    """Number and title of its task, empty for a goal of the whole document."""
    metric: str
    scope: str
    op: str
    value: float | int
    upper: float | int | None
    unit: str
    said: str
    """Comparison, value and unit in one."""
    deadline: str
    place: str
    quote: str
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A deadline, a phase or something due again and again."""

    kind: str
    document: str
    task: str
    what: str
    time: str
    iso: str
    place: str
    quote: str
    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class FundRow:
    document: str
    amount: Decimal
    """In 万元 (10,000 yuan)."""
    said: str
    purpose: str
    source: str
    place: str
    quote: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """A project or a cited document."""

    kind: str
    document: str
    title: str
    doc_no: str
    place: str
    span: Span


@dataclass(frozen=True, slots=True)
class FindingRow:
    severity: str
    code: str
    message: str
    line: int
    column: int
    place: str
    quote: str
    span: Span


def document_name(document: Document) -> str:
    return f"{document.annex} {document.title}".strip() if document.annex else document.title


def task_name(task: Task) -> str:
    return f"{path_phrase(task.path)} {task.title}".strip()


def task_rows(ledger: Ledger) -> Iterator[TaskRow]:
    """One row a task, in the order of the text."""
    language = ledger.language
    found = _FindingsByPlace(ledger)
    for document in ledger.plan.documents:
        targets = {t.id: t for t in document.targets}
        deadlines = {d.id: d for d in document.deadlines}
        name = document_name(document)
        for task in document.tasks:
            yield TaskRow(
                name,
                path_phrase(task.path),
                task.title,
                units(task, "lead"),
                units(task, "responsible"),
                units(task, "support"),
                [target_phrase(targets[i], language) for i in task.targets if i in targets],
                [limit_phrase(deadlines[i], language) for i in task.deadlines if i in deadlines],
                ledger.place(task.span),
                ledger.quote(task.span, LONGEST_QUOTE),
                found.codes(task.span),
                task.id,
                task.span,
            )


def target_rows(ledger: Ledger) -> Iterator[TargetRow]:
    """One row a target; the targets of one task stand together, in the order of the text."""
    for document in ledger.plan.documents:
        owners = {i: task for task in document.tasks for i in task.targets}
        for target in sorted(document.targets, key=lambda t: _beside(owners.get(t.id), t.span)):
            values = target.value if isinstance(target.value, list) else [target.value]
            owner = owners.get(target.id)
            yield TargetRow(
                document_name(document),
                task_name(owner) if owner else "",
                target.metric,
                target.scope or "",
                word(f"op.{target.op}", ledger.language),
                values[0] if values else 0,
                values[1] if len(values) > 1 else None,
                target.unit,
                target_value(target, ledger.language),
                iso_phrase(target.deadline, ledger.language) if target.deadline else "",
                ledger.place(target.span),
                ledger.quote(target.span, LONGEST_QUOTE),
                target.id,
                target.span,
            )


def time_rows(ledger: Ledger) -> Iterator[TimeRow]:
    """Deadlines, phases and recurrences; the deadlines of one task stand together."""
    for document in ledger.plan.documents:
        owners = {i: task for task in document.tasks for i in task.deadlines}
        items = sorted(document.deadlines, key=lambda d: _beside(owners.get(d.id), d.span))
        for item in items:
            owner = owners.get(item.id)
            task = task_name(owner) if owner else ""
            said = limit_phrase(item, ledger.language)
            yield _time(ledger, "deadline", document, item.span, task=task, iso=item.iso, time=said, id_=item.id)
        for phase in document.phases:
            what = f"{path_phrase(phase.path)} {phase.title}".strip()
            yield _time(ledger, "phase", document, phase.span, what=what, iso=phase.iso)
        for due in document.recurrences:
            time = recurrence_phrase(due, ledger.language)
            yield _time(ledger, "recurrence", document, due.span, what=due.what, time=time)


def fund_rows(ledger: Ledger) -> Iterator[FundRow]:
    for document in ledger.plan.documents:
        for fund in document.funds:
            yield FundRow(
                document_name(document),
                amount_in_wan(fund.amount_fen),
                money_phrase(fund.amount_fen, ledger.language),
                fund.purpose or "",
                fund.source or "",
                ledger.place(fund.span),
                ledger.quote(fund.span, LONGEST_QUOTE),
                fund.span,
            )


def reference_rows(ledger: Ledger) -> Iterator[ReferenceRow]:
    """Projects, then cited documents, of each document."""
    for document in ledger.plan.documents:
        name = document_name(document)
        for project in document.projects:
            kind = word("kind.project", ledger.language)
            yield ReferenceRow(kind, name, project.name, "", ledger.place(project.span), project.span)
        for cited in document.citations:
            kind = word("kind.citation", ledger.language)
            yield ReferenceRow(kind, name, cited.title, cited.doc_no or "", ledger.place(cited.span), cited.span)


def finding_rows(ledger: Ledger) -> Iterator[FindingRow]:
    """Findings in the order of the text, as they came where they stand at one place."""
    for finding in sorted(ledger.plan.findings, key=lambda f: f.span.start):
        yield FindingRow(
            word(f"severity.{finding.severity}", ledger.language),
            finding.code,
            finding.message,
            finding.line,
            finding.column,
            ledger.place(finding.span),
            ledger.quote(finding.span, LONGEST_QUOTE),
            finding.span,
        )


def about_rows(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What the ledger is of: the file, its documents, the coverage and the number of findings."""
    language, plan = ledger.language, ledger.plan
    yield word("about.file", language), plan.source.name
    yield word("about.sha256", language), plan.source.sha256
    yield word("about.characters", language), number(plan.source.characters)
    names = [" ".join(part for part in (document_name(d), d.doc_no, d.issuer, d.date) if part) for d in plan.documents]
    yield word("about.documents", language), "\n".join(names)
    yield word("about.coverage", language), coverage_phrase(ledger)
    yield word("about.findings", language), findings_phrase(ledger)


def coverage_phrase(ledger: Ledger) -> str:
    c = ledger.plan.coverage
    return word(
        "coverage", ledger.language, items=c.numbered_items, tasks=c.as_task, others=c.as_other, unread=c.unread
    )


def findings_phrase(ledger: Ledger) -> str:
    found = ledger.plan.findings
    errors = sum(f.severity == "error" for f in found)
    return word("findings.count", ledger.language, n=len(found), errors=errors, warnings=len(found) - errors)


def ledger_title(ledger: Ledger) -> str:
    """The title of the first plan of the file, else its name."""
    titles = [d.title for d in ledger.plan.documents if d.title and d.kind != "notice"]
    titles += [d.title for d in ledger.plan.documents if d.title]
    return titles[0] if titles else ledger.plan.source.name


class _FindingsByPlace:
    """Codes of the findings that begin inside a span."""

    def __init__(self, ledger: Ledger) -> None:
        found = sorted(ledger.plan.findings, key=lambda f: f.span.start)
        self._starts = [f.span.start for f in found]
        self._codes = [f.code for f in found]

    def codes(self, span: Span) -> list[str]:
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return list(dict.fromkeys(self._codes[first:last]))


def _beside(owner: Task | None, span: Span) -> tuple[int, int]:
    """Sort key that keeps what belongs to one task together."""
    return (owner.span.start if owner else span.start, span.start)


def _time(
    ledger: Ledger,
    kind: str,
    document: Document,
    span: Span,
    *,
    task: str = "",
    what: str = "",
    time: str = "",
    iso: str = "",
    id_: str = "",
) -> TimeRow:
    said = time or (iso_phrase(iso, ledger.language) if iso else "")
    quote = ledger.quote(span, LONGEST_QUOTE)
    name = document_name(document)
    return TimeRow(
        word(f"kind.{kind}", ledger.language), name, task, what, said, iso, ledger.place(span), quote, id_, span
    )
