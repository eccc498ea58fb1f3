"""A statement of account as a workbook: its lines with their reasons, and the records behind them."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from guatu.adapters.writers.sheets import Book, Cell, Column

_LINES = (Column("item", 22, strong=True), Column("amount_or_points", 20, numeric=True, money=True), Column("why", 90))
_RECORDS = (
    Column("record", 22, clipped=True),
    Column("group", 10, middle=True),
    Column("days", 8, numeric=True),
    Column("cost_yuan", 14, numeric=True, money=True),
    Column("rule", 14, middle=True),
    Column("coefficient", 10, numeric=True),
    Column("points", 14, numeric=True),
)


def write_statement(
    out: BinaryIO, language: str, title: str, lines: Iterable[Sequence[Cell]], records: Iterable[Sequence[Cell]]
) -> None:
    """Writes the workbook. A line is its name, its value and its reason; a record has the seven columns above."""
    book = Book(out, language, title, several=False)
    book.sheet("statement", _LINES, lines, frozen=1, numbered=False)
    book.sheet("records", _RECORDS, records, frozen=1)
    book.close()
