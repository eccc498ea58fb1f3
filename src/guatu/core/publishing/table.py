"""A table that was pasted in: read by the kinds of its columns, and shown with its people masked."""

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from guatu.core.fields.findings import FieldFinding
from guatu.core.fields.kind import Field
from guatu.core.publishing.content import Sheet
from guatu.core.publishing.declaration import PERSONAL, PublishedColumn, field_of

MOST_ROWS = 2000


class CellFinding(msgspec.Struct, frozen=True):
    """What is wrong with a cell; row and column are counted from 1. A row of another length has no column."""

    row: int
    column: int
    finding: FieldFinding | None = None


def read_table(
    columns: Sequence[PublishedColumn], text: str, title: str, today: datetime.date
) -> tuple[Sheet, list[CellFinding]]:
    """The table as the public will see it, and every cell that could not be read. What is personal is in neither."""
    fields = [field_of(one.kind, today) for one in columns]
    heads = tuple(one.zh for one in columns)
    found: list[CellFinding] = []
    rows: list[tuple[str, ...]] = []
    for number, cells in enumerate(_cells(text), 1):
        # Whoever copies a sheet copies its head as well.
        if number == 1 and tuple(cells) == heads:
            continue
        # A comma inside an amount parts it: the row is refused whole, and copied with tabs it fits.
        if len(cells) != len(columns):
            found.append(CellFinding(number, 0))
            continue
        shown = []
        for at, (cell, field, column) in enumerate(zip(cells, fields, columns, strict=True), 1):
            word, wrong = _shown(cell, field, masked=column.kind in PERSONAL)
            shown.append(word)
            found += [CellFinding(number, at, one) for one in wrong]
        rows.append(tuple(shown))
    numeric = tuple(at for at, one in enumerate(columns) if one.kind == "number")
    return Sheet(title, heads, tuple(rows), numeric), found


def _cells(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.strip():
            # A sheet is copied with tabs; who types takes commas, those of either keyboard.
            parts = line.split("\t") if "\t" in line else line.replace("\uff0c", ",").split(",")
            yield [part.strip() for part in parts]


def _shown(cell: str, field: Field[Any], *, masked: bool) -> tuple[str, list[FieldFinding]]:
    read = field.read(cell)
    if read.value is None:
        return "", [one for one in read.findings if one.severity == "error"]
    if masked:
        return field.mask(read.value), []
    return (f"{read.value:,}" if isinstance(read.value, Decimal) else field.show(read.value)), []
