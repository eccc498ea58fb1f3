"""The tasks as CSV that a spreadsheet opens: UTF-8 with a byte order mark, one row a task."""

import csv
import io
from typing import BinaryIO

from guatu.adapters.writers.ledger import Ledger
from guatu.adapters.writers.rows import task_rows
from guatu.adapters.writers.words import word

NAME = "csv"
SUFFIX = ".csv"
BINARY = False

_COLUMNS = (
    "no", "document", "number", "task", "lead", "responsible", "support",
    "targets", "deadlines", "place", "quote", "findings", "id",
)  # fmt: skip
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def write(ledger: Ledger, out: BinaryIO) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([word(f"col.{name}", ledger.language) for name in _COLUMNS])
    separator = "、" if ledger.language == "zh" else "; "
    for number, row in enumerate(task_rows(ledger), start=1):
        several = [
            separator.join(row.lead),
            separator.join(row.responsible),
            separator.join(row.support),
            "\n".join(row.targets),
            "\n".join(row.deadlines),
        ]
        cells = [row.document, row.number, row.title, *several, row.place, row.quote, " ".join(row.findings), row.id]
        rows.writerow([number, *map(_guarded, cells)])
    text.detach()


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + cell if cell.startswith(_FORMULA_SIGNS) else cell
