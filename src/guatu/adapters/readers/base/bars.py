"""Tables drawn with bars, as Markdown has them: `| a | b |`, a line of dashes under the head.

The text stays as it is; a bar behind a backslash is no border. Nothing of such a table can be merged.
"""

import itertools
import re
from collections.abc import Iterator

from guatu.adapters.readers.base.cells import WIDEST
from guatu.core.kernel.span import Span
from guatu.core.plan.source.tables import Cell, TableBlock

_BAR = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")
_FEWEST = 2
"""Rows that make a table where no line of dashes says that it is one, and cells of its first."""


def bar_tables(text: str) -> tuple[TableBlock, ...]:
    """The tables of a text, in order."""
    found = (_table(text, lines) for lines in _groups(text))
    return tuple(table for table in found if table is not None)


def _groups(text: str) -> Iterator[list[Span]]:
    """Lines with bars that follow each other."""
    group: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if _BAR.search(line):
            group.append(Span(at, at + len(line)))
        elif group:
            yield group
            group = []
        at += len(line) + 1
    if group:
        yield group


def _table(text: str, lines: list[Span]) -> TableBlock | None:
    # In a text without that line the bars must open each line too: 首页|公开|互动 is a menu.
    dashed = [index for index, line in enumerate(lines) if _is_dashed(line.text(text))]
    if dashed[:1] != [1] and not all(line.text(text).strip().startswith("|") for line in lines):
        return None
    rows = [_fields(text, line) for index, line in enumerate(lines) if index not in dashed]
    rows = [fields for fields in rows if any(field.start < field.end for field in fields)]
    if not rows or (not dashed and len(rows) < _FEWEST) or not _FEWEST <= len(rows[0]) <= WIDEST:
        return None
    cells = tuple(
        tuple(Cell(field.text(text), field, row=row, column=column) for column, field in enumerate(fields[:WIDEST]))
        for row, fields in enumerate(rows)
    )
    head_rows = int(dashed[:1] == [1] and lines[0].start <= rows[0][0].start < lines[0].end)
    return TableBlock(Span(lines[0].start, lines[-1].end), cells, head_rows=head_rows)


def _is_dashed(line: str) -> bool:
    return all(_DASHES.fullmatch(part.strip()) for part in line.strip().strip("|").split("|"))


def _fields(text: str, line: Span) -> list[Span]:
    """What stands between the bars of a line, without the blanks around it; the outer bars may be missing."""
    edges = [match.start() for match in _BAR.finditer(text, line.start, line.end)]
    if text[line.start : edges[0]].strip():
        edges.insert(0, line.start - 1)
    if text[edges[-1] + 1 : line.end].strip():
        edges.append(line.end)
    found = []
    for left, right in itertools.pairwise(edges):
        inner = text[left + 1 : right]
        start = left + 1 + len(inner) - len(inner.lstrip())
        found.append(Span(start, start + len(inner.strip())))
    return found
