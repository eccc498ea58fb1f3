"""The ledger as a workbook that a clerk sends on: one sheet each for tasks, targets, deadlines, money, findings."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.rows import (
    about_rows,
    finding_rows,
    fund_rows,
    ledger_title,
    reference_rows,
    target_rows,
    task_rows,
    time_rows,
)
from guatu.adapters.writers.sheets import Book, Cell, Column
from guatu.adapters.writers.words import word

NAME = "xlsx"
SUFFIX = ".xlsx"
BINARY = True

Rows = Iterable[Sequence[Cell]]


def write(ledger: Ledger, out: BinaryIO) -> None:
    book = Book(out, ledger.language, ledger_title(ledger), several=len(ledger.plan.documents) > 1)
    _tasks(book, ledger)
    _targets(book, ledger)
    _times(book, ledger)
    _funds(book, ledger)
    _references(book, ledger)
    _findings(book, ledger)
    _about(book, ledger)
    book.close()


_PLACE = Column("place", 14)
_QUOTE = Column("quote", 80, printed=False)
_ID = Column("id", 10, faint=True, printed=False)


def _tasks(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("document", 26, clipped=True, only_for_several=True),
        Column("number", 12),
        Column("task", 30, strong=True),
        Column("lead", 18),
        Column("responsible", 28),
        Column("support", 24),
        Column("targets", 36),
        Column("deadlines", 18),
        _PLACE,
        _QUOTE,
        Column("findings", 22, printed=False),
        _ID,
    )
    separator = "、" if ledger.language == "zh" else "; "
    rows: Rows = (
        [
            row.document,
            row.number,
            row.title,
            separator.join(row.lead),
            separator.join(row.responsible),
            separator.join(row.support),
            "\n".join(row.targets),
            "\n".join(row.deadlines),
            row.place,
            row.quote,
            "\n".join(row.findings),
            row.id,
        ]
        for row in task_rows(ledger)
    )
    book.sheet("tasks", columns, rows, frozen=3)


def _targets(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("document", 26, clipped=True, only_for_several=True),
        Column("task", 30, merged=True),
        Column("metric", 26, strong=True),
        Column("scope", 16),
        Column("op", 8, middle=True),
        Column("value", 12, numeric=True),
        Column("upper", 10, numeric=True),
        Column("unit", 12),
        Column("deadline", 18),
        _PLACE,
        _QUOTE,
        _ID,
    )
    rows: Rows = (
        [
            row.document,
            row.task,
            row.metric,
            row.scope,
            row.op,
            row.value,
            row.upper,
            row.unit,
            row.deadline,
            row.place,
            row.quote,
            row.id,
        ]
        for row in target_rows(ledger)
    )
    book.sheet("targets", columns, rows, frozen=2)


def _times(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("document", 26, clipped=True, only_for_several=True),
        Column("task", 30, merged=True),
        Column("kind", 8, middle=True),
        Column("what", 32),
        Column("time", 24, strong=True),
        Column("iso", 22),
        _PLACE,
        _QUOTE,
        _ID,
    )
    rows: Rows = (
        [row.document, row.task, row.kind, row.what, row.time, row.iso, row.place, row.quote, row.id]
        for row in time_rows(ledger)
    )
    book.sheet("times", columns, rows, frozen=2)


def _funds(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("document", 26, clipped=True, only_for_several=True),
        Column("amount", 16, numeric=True, money=True, strong=True),
        Column("amount_text", 16),
        Column("purpose", 36),
        Column("source", 24),
        _PLACE,
        _QUOTE,
    )
    rows: Rows = ([r.document, r.amount, r.said, r.purpose, r.source, r.place, r.quote] for r in fund_rows(ledger))
    book.sheet("funds", columns, rows, frozen=1)


def _references(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("document", 26, clipped=True, only_for_several=True),
        Column("kind", 10, middle=True),
        Column("title", 60, strong=True),
        Column("doc_no", 24),
        Column("place", 16),
    )
    rows: Rows = ([r.document, r.kind, r.title, r.doc_no, r.place] for r in reference_rows(ledger))
    book.sheet("references", columns, rows, frozen=1)


def _findings(book: Book, ledger: Ledger) -> None:
    columns = (
        Column("severity", 8, middle=True),
        Column("code", 24),
        Column("message", 60, strong=True),
        Column("line", 8, numeric=True),
        Column("column", 8, numeric=True),
        _PLACE,
        Column("quote", 60),
    )
    rows: Rows = ([r.severity, r.code, r.message, r.line, r.column, r.place, r.quote] for r in finding_rows(ledger))
    book.sheet("findings", columns, rows, frozen=2)


def _about(book: Book, ledger: Ledger) -> None:
    columns = (Column("item", 18, strong=True), Column("content", 110))
    reading = (word("about.reading", ledger.language), word("about.reading.text", ledger.language))
    rows: Rows = ([name, said] for name, said in (*about_rows(ledger), reading))
    book.sheet("about", columns, rows, frozen=0, numbered=False)
