"""The first sheet of an uploaded workbook as rows of values, within limits that keep the server well."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from guatu.adapters.readers import ReadError
from guatu.adapters.readers.base.archive import Archive
from guatu.adapters.readers.base.limits import FILE_BYTES, megabytes
from guatu.adapters.readers.base.sniff import is_encrypted_office
from guatu.adapters.readers.base.source import RawFile
from guatu.adapters.readers.xlsx.styles import Parts
from guatu.web.base.sheets.csv_rows import csv_rows

SUFFIXES = (".xlsx", ".xlsm", ".csv")
MOST_ROWS = 50_000
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Sheet:
    """Rows of values (text, number, day, moment, truth, or "" for none); `formulas` are (row, column) from 0."""

    rows: Sequence[Sequence[Any]]
    formulas: frozenset[tuple[int, int]] = field(default=frozenset())


def read_sheet(data: bytes, name: str) -> Sheet:
    """The first visible sheet. Raises `ReadError`, which says what is wrong in both languages."""
    suffix = PurePath(name).suffix.lower()
    file = RawFile(name, suffix, data)
    if suffix not in SUFFIXES:
        raise file.error("read.unknown-format", suffix=suffix, known=" ".join(SUFFIXES))
    if len(data) > FILE_BYTES:
        raise file.error("read.too-large", size=megabytes(len(data)), limit=megabytes(FILE_BYTES))
    if not data.strip():
        raise file.error("read.empty")
    sheet = Sheet(csv_rows(file, MOST_COLUMNS)) if suffix == ".csv" else _xlsx(file)
    if len(sheet.rows) > MOST_ROWS:
        raise file.error("read.too-large", size=f"{len(sheet.rows):,}", limit=f"{MOST_ROWS:,}")
    return sheet


def _xlsx(file: RawFile) -> Sheet:
    import python_calamine

    if is_encrypted_office(file.data):
        raise file.error("read.encrypted")
    archive = Archive(file)
    archive.verify()
    parts = Parts(file, archive)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file.data))
        name = next((s.name for s in workbook.sheets_metadata if str(s.visible).endswith("Visible")), "")
        if parts.is_too_wide(name):
            raise file.error("read.too-large", size=name, limit=f"{MOST_ROWS:,}")
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
    except python_calamine.CalamineError as error:
        raise file.error("read.broken", reason=str(error)[:80]) from error
    formulas = frozenset((row - 1, column - 1) for row, column in parts.formulas(name))
    return Sheet([[_plain(value) for value in row[:MOST_COLUMNS]] for row in rows], formulas)


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
