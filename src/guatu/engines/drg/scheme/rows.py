"""Reading the tables of a scheme's folder, each row with its line, and laying an overlay over its base."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from guatu.core.kernel.finding import Severity
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.scheme import kinds
from guatu.engines.drg.scheme.layout import CHANGE, CHANGES, TABLES, Table


class Row:
    """A row of a table: its cells by column, and where it stands. A plain class: a scheme has 250,000 of them."""

    __slots__ = ("cells", "file", "line")

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.file, self.line, self.cells = file, line, cells

    @property
    def place(self) -> str:
        """`adrg.tsv:12`"""
        return f"{self.file}:{self.line}"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(slots=True)
class Tables:
    """The rows of each table, and what is wrong with them so far."""

    rows: dict[str, list[Row]]
    findings: list[RowFinding] = field(default_factory=list)


def read_tables(folder: Path) -> Tables:
    """The tables of a folder that stands on its own."""
    tables = Tables({})
    for name, table in TABLES.items():
        path = folder / f"{name}.tsv"
        if path.is_file():
            tables.rows[name] = _unique(table, list(_rows(path, table, False, tables)), tables)
        else:
            tables.rows[name] = []
            severity: Severity = "error" if table.needed else "warning"
            tables.findings.append(row_finding(kinds.TABLE_MISSING, path.name, "", severity))
    return tables


def overlaid(base: Tables, folder: Path) -> Tables:
    """The tables of `base` with the changes of a folder.

    A table with the column `change` adds, removes and replaces rows by their key; one without it takes the place of the
    base's table.
    """
    made = Tables(dict(base.rows), list(base.findings))
    for name, table in TABLES.items():
        path = folder / f"{name}.tsv"
        if not path.is_file():
            continue
        rows = list(_rows(path, table, True, made))
        if rows and CHANGE in rows[0].cells:
            made.rows[name] = list(_changed(table, made.rows[name], rows, made))
        else:
            made.rows[name] = _unique(table, rows, made)
    return made


def key_of(table: Table, row: Row) -> tuple[str, ...]:
    cells = row.cells
    return tuple([cells[column] for column in table.key])


def _rows(path: Path, table: Table, overlay: bool, tables: Tables) -> Iterator[Row]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        tables.findings.append(row_finding(kinds.ENCODING, path.name))
        return
    lines = text.split("\n")
    columns = lines[0].rstrip("\r").split("\t")
    known = {*table.columns, *table.optional, *([CHANGE] if overlay else [])}
    missing, extra = set(table.columns) - set(columns), set(columns) - known
    if missing or extra or len(set(columns)) < len(columns):
        shown = {"missing": ", ".join(sorted(missing)) or "-", "extra": ", ".join(sorted(extra)) or "-"}
        tables.findings.append(row_finding(kinds.COLUMNS, f"{path.name}:1", **shown))
        return
    file, width = path.name, len(columns)
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) == width and (width > 1 or cells[0]):
            yield Row(file, number, dict(zip(columns, cells, strict=True)))
        elif line.strip():
            found = {"cells": len(cells), "wanted": width}
            tables.findings.append(row_finding(kinds.CELLS, f"{file}:{number}", "", None, **found))


def _unique(table: Table, rows: list[Row], tables: Tables) -> list[Row]:
    """The rows without those that repeat another; a repeated key with other content is an error."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        key = key_of(table, row)
        first = seen.setdefault(key, row)
        if first is not row:
            kind = kinds.REPEATED if first.cells == row.cells else kinds.CONFLICT
            tables.findings.append(row_finding(kind, row.place, "", None, first=first.line, key=" ".join(key)))
    return list(seen.values())


def _changed(table: Table, base: list[Row], changes: list[Row], tables: Tables) -> Iterator[Row]:
    rows = {key_of(table, row): row for row in base}
    for row in changes:
        change, key = row[CHANGE], key_of(table, row)
        if change not in CHANGES or (key in rows) != (change != "add"):
            tables.findings.append(row_finding(kinds.CHANGE, row.place, CHANGE, None, change=change, key=" ".join(key)))
        elif change == "remove":
            del rows[key]
        else:
            rows[key] = Row(row.file, row.line, {name: cell for name, cell in row.cells.items() if name != CHANGE})
    yield from rows.values()
