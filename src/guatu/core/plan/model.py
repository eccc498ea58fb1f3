"""The compiled plan, as it is exchanged (JSON schema `guatu.plan/1`).

Spans are code points of the text that the reader produced. Keys are fixed; new ones may be added.
"""

from typing import Literal

import msgspec

from guatu.core.kernel.span import Span

SCHEMA = "guatu.plan/1"

Role = Literal["lead", "responsible", "support"]
Comparison = Literal[">=", "<=", "=", "~", "range", "+", ">", "<"]
DocumentKind = Literal["notice", "plan", "annex", "report", "other"]
SectionKind = Literal["goal", "task", "principle", "safeguard", "phase", "other"]


class Duty(msgspec.Struct, frozen=True, gc=False):
    """One unit in one role for one task; the unit stays as it was written."""

    role: Role
    unit: str
    span: Span


class BaseQuantity(msgspec.Struct, frozen=True, gc=False):
    """A value in a base unit, for arithmetic ("1" for a ratio, "m2", "m", "person", "piece", "yuan", ...)."""

    value: float
    unit: str


class Target(msgspec.Struct, frozen=True):
    """A quantified goal: metric, comparison, value and unit as the plan states them."""

    id: str
    metric: str
    op: Comparison
    value: float | int | list[float | int]
    unit: str
    span: Span
    scope: str | None = None
    quantity: BaseQuantity | None = None
    deadline: str | None = None
    task: str | None = None


class Deadline(msgspec.Struct, frozen=True, gc=False):
    """A time limit that the plan sets: a day, month, year or interval in ISO 8601; `--06-30` where the year is not
    said.

    A limit that counts from what has no day yet is a duration, `P30D`; working days, for which ISO 8601 has no sign,
    are `P10WD`. `since` is what it counts from (方案印发), None where the plan does not say it.
    """

    id: str
    iso: str
    span: Span
    since: str | None = None


class Phase(msgspec.Struct, frozen=True):
    """A stage of the work with its time."""

    path: list[str]
    title: str
    iso: str
    span: Span


class Project(msgspec.Struct, frozen=True, gc=False):
    name: str
    span: Span


class Fund(msgspec.Struct, frozen=True, gc=False):
    """An amount of money in fen, what it is for and where it comes from."""

    amount_fen: int
    span: Span
    purpose: str | None = None
    source: str | None = None


class Citation(msgspec.Struct, frozen=True, gc=False):
    """Another document that the plan names."""

    title: str
    span: Span
    doc_no: str | None = None


class Recurrence(msgspec.Struct, frozen=True, gc=False):
    """Something due again and again (每月5日前); `day` is None where only the rhythm is said."""

    every: Literal["day", "week", "month", "quarter", "half-year", "year"]
    what: str
    span: Span
    day: int | None = None


class Section(msgspec.Struct, frozen=True):
    path: list[str]
    title: str
    kind: SectionKind
    span: Span


class Task(msgspec.Struct, frozen=True):
    """The smallest numbered item of the task part that has its own heading or its own units."""

    id: str
    path: list[str]
    title: str
    span: Span
    duties: list[Duty] = []
    targets: list[str] = []
    deadlines: list[str] = []
    section_duties: list[Duty] = []
    """Units named for the whole section that it stands in, where it has none of its own."""

    @property
    def units(self) -> list[Duty]:
        """Who has the task: its own units, else those of its section."""
        return self.duties or self.section_duties


class Document(msgspec.Struct, frozen=True):
    """One plan: a covering notice, an annex, one plan of a collection."""

    title: str
    kind: DocumentKind
    span: Span
    annex: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    date: str | None = None
    lead: list[str] = []
    sections: list[Section] = []
    tasks: list[Task] = []
    targets: list[Target] = []
    deadlines: list[Deadline] = []
    phases: list[Phase] = []
    projects: list[Project] = []
    funds: list[Fund] = []
    citations: list[Citation] = []
    recurrences: list[Recurrence] = []


class SourceInfo(msgspec.Struct, frozen=True):
    name: str
    sha256: str
    characters: int
    format: str


class ReportedFinding(msgspec.Struct, frozen=True, gc=False):
    """A finding as it leaves the program: its message in one language, its place also as line and column."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    span: Span
    line: int = 1
    column: int = 1


class ReadColumn(msgspec.Struct, frozen=True):
    """A column of a table: its head, and what it was taken for; `guessed` where only its cells say so."""

    head: str
    kind: str
    guessed: bool = False


class ReadTable(msgspec.Struct, frozen=True):
    """How a table was understood: `tasks`, `figures`, `scoring`, `contacts` or `other`, and what became of its rows.

    `task_column` counts from 0; it is None where the table is none of tasks. Rows of heads are not counted.
    """

    span: Span
    kind: str
    columns: list[ReadColumn]
    task_column: int | None
    guessed: bool
    rows: int
    as_task: int
    unread: int


class Coverage(msgspec.Struct, frozen=True):
    """Every numbered item and every row of a table is a task or something else; for each that is neither there is a
    finding."""

    numbered_items: int
    as_task: int
    as_other: int
    unread: int


class Plan(msgspec.Struct, frozen=True, rename={"schema_": "schema"}):
    """One compiled file."""

    source: SourceInfo
    documents: list[Document]
    findings: list[ReportedFinding]
    coverage: Coverage
    tables: list[ReadTable] = []
    schema_: str = SCHEMA
