"""The ledger as a table of plain text, for a terminal or a mail."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.rows import (
    TaskRow,
    coverage_phrase,
    finding_rows,
    findings_phrase,
    fund_rows,
    ledger_title,
    target_rows,
    task_rows,
    time_rows,
)
from guatu.adapters.writers.width import fold, pad, width
from guatu.adapters.writers.words import word

NAME = "table"
SUFFIX = ".txt"
BINARY = False

_PLAIN_WIDTH = 132
"""Columns where the output is not a terminal."""
_NARROWEST = 72
_GAP = "  "


def write(ledger: Ledger, out: BinaryIO) -> None:
    columns = _columns(out)
    for line in lines(ledger, columns):
        out.write(line.rstrip().encode("utf-8", "replace") + b"\n")


def _columns(out: BinaryIO) -> int:
    if not out.isatty():
        return _PLAIN_WIDTH
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def lines(ledger: Ledger, columns: int) -> Iterator[str]:
    """The whole table, line by line, none wider than `columns` terminal columns."""
    yield word("ledger.title", ledger.language, title=ledger_title(ledger))
    rows = list(task_rows(ledger))
    if not rows:
        yield word("ledger.empty", ledger.language)
    for document, of_document in groupby(rows, key=lambda row: row.document):
        yield ""
        yield "■ " + document
        yield from _task_table(ledger, list(of_document), columns)
    yield from _other_tables(ledger, columns)
    yield ""
    yield f"{word('about.coverage', ledger.language)}: {coverage_phrase(ledger)}"
    yield f"{word('about.findings', ledger.language)}: {findings_phrase(ledger)}"


def _task_table(ledger: Ledger, rows: Sequence[TaskRow], columns: int) -> Iterator[str]:
    comma = "、" if ledger.language == "zh" else "; "
    heads = [word(f"col.{name}", ledger.language) for name in ("number", "task")]
    heads += [word(f"sheet.{name}", ledger.language) for name in ("targets", "times")]
    cells = []
    for row in rows:
        duties = [
            f"{word(f'role.{role}', ledger.language)}: {comma.join(names)}"
            for role, names in (("lead", row.lead), ("responsible", row.responsible), ("support", row.support))
            if names
        ]
        cells.append(
            [row.number, row.title, "\n".join(duties), "\n".join(row.targets), "\n".join(row.deadlines), row.place]
        )
    heads.insert(2, word("col.units", ledger.language))
    heads.append(word("col.place", ledger.language))
    yield from grid(heads, cells, columns)


def _other_tables(ledger: Ledger, columns: int) -> Iterator[str]:
    goals = [[r.metric, r.said, r.deadline, r.place] for r in target_rows(ledger) if not r.task]
    times = [[r.kind, r.time, r.what or r.quote, r.place] for r in time_rows(ledger) if not r.task]
    funds = [[r.said, r.purpose, r.source, r.place] for r in fund_rows(ledger)]
    found = [[f"{r.line}:{r.column}", r.severity, r.code, r.message] for r in finding_rows(ledger)]
    yield from _titled(ledger, "targets", ("metric", "value", "deadline", "place"), goals, columns)
    yield from _titled(ledger, "times", ("kind", "time", "what", "place"), times, columns)
    yield from _titled(ledger, "funds", ("amount_text", "purpose", "source", "place"), funds, columns)
    yield from _titled(ledger, "findings", ("line", "severity", "code", "message"), found, columns)


def _titled(
    ledger: Ledger, sheet: str, heads: Iterable[str], cells: Sequence[Sequence[str]], columns: int
) -> Iterator[str]:
    if cells:
        yield ""
        yield "■ " + word(f"sheet.{sheet}", ledger.language)
        yield from grid([word(f"col.{name}", ledger.language) for name in heads], cells, columns)


def grid(
    heads: Sequence[str], cells: Sequence[Sequence[str]], columns: int, *, right: Collection[int] = ()
) -> Iterator[str]:
    """A table with folded cells: a head, a rule, the rows; columns in `right` end where their numbers end."""
    sizes = _sizes(heads, cells, columns)

    def line(parts: Sequence[str]) -> str:
        filled = (
            " " * (size - width(part)) + part if n in right else pad(part, size)
            for n, (part, size) in enumerate(zip(parts, sizes, strict=True))
        )
        return _GAP.join(filled)

    yield line(heads)
    yield _GAP.join("-" * size for size in sizes)
    for row in cells:
        folded = [fold(_clean(cell), size) for cell, size in zip(row, sizes, strict=True)]
        for n in range(max(map(len, folded))):
            yield line([cell[n] if n < len(cell) else "" for cell in folded])


def _clean(cell: str) -> str:
    return "\n".join(" ".join(line.split()) for line in cell.split("\n"))


def _sizes(heads: Sequence[str], cells: Sequence[Sequence[str]], columns: int) -> list[int]:
    """Widths of the columns: as wide as needed, the widest ones narrowed until all fit."""
    wanted = [width(head) for head in heads]
    for row in cells:
        for n, cell in enumerate(row):
            wanted[n] = max(wanted[n], *(width(line) for line in _clean(cell).split("\n")))
    least = [min(size, max(8, width(head))) for size, head in zip(wanted, heads, strict=True)]
    room = columns - len(_GAP) * (len(heads) - 1)
    while sum(wanted) > room:
        widest = max(range(len(wanted)), key=lambda n: wanted[n] - least[n])
        if wanted[widest] <= least[widest]:
            break
        second = sorted(wanted)[-2] if len(wanted) > 1 else 0
        surplus = min(sum(wanted) - room, max(1, wanted[widest] - max(second, least[widest])))
        wanted[widest] = max(least[widest], wanted[widest] - surplus)
    return wanted
