"""The ledger as a Word document to print and to sign: A4 landscape, heads repeated on each page, page numbers."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import BinaryIO

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.rows import (
    coverage_phrase,
    finding_rows,
    findings_phrase,
    fund_rows,
    ledger_title,
    target_rows,
    task_rows,
    time_rows,
)
from guatu.adapters.writers.word_page import Page, TableColumn
from guatu.adapters.writers.words import word

NAME = "docx"
SUFFIX = ".docx"
BINARY = True


def write(ledger: Ledger, out: BinaryIO) -> None:
    language = ledger.language
    title = word("ledger.title", language, title=ledger_title(ledger))
    page = Page(title, word("doc.page", language))
    page.title(title)
    page.line(f"{word('about.file', language)}: {ledger.plan.source.name}")
    page.line(f"{word('about.coverage', language)}: {coverage_phrase(ledger)}")
    page.line(f"{word('about.findings', language)}: {findings_phrase(ledger)}")
    _tasks(page, ledger)
    _goals(page, ledger)
    _times(page, ledger)
    _funds(page, ledger)
    _findings(page, ledger)
    page.save(out)


def _tasks(page: Page, ledger: Ledger) -> None:
    separator = "、" if ledger.language == "zh" else "; "
    columns = _columns(
        ledger,
        ("number", 1.9),
        ("task", 4.2),
        ("lead", 2.9),
        ("responsible", 4.1),
        ("support", 3.3),
        ("targets", 4.7),
        ("deadlines", 2.8),
        ("place", 2.6),
    )
    rows = list(task_rows(ledger))
    if not rows:
        page.line(word("ledger.empty", ledger.language))
        return
    page.heading(word("sheet.tasks", ledger.language))
    table = page.table(columns)
    for document, of_document in groupby(rows, key=lambda row: row.document):
        if len(ledger.plan.documents) > 1:
            table.band(document)
        for row in of_document:
            table.row(
                [
                    row.number,
                    row.title,
                    separator.join(row.lead),
                    separator.join(row.responsible),
                    separator.join(row.support),
                    "\n".join(row.targets),
                    "\n".join(row.deadlines),
                    row.place,
                ]
            )


def _goals(page: Page, ledger: Ledger) -> None:
    columns = _columns(ledger, ("metric", 10.0), ("value", 5.0), ("deadline", 5.5), ("place", 3.5), ("id", 2.5))
    rows = (
        [row.document, " · ".join(p for p in (row.scope, row.metric) if p), row.said, row.deadline, row.place, row.id]
        for row in target_rows(ledger)
        if not row.task
    )
    _section(page, ledger, word("section.goals", ledger.language), columns, rows)


def _times(page: Page, ledger: Ledger) -> None:
    columns = _columns(ledger, ("kind", 2.0), ("time", 7.0), ("what", 14.0), ("place", 3.5))
    rows = (
        [row.document, row.kind, row.time, row.what or row.quote, row.place]
        for row in time_rows(ledger)
        if not row.task
    )
    _section(page, ledger, word("section.times", ledger.language), columns, rows)


def _funds(page: Page, ledger: Ledger) -> None:
    columns = _columns(ledger, ("amount_text", 4.0), ("purpose", 12.0), ("source", 7.0), ("place", 3.5))
    rows = ([row.document, row.said, row.purpose, row.source, row.place] for row in fund_rows(ledger))
    _section(page, ledger, word("sheet.funds", ledger.language), columns, rows)


def _findings(page: Page, ledger: Ledger) -> None:
    columns = _columns(ledger, ("severity", 2.0), ("code", 5.0), ("message", 9.5), ("quote", 7.0), ("place", 3.0))
    rows = (["", row.severity, row.code, row.message, row.quote, row.place] for row in finding_rows(ledger))
    _section(page, ledger, word("sheet.findings", ledger.language), columns, rows)


def _section(
    page: Page, ledger: Ledger, heading: str, columns: Sequence[TableColumn], rows: Iterable[Sequence[str]]
) -> None:
    """A heading with its table; nothing where there are no rows. The first cell of a row names its document."""
    filled = list(rows)
    if not filled:
        return
    page.heading(heading)
    table = page.table(columns)
    for document, of_document in groupby(filled, key=lambda row: row[0]):
        if document and len(ledger.plan.documents) > 1:
            table.band(document)
        for row in of_document:
            table.row(row[1:])


def _columns(ledger: Ledger, *widths: tuple[str, float]) -> list[TableColumn]:
    return [TableColumn(word(f"col.{name}", ledger.language), width) for name, width in widths]
