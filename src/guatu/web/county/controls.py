"""The controls of a setting that is a table: one row each, and a few blank ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from guatu.web.base.declarations import Cell, Rows
from guatu.web.base.declarations.rows import BLANK


@dataclass(frozen=True)
class CellControl:
    """One control: its name in the form, what it is called for those who do not see its head, and what it shows."""

    name: str
    cell: Cell
    value: str
    choices: Sequence[tuple[str, str]]

    @property
    def label(self) -> str | Promise:
        return self.cell.label

    @property
    def control(self) -> str:
        return self.cell.control

    @property
    def lines(self) -> int:
        return self.value.count("\n") + 1


@dataclass(frozen=True)
class RowControls:
    # The heads stand apart: on a narrow page each control bears its own.
    kind: Rows[Any]
    rows: Sequence[Sequence[CellControl]]

    @property
    def heads(self) -> Sequence[Cell]:
        return self.kind.cells


def cells_of(kind: Rows[Any], rows: Sequence[Mapping[str, Any]]) -> list[list[CellControl]]:
    """The rows that there are, and a few blank ones behind them."""
    # Choices may be all units of the county: asked for once, not for each row.
    choices = {cell.name: cell.choices for cell in kind.cells}
    # Rows are known by where they stand in the form; a number in the row says where they are to go.
    return [
        [
            CellControl(f"row-{at}-{cell.name}", cell, cell.show(row.get(cell.name)), choices[cell.name])
            for cell in kind.cells
        ]
        for at, row in enumerate([*rows, *[{}] * BLANK], start=1)
    ]
