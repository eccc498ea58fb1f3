"""What two schemes have different, row by row: tables are compared after overlays are laid over their bases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guatu.engines.drg.scheme.layout import TABLES
from guatu.engines.drg.scheme.rows import Row, Tables, key_of


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that was added, removed or changed; `cells` gives old and new of each column that differs."""

    table: str
    key: tuple[str, ...]
    change: Literal["added", "removed", "changed"]
    cells: tuple[tuple[str, str, str], ...] = ()


def differences(old: Tables, new: Tables) -> Iterator[Difference]:
    """In the order of the tables and of the keys. Columns that only count or name the order of a file play no part."""
    for name, table in TABLES.items():
        before = {key_of(table, row): row for row in old.rows.get(name, [])}
        after = {key_of(table, row): row for row in new.rows.get(name, [])}
        for key in sorted(before.keys() | after.keys()):
            if key not in before:
                yield Difference(name, key, "added", _cells(None, after[key]))
            elif key not in after:
                yield Difference(name, key, "removed", _cells(before[key], None))
            elif cells := _cells(before[key], after[key]):
                yield Difference(name, key, "changed", cells)


def _cells(old: Row | None, new: Row | None) -> tuple[tuple[str, str, str], ...]:
    columns = dict.fromkeys([*(old.cells if old else ()), *(new.cells if new else ())])
    pairs = ((column, old[column] if old else "", new[column] if new else "") for column in columns)
    return tuple((column, a, b) for column, a, b in pairs if a != b and not column.startswith("n_"))
