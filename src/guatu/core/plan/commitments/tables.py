"""Tables are read as tables: which are of tasks, what each row became, and whose its tasks are.

Every row of every table is accounted for: it is a task, or belongs to one, or is something else that has a name, or it
is unread. A table whose words are not known is read by its cells, and says so.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.commitments.columns import ROLES, Column, Columns, columns_of, is_sum, words
from guatu.core.plan.commitments.deadlines import MONTH
from guatu.core.plan.commitments.duties import DutyDraft, read_roles
from guatu.core.plan.commitments.names import NOBODY, KnownNames
from guatu.core.plan.commitments.relative_times import relative_times
from guatu.core.plan.commitments.tasks import TaskDraft, unique
from guatu.core.plan.commitments.times import TIME
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.model import Role
from guatu.core.plan.outline.column_words import NOBODY as NOBODY_CELL
from guatu.core.plan.outline.column_words import REMARK, STANDING
from guatu.core.plan.outline.grids import across
from guatu.core.plan.outline.markers import marker_at
from guatu.core.plan.outline.model import OutlineDocument, Range, Row, Table

TableKind = Literal["tasks", "figures", "scoring", "contacts", "other"]
RowKind = Literal["task", "head", "group", "sum", "remark", "continued", "other", "unread"]

_OF_TASKS: Final = regex(r"任务|分工|分解|实事|责任清单|措施清单|要点|台账")
_SENTENCE_END: Final = regex(r"[。;:\n]")
_LONGEST_TITLE: Final = 80
_TOLD_APART: Final = 0.9
"""A column names the tasks where nine of ten of its cells differ; a merged one names groups of them."""


class RowReading(msgspec.Struct, frozen=True):
    """A row and what became of it; `task` where it is one."""

    row: Row
    kind: RowKind
    task: TaskDraft | None = None


class TableReading(msgspec.Struct, frozen=True):
    """A table as it was understood. `title` is the column that names its tasks."""

    table: Table
    kind: TableKind
    columns: Columns
    rows: tuple[RowReading, ...]
    title: Column | None = None

    @property
    def guessed(self) -> bool:
        """Whether the column of the tasks was found by its cells and not by its head."""
        return self.title is not None and self.title.guessed

    def count(self, *kinds: RowKind) -> int:
        return sum(row.kind in kinds for row in self.rows)

    @property
    def tasks(self) -> list[TaskDraft]:
        return [row.task for row in self.rows if row.task]


_NONE_CHOSEN: Final[Mapping[int, int]] = {}


def read_tables(
    document: OutlineDocument, norm: str, known: KnownNames = NOBODY, chosen: Mapping[int, int] = _NONE_CHOSEN
) -> list[TableReading]:
    """All tables of a document in reading order; one without a head goes on the one of its width before it.

    `chosen` are the columns of tasks that a person named, by where their tables begin: they are believed. Of a text
    that is unusable as a whole no table is read; that is told at its top.
    """
    if document.kind == "other":
        return []
    found: list[TableReading] = []
    latest: dict[int, TableReading] = {}
    around = _Around(document, norm, known)
    for written in document.tables:
        table = _rejoined(written)
        own = columns_of(table, norm)
        above = latest.get(table.width)
        goes_on = above is not None and _goes_on(own, above)
        columns = Columns(above.columns.all, 0) if above is not None and goes_on else own
        found.append(_Rows(around, table, columns, norm, above if goes_on else None, chosen.get(written.start)).read())
        latest[table.width] = found[-1]
    return found


class _Around:
    """What stands around the tables of a document: the item each is under, the paragraph before it, the names known."""

    def __init__(self, document: OutlineDocument, norm: str, known: KnownNames) -> None:
        self.known = known
        self.past = document.kind == "report"
        self._nodes = document.nodes()
        self._starts = [node.start for node in self._nodes]
        self._blocks = document.blocks
        self._ends = [block.end for block in self._blocks]
        self._title, self._norm = document.title, norm

    def path(self, at: int) -> tuple[str, ...]:
        """Path of the item under which a table at `at` stands."""
        i = bisect_right(self._starts, at) - 1
        return self._nodes[i].path if i >= 0 else ()

    def names_tasks(self, at: int) -> bool:
        """Whether the paragraph before a table, or the title of its document, calls it one of tasks."""
        i = bisect_right(self._ends, at) - 1
        before = self._norm[self._blocks[i].start : self._ends[i]] if i >= 0 else ""
        return any(_OF_TASKS.search(text) for text in (before[:_LONGEST_TITLE], self._title))


def _goes_on(own: Columns, above: TableReading) -> bool:
    return own.head_rows == 0 and above.kind == "tasks"


def _rejoined(table: Table) -> Table:
    """Rows that a line break inside a cell took apart are one row again: its halves share the cell that was broken."""
    width = len(table.rows[0].cells)
    rows: list[Row] = []
    for row in table.rows:
        last = rows[-1].cells if rows else ()
        if 1 < len(last) < width and len(last) + len(row.cells) - 1 == width and row.cells[0][0] < row.cells[0][1]:
            broken = (last[-1][0], row.cells[0][1])
            rows[-1] = Row((*last[:-1], broken, *row.cells[1:]))
        else:
            rows.append(row)
    return msgspec.structs.replace(table, rows=tuple(rows))


class _Rows:
    """Reads the rows of one table from top to bottom; a table that goes on the one above begins where that ended."""

    def __init__(
        self,
        around: _Around,
        table: Table,
        columns: Columns,
        norm: str,
        above: TableReading | None = None,
        chosen: int | None = None,
    ) -> None:
        self.norm, self.table, self.columns = norm, table, columns
        self.title: Column | None
        self.kind: TableKind
        self.body = table.rows[columns.head_rows :]
        if chosen is not None:
            self.title, self.kind = msgspec.structs.replace(columns.all[chosen], guessed=False), "tasks"
        elif above:
            self.title, self.kind = above.title, above.kind
        else:
            self.title = _title_column(columns, self.body, norm)
            self.kind = _kind(columns, self.title, named=around.names_tasks(table.start))
        self.prefix, self.known, self.past = around.path(table.start), around.known, around.past
        self.groups: tuple[str, ...] = ()
        self.tasks = list(above.tasks) if above else []
        self.number = ""
        self.roles: dict[str, list[DutyDraft]] = {}
        self.titled: Range = (0, 0)

    def read(self) -> TableReading:
        heads = [RowReading(row, "head") for row in self.table.rows[: self.columns.head_rows]]
        rows = [self._row(row) for row in self.body]
        title = self.title if self.kind == "tasks" else None
        return TableReading(self.table, self.kind, self.columns, (*heads, *rows), title)

    def _row(self, row: Row) -> RowReading:
        if self._is_head(row):
            return RowReading(row, "head")
        if is_sum(row, self.norm):
            return RowReading(row, "sum")
        if cell := across(row):
            return RowReading(row, self._across(cell))
        if self.kind != "tasks" or self.title is None:
            return RowReading(row, "unread" if self.kind == "other" and not self.past else "other")
        if group := self._group(row):
            return RowReading(row, self._across(group))
        return self._task(row, self.title)

    def _is_head(self, row: Row) -> bool:
        """A head that is repeated on the next page: word for word, for such a row is counted nowhere."""
        texts = [words(self.norm, cell) for cell in row.cells]
        heads = [column.head.split("/") for column in self.columns.all]
        return sum(map(bool, texts)) > 1 and all(
            not text or text in head for text, head in zip(texts, heads, strict=False)
        )

    def _across(self, cell: Range) -> RowKind:
        """A row that is one cell heads a group, or says something about the table."""
        if REMARK.match(self.norm, *cell):
            return "remark"
        marker = marker_at(self.norm, *cell)
        self.groups = (marker.label,) if marker else ()
        self.number, self.titled, self.roles = "", (0, 0), {}
        return "group"

    def _group(self, row: Row) -> Range | None:
        """The cell of a row that has no other and begins as the title of a section does."""
        filled = [cell for cell in row.cells if cell[0] < cell[1]]
        if len(filled) != 1 or len(row.cells) <= 2:
            return None
        marker = marker_at(self.norm, *filled[0])
        return filled[0] if marker and marker.kind in ("一、", "(一)", "章") else None

    def _task(self, row: Row, column: Column) -> RowReading:
        cell = row.seen(column.index)
        own = self._own(row)
        if not self._text(cell) or (cell == self.titled and row.covering):
            return self._belonging(row, own)
        self.titled = cell
        number, at = self._number(row, cell)
        duties = self._duties(row, own)
        title = _SENTENCE_END.split(self.norm[at : cell[1]].strip(), maxsplit=1)[0][:_LONGEST_TITLE]
        path = (*self.prefix, *self.groups, number)
        task = TaskDraft(path, title, row.start, row.end, unique(duties), merged=tuple(_merged(row)))
        self.tasks.append(task)
        return RowReading(row, "task", task)

    def _belonging(self, row: Row, own: dict[Role, list[DutyDraft]]) -> RowReading:
        """A row without a task of its own: the rest of the one above, where there is one; else it is unread."""
        if not self.tasks or (not row.covering and self._text(row.seen(self.columns.first("number") or 0))):
            return RowReading(row, "unread")
        last = self.tasks[-1]
        last.end = max(last.end, row.end)
        last.duties = unique([*last.duties, *(draft for role in ROLES for draft in own[role])])
        return RowReading(row, "continued")

    def _text(self, cell: Range) -> str:
        return self.norm[slice(*cell)].strip()

    def _number(self, row: Row, title: Range) -> tuple[str, int]:
        """The number of a row, of its own column or in front of its title, and where the title begins behind it."""
        column = self.columns.first("number")
        if column is not None:
            written = self._text(row.seen(column)).rstrip(".、")
            self.number = written or self.number
            return self.number or str(len(self.tasks) + 1), title[0]
        marker = marker_at(self.norm, *title)
        return (marker.label, marker.end) if marker else (str(len(self.tasks) + 1), title[0])

    def _own(self, row: Row) -> dict[Role, list[DutyDraft]]:
        """The units that a row names or that merged cells name for it."""
        return {
            role: [
                draft
                for column in self.columns.of(role)
                for draft in _units(*row.seen(column.index), self.norm, role, self.known)
            ]
            for role in ROLES
        }

    def _duties(self, row: Row, own: dict[Role, list[DutyDraft]]) -> list[DutyDraft]:
        """Units of the row. Where nobody says what is merged, an empty cell of the lead means that of the row above.

        So do the other empty cells of a row that names nobody; beside a lead of its own they mean nobody.
        """
        above = {} if row.covering else dict(self.roles)
        self.roles.update({role: drafts for role, drafts in own.items() if drafts})
        nobody = not any(own.values())
        return [
            draft
            for role in ROLES
            for draft in (own[role] or (above.get(role, []) if role == "lead" or nobody else []))
        ]


def _merged(row: Row) -> Iterator[Range]:
    """The cells of a row that began above it."""
    return (cell for cell in dict.fromkeys(row.covering) if cell[0] < cell[1] <= row.start)


def _kind(columns: Columns, title: Column | None, *, named: bool) -> TableKind:
    """What a table is for: tasks where somebody has to do what its rows say."""
    roles = columns.of(*ROLES)
    if title is not None and (roles or (columns.of("deadline") and (columns.of("number") or not title.guessed))):
        return "tasks"
    if columns.of("score"):
        return "scoring"
    if columns.of("contact") or (columns.of("person") and title is None):
        return "contacts"
    if columns.of("year", "measure", "money") or _is_of_figures(columns, title):
        return "figures"
    if title is not None and title.kind == "task" and not title.guessed and named:
        return "tasks"
    return "other"


def _is_of_figures(columns: Columns, title: Column | None) -> bool:
    """Whether there is little else than figures: a column for places and one of figures, or two of figures alone."""
    figures = [one for one in columns.of("number", "target") if one.guessed or one.kind == "target"]
    if title is not None:
        return bool(figures) and all(one.guessed for one in figures) and bool(columns.of("place"))
    return bool(figures) and (len(figures) > 1 or bool(columns.of("place", "responsible")))


def _title_column(columns: Columns, body: Sequence[Row], norm: str) -> Column | None:
    """The column that names the tasks: of several with words of a task the first that tells the rows apart."""
    rows = [row for row in body if not across(row) and not is_sum(row, norm)]
    for kind in ("task", "name", "target", "group"):
        candidates = [column for column in columns.of(kind) if _is_told(rows, column, norm)]
        if candidates:
            return next((one for one in candidates if _tells_apart(rows, one, norm)), candidates[-1])
    unknown = [column for column in columns.of("unknown") if _is_told(rows, column, norm)]
    longest = max(unknown, key=lambda column: _length(rows, column), default=None)
    return msgspec.structs.replace(longest, guessed=True) if longest else None


def _is_told(rows: Sequence[Row], column: Column, norm: str) -> bool:
    """Whether words stand in a column; one of figures or numbers names nothing. A head alone waits for its rows."""
    cells = {row.seen(column.index) for row in rows}
    return not rows or any(_WORD.search(norm, *cell) for cell in cells)


_WORD: Final = regex(r"[\u4e00-\u9fffA-Za-z]{2}")


def _tells_apart(rows: Sequence[Row], column: Column, norm: str) -> bool:
    cells = [row.seen(column.index) for row in rows]
    texts = {words(norm, cell) for cell in cells} - {""}
    return len(texts) >= _TOLD_APART * len(rows)


def _length(rows: Sequence[Row], column: Column) -> int:
    return sum(end - start for start, end in (row.seen(column.index) for row in rows))


def _units(start: int, end: int, norm: str, role: Role, known: KnownNames) -> Iterator[DutyDraft]:
    if NOBODY_CELL.match(norm[start:end].strip()):
        return
    named = list(read_roles(norm, start, end, known))
    yield from named or (DutyDraft(role, name, at, stop) for name, at, stop in split_units(norm, start, end, known))


def unread_limits(reading: TableReading, norm: str) -> Iterator[Range]:
    """Cells of the columns that say by when, of which no time can be read: 适时, 按进度, a figure without a unit."""
    if reading.kind == "tasks":
        for cell in table_limits([reading]):
            text = words(norm, cell)
            read = (NOBODY_CELL.match(text), STANDING.search(text), TIME.search(text), MONTH.fullmatch(text))
            if not any(read) and not any(relative_times(norm, *cell, in_column=True)):
                yield cell


def table_limits(readings: Sequence[TableReading]) -> list[Range]:
    """Cells of the columns that say by when, each once."""
    found = {
        row.row.seen(column.index): None
        for reading in readings
        if reading.kind == "tasks"
        for row in reading.rows
        if row.kind in ("task", "continued")
        for column in reading.columns.of("deadline")
    }
    return list(found)
