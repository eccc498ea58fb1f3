"""The ledger: a list a kind, each row knowing the mark that it stands for."""

from bisect import bisect_left
from collections.abc import Iterator
from html import escape

from guatu.adapters.writers.formats.html.bilingual import Bilingual
from guatu.adapters.writers.formats.html.marks import Kind, Marks
from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.phrases import (
    iso_phrase,
    limit_phrase,
    money_phrase,
    path_phrase,
    recurrence_phrase,
    target_value,
)
from guatu.adapters.writers.rows import document_name, task_name
from guatu.core.kernel.span import Span
from guatu.core.plan.model import Deadline, Document, ReportedFinding, Target, Task

TABS = ("tasks", "targets", "times", "funds", "references", "findings")


class LedgerPane:
    """Builds the lists and, while it does, the marks of the text."""

    def __init__(self, ledger_words: Bilingual, marks: Marks) -> None:
        self._b, self._marks = ledger_words, marks
        self._plan = ledger_words.ledger.plan
        self._of_item: dict[str, int] = {}
        """Mark of a target or deadline by its id."""
        self._findings_in_order = _with_translation(ledger_words.ledger)
        self._finding_starts = [finding.span.start for finding, _, _ in self._findings_in_order]
        self._of_finding: list[int] = []
        """Marks of the findings in that order."""
        self.units: dict[str, int] = {}
        """Each unit with the number that the filter knows it by."""
        self._units_of: dict[str, str] = {}
        self.counts: dict[str, int] = dict.fromkeys(TABS, 0)

    def lists(self) -> dict[str, str]:
        """The rows of each tab as HTML."""
        for document in self._plan.documents:
            for target in document.targets:
                self._of_item[target.id] = self._marks.add("target", target.span)
            for deadline in document.deadlines:
                self._of_item[deadline.id] = self._marks.add("deadline", deadline.span)
        self._of_finding = [self._marks.add(f.severity, f.span) for f, _, _ in self._findings_in_order]
        makers = (self._tasks, self._targets, self._times, self._funds, self._references)
        made = {
            tab: "".join(
                self._document(tab, n, document, list(maker(n, document))) for n, document in self._documents()
            )
            for tab, maker in zip(TABS, makers, strict=False)
        }
        made["findings"] = "".join(self._findings())
        return made

    def _documents(self) -> Iterator[tuple[int, Document]]:
        yield from enumerate(self._plan.documents)

    def _document(self, tab: str, number: int, document: Document, rows: list[str]) -> str:
        if not rows:
            return ""
        self.counts[tab] += len(rows)
        line = self._b.ledger.line_and_column(document.span.start)[0]
        name = escape(document_name(document) or self._plan.source.name)
        head = f'<h3><button class="go" data-l="{line}">{name}</button></h3>' if len(self._plan.documents) > 1 else ""
        return f'<section class="doc" data-d="{number}">{head}<ol class="rows">{"".join(rows)}</ol></section>\n'

    def _tasks(self, number: int, document: Document) -> Iterator[str]:
        targets = {t.id: t for t in document.targets}
        deadlines = {d.id: d for d in document.deadlines}
        for task in document.tasks:
            mark = self._marks.add("task", task.span)
            parts = [self._duties(task)]
            parts.append(
                self._chips("sheet.targets", [self._target_chip(targets[i]) for i in task.targets if i in targets])
            )
            chips = [self._deadline_chip(deadlines[i]) for i in task.deadlines if i in deadlines]
            parts.append(self._chips("sheet.times", chips))
            parts.append(self._chips("sheet.findings", self._findings_of(task)))
            head = f'<span class="num">{escape(path_phrase(task.path))}</span> <b>{escape(task.title)}</b>'
            yield self._row(mark, task.id, number, head, "".join(parts), task.span, task)

    def _duties(self, task: Task) -> str:
        found = []
        roles: tuple[Kind, ...] = ("lead", "responsible", "support")
        for role in roles:
            duties = [duty for duty in task.units if duty.role == role]
            chips = [self._chip(self._marks.add(role, d.span), role, escape(d.unit)) for d in duties]
            found.append(self._chips(f"role.{role}", chips))
        return "".join(found)

    def _targets(self, number: int, document: Document) -> Iterator[str]:
        owners = {i: task for task in document.tasks for i in task.targets}
        for target in sorted(document.targets, key=lambda t: t.span.start):
            owner = owners.get(target.id)
            name = " · ".join(part for part in (target.scope, target.metric) if part)
            value = self._b.both(target_value(target, "zh"), target_value(target, "en"), attributes='class="val"')
            below = f'<span class="of">{escape(task_name(owner))}</span>' if owner else ""
            when = f'<span class="of">{self._time(target.deadline, "span")}</span>' if target.deadline else ""
            head = f"<span>{escape(name)}</span> {when} {value}"
            yield self._row(self._of_item[target.id], target.id, number, head, below, target.span, owner)

    def _times(self, number: int, document: Document) -> Iterator[str]:
        owners = {i: task for task in document.tasks for i in task.deadlines}
        for deadline in sorted(document.deadlines, key=lambda d: d.span.start):
            owner = owners.get(deadline.id)
            of = escape(task_name(owner)) if owner else escape(self._b.ledger.quote(deadline.span, 60))
            head = f"{self._b.word('kind.deadline', attributes='class=tag')} {self._limit(deadline)}"
            below = f'<span class="of">{of}</span>'
            yield self._row(self._of_item[deadline.id], deadline.id, number, head, below, deadline.span, owner)
        for phase in document.phases:
            head = f"{self._b.word('kind.phase', attributes='class=tag')} {self._time(phase.iso)}"
            below = f'<span class="of">{escape(path_phrase(phase.path))} {escape(phase.title)}</span>'
            yield self._row(self._marks.add("phase", phase.span), "", number, head, below, phase.span)
        for due in document.recurrences:
            said = self._b.both(recurrence_phrase(due, "zh"), recurrence_phrase(due, "en"), "b")
            head = f"{self._b.word('kind.recurrence', attributes='class=tag')} {said}"
            below = f'<span class="of">{escape(due.what)}</span>'
            yield self._row(self._marks.add("recurrence", due.span), "", number, head, below, due.span)

    def _funds(self, number: int, document: Document) -> Iterator[str]:
        for fund in document.funds:
            said = self._b.both(
                money_phrase(fund.amount_fen, "zh"), money_phrase(fund.amount_fen, "en"), attributes='class="val"'
            )
            head = f"<span>{escape(fund.purpose or fund.source or '')}</span> {said}"
            source = f'<span class="of">{escape(fund.source)}</span>' if fund.purpose and fund.source else ""
            yield self._row(self._marks.add("fund", fund.span), "", number, head, source, fund.span)

    def _references(self, number: int, document: Document) -> Iterator[str]:
        for project in document.projects:
            head = f"{self._b.word('kind.project', attributes='class=tag')} {escape(project.name)}"
            yield self._row(self._marks.add("project", project.span), "", number, head, "", project.span)
        for cited in document.citations:
            head = f"{self._b.word('kind.citation', attributes='class=tag')} {escape(cited.title)}"
            number_of = f'<span class="of">{escape(cited.doc_no)}</span>' if cited.doc_no else ""
            yield self._row(self._marks.add("citation", cited.span), "", number, head, number_of, cited.span)

    def _findings(self) -> Iterator[str]:
        if not self._findings_in_order:
            return
        self.counts["findings"] = len(self._findings_in_order)
        yield '<section class="doc"><ol class="rows">'
        for mark, (finding, chinese, english) in zip(self._of_finding, self._findings_in_order, strict=True):
            severity = self._b.word(f"severity.{finding.severity}", attributes=f'class="tag {finding.severity}"')
            head = f"{severity} {self._b.both(chinese, english)}"
            yield self._row(mark, "", -1, head, f"<code>{escape(finding.code)}</code>", finding.span)
        yield "</ol></section>\n"

    def _findings_of(self, task: Task) -> list[str]:
        """What was found inside a task, as chips."""
        starts = self._finding_starts
        first, last = bisect_left(starts, task.span.start), bisect_left(starts, task.span.end)
        return [
            self._chip(mark, f"found {finding.severity}", self._b.both(chinese, english))
            for mark, (finding, chinese, english) in zip(
                self._of_finding[first:last], self._findings_in_order[first:last], strict=True
            )
        ]

    def _row(
        self, mark: int, id_: str, document: int, head: str, below: str, span: Span, owner: Task | None = None
    ) -> str:
        units = self._units(owner) if owner else ""
        place = self._b.both(self._b.zh.place(span), self._b.en.place(span), attributes='class="pl"')
        named = f' data-id="{escape(id_)}"' if id_ else ""
        below = f'<div class="below">{below}</div>' if below else ""
        return (
            f'<li class="row" data-r="{mark}" data-d="{document}" data-u="{units}"{named}>'
            f'<div class="head"><button class="go" data-r="{mark}">{head}</button>{place}</div>{below}</li>\n'
        )

    def _units(self, task: Task) -> str:
        """The numbers of a task's units, put together once: a task may have thousands of targets."""
        if task.id not in self._units_of:
            names = dict.fromkeys(duty.unit for duty in task.units)
            numbers = [self.units.setdefault(name, len(self.units)) for name in names]
            self._units_of[task.id] = " ".join(map(str, numbers))
        return self._units_of[task.id]

    def _chips(self, key: str, chips: list[str]) -> str:
        if not chips:
            return ""
        return f'<div class="chips">{self._b.word(key, attributes="class=role")}{"".join(chips)}</div>'

    def _chip(self, mark: int, kind: str, words: str) -> str:
        return f'<button class="chip k-{kind}" data-r="{mark}">{words}</button>'

    def _target_chip(self, target: Target) -> str:
        name = escape(" · ".join(part for part in (target.scope, target.metric) if part))
        value = self._b.both(target_value(target, "zh"), target_value(target, "en"), "b")
        return self._chip(self._of_item[target.id], "target", f"{name} {value}")

    def _deadline_chip(self, deadline: Deadline) -> str:
        return self._chip(self._of_item[deadline.id], "deadline", self._limit(deadline, "span"))

    def _limit(self, limit: Deadline, tag: str = "b") -> str:
        return self._b.both(limit_phrase(limit, "zh"), limit_phrase(limit, "en"), tag)

    def _time(self, iso: str, tag: str = "b") -> str:
        return self._b.both(iso_phrase(iso, "zh"), iso_phrase(iso, "en"), tag)


def _with_translation(ledger: Ledger) -> list[tuple[ReportedFinding, str, str]]:
    """Findings in the order of the text, with their messages in Chinese and English."""
    found = ledger.plan.findings
    other = ledger.other_messages or [finding.message for finding in found]
    swap = ledger.language != "zh"
    rows = [
        (f, translated, f.message) if swap else (f, f.message, translated)
        for f, translated in zip(found, other, strict=True)
    ]
    return sorted(rows, key=lambda row: row[0].span.start)
