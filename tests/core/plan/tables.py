"""One table of tasks drawn in the ways in which tables reach the compiler."""

from collections.abc import Sequence

import msgspec

from guatu.core.kernel.span import Span
from guatu.core.plan.compiler import Compiled, compile_text
from guatu.core.plan.model import Task
from guatu.core.plan.source.tables import Cell, TableBlock

TITLE = "青禾县2025年重点任务分解表"


class Drawn(msgspec.Struct, frozen=True):
    """A cell of a drawing: its words and the rows and columns that it covers."""

    words: str
    rows: int = 1
    columns: int = 1


Drawing = Sequence[Sequence[Drawn | str]]
"""Rows of cells; a cell that one above or to the left covers is left out."""


def compiled_from_cells(drawing: Drawing, title: str = TITLE) -> Compiled:
    """The plan of a table as readers hand it over: lines with tabs, and cells that say what they cover."""
    lines: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    text = f"{title}\n\n"
    taken: set[tuple[int, int]] = set()
    for at, drawn in enumerate(drawing):
        cells: list[Cell] = []
        line: list[str] = []
        for cell in drawn:
            cell = Drawn(cell) if isinstance(cell, str) else cell
            while (at, len(line)) in taken:
                line.append("")
            start = len(text) + sum(map(len, line)) + len(line)
            cells.append(Cell(cell.words, Span(start, start + len(cell.words)), cell.rows, cell.columns, at, len(line)))
            taken |= {(at + i, len(line) + j) for i in range(cell.rows) for j in range(cell.columns)}
            line += [cell.words, *[""] * (cell.columns - 1)]
        while (at, len(line)) in taken:
            line.append("")
        rows.append(tuple(cells))
        lines.append("\t".join(line))
        text += lines[-1] + "\n"
    block = TableBlock(Span(len(title) + 2, len(text)), tuple(rows))
    return compile_text(text, tables=(block,))


def with_tabs(rows: Sequence[Sequence[str]], title: str = TITLE) -> Compiled:
    return compile_text(f"{title}\n\n" + "".join("\t".join(row) + "\n" for row in rows))


def with_bars(rows: Sequence[Sequence[str]], title: str = TITLE) -> Compiled:
    head, *body = ["| " + " | ".join(row) + " |\n" for row in rows]
    rule = "|" + "---|" * len(rows[0]) + "\n"
    return compile_text(f"# {title}\n\n{head}{rule}" + "".join(body), format="md")


def one_a_line(rows: Sequence[Sequence[str]], title: str = TITLE) -> Compiled:
    """Empty cells leave no line, and names that stand in one cell have a line each."""
    cells = [cell.replace("、", "\n\n") for row in rows for cell in row if cell]
    return compile_text(f"{title}\n\n" + "\n\n".join(cells) + "\n")


def tasks(compiled: Compiled) -> list[Task]:
    return [task for document in compiled.plan.documents for task in document.tasks]


Told = tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...]]


def told(compiled: Compiled) -> list[Told]:
    """What is known of each task: number, title, roles with units, limits."""
    limits = {limit.id: limit.iso for document in compiled.plan.documents for limit in document.deadlines}
    return [
        (
            "/".join(task.path),
            task.title,
            tuple((duty.role, duty.unit) for duty in task.duties),
            tuple(limits[one] for one in task.deadlines),
        )
        for task in tasks(compiled)
    ]


def with_blanks(rows: Sequence[Sequence[str]], title: str = TITLE) -> Compiled:
    """A line for each row, as text that was copied out of a page."""
    return compile_text(f"{title}\n\n" + "".join(" ".join(filter(None, row)) + "\n" for row in rows))


def in_one_line(rows: Sequence[Sequence[str]], title: str = TITLE) -> Compiled:
    """All in one line, as a page without its markup, with a sentence behind it."""
    cells = [cell for row in rows for cell in row if cell]
    return compile_text(f"{title} {' '.join(cells)} 本表由县政府办公室负责解释。\n")


WAYS = {
    "tabs": with_tabs,
    "bars": with_bars,
    "lines": one_a_line,
    "blanks": with_blanks,
    "one line": in_one_line,
    "cells": compiled_from_cells,
}
