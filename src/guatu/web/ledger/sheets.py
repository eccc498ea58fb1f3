"""The first sheet of an uploaded workbook as rows of values, within limits that keep the server well."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from guatu.adapters.readers import ReadError
from guatu.adapters.tables import Asked, read_cells

SUFFIXES = (".xlsx", ".xlsm", ".csv")
MOST_ROWS = 50_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Sheet:
    """Rows of values (text, number, day, moment, truth, or "" for none); `formulas` are (row, column) from 0."""

    rows: Sequence[Sequence[Any]]
    formulas: frozenset[tuple[int, int]] = field(default=frozenset())


def read_sheet(data: bytes, name: str, alive: Callable[[], None] | None = None) -> Sheet:
    """The first visible sheet. Raises `ReadError`, which says what is wrong in both languages."""
    cells = read_cells(data, Asked(name, MOST_ROWS, MOST_COLUMNS), SUFFIXES, alive=alive)
    formulas = frozenset((row - 1, column - 1) for row, column in cells.formulas)
    return Sheet([[_plain(value) for value in row] for row in cells.rows], formulas)


def _plain(value: Any) -> Any:
    """A cell's value without the accidents of its format: a moment at midnight is a day, 3.0 is 3."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


__all__ = ["ReadError", "Sheet", "read_sheet"]
