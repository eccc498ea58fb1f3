"""A ledger that was kept as a spreadsheet: its rows become proposed tasks, and what cannot be taken is said row
by row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.core.fields.day import Day
from guatu.core.fields.findings import CATALOGUE, OUT_OF_RANGE, FieldFinding, Read, quoted
from guatu.core.fields.normal import compared, typed
from guatu.core.fields.number import Number, Written, of_cell
from guatu.core.fields.text import Text
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.model import Comparison
from guatu.web.base.language import language
from guatu.web.ledger.proposals import (
    LARGEST,
    ImportedTask,
    Names,
    ProposedDuty,
    ProposedTarget,
    ProposedTask,
    duty_of,
    goal_of,
)
from guatu.web.ledger.sheet_heads import HEADS, head_of
from guatu.web.ledger.sheets import Sheet

MESSAGES: dict[str, str | Promise] = {
    "formula": _("是公式,请改成数值或文字(复制后“选择性粘贴 - 数值”)"),
    "error": _("单元格里是错误值,请填写内容"),
    "missing": _("不能为空"),
    "too-long": _("最多 %(most)s 个字,现有 %(n)s 个"),
    "too-large": _("数值过大,请改用“万”“亿”作单位"),
    "not-an-op": _("“%(given)s”不认识,请填 >=、<=、=、约 之一或留空"),
    "twice": _("与第 %(row)s 行重复"),
    "known": _("方案里已有这项任务"),
    "metric-without-value": _("有指标没有目标值"),
    "value-without-metric": _("有目标值没有指标名称"),
}
_LIMITS = {"title": 300, "domain": 120, "metric": 200, "unit": 40, "waiver": 200, "content": 10_000, "number": 60}
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
_OP_WORDS = {
    "≥": ">=", "不低于": ">=", "不少于": ">=", "以上": ">=", "≤": "<=", "不高于": "<=", "不超过": "<=", "以内": "<=", "等于": "=",
    "约": "~", "≈": "~", "增加": "+", "": "=",
}  # fmt: skip
_DUE = Day(edge="last", earliest=datetime.date(1990, 1, 1), latest=datetime.date(2100, 12, 31))
V = TypeVar("V")
_MANY_LINES = ("content", "lead", "responsible", "support")
ROLES = (("lead", "lead"), ("responsible", "responsible"), ("support", "support"))


@dataclass(frozen=True)
class RowProblem:
    """What is wrong in one cell; `row` as the spreadsheet counts, from 1."""

    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    def message(self) -> str:
        if self.code in CATALOGUE:
            kind = CATALOGUE[self.code]
            return FieldFinding(kind.code, kind.severity, kind.zh, kind.en, self.params).message(language())
        # A file that was read before the messages changed keeps its codes.
        text = str(MESSAGES.get(self.code, self.code))
        return text % self.params if self.params else text

    def label(self) -> str:
        return str(HEADS[self.column][0]) if self.column in HEADS else ""


@dataclass(frozen=True)
class Imported:
    tasks: list[ImportedTask]
    problems: list[RowProblem]


def read_tasks(sheet: Sheet, names: Names, known: set[tuple[str, str]]) -> Imported:
    """Rows as proposed tasks. `known` holds (number, title) of the plan's tasks; a row without a title adds a
    target."""
    head = head_of(sheet)
    if head is None:
        return Imported([], [])
    reader = _Rows(sheet, head[1], names, known)
    for at in range(head[0] + 1, len(sheet.rows)):
        reader.read(at)
    return Imported(reader.tasks, reader.problems)


class _Rows:
    def __init__(self, sheet: Sheet, places: Mapping[str, int], names: Names, known: set[tuple[str, str]]) -> None:
        self.sheet, self.places, self.names, self.known = sheet, places, names, known
        self.tasks: list[ImportedTask] = []
        self.problems: list[RowProblem] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.last_failed = False

    def read(self, at: int) -> None:
        row = self.sheet.rows[at]
        cells = {name: row[place] if place < len(row) else "" for name, place in self.places.items()}
        if all(value == "" or value is None for value in cells.values()):
            return
        before = len(self.problems)
        line = _Line(
            at + 1, cells, {n for n, p in self.places.items() if (at, p) in self.sheet.formulas}, self.problems
        )
        if cells.get("title", "") == "" and cells.get("metric", "") != "" and (self.tasks or self.last_failed):
            self._more(line)
        else:
            self._task(line)
            self.last_failed = len(self.problems) > before

    def _task(self, line: _Line) -> None:
        count = len(self.problems)
        title, number = line.text("title"), line.text("number")
        if not title and len(self.problems) == count:
            line.problem("title", "missing")
        due = line.day("due")
        target = self._target(line, due)
        duties = list(self._duties(line))
        content, domain, waiver = line.text("content"), line.text("domain"), line.text("waiver")
        key = (number, title)
        if title and key in self.seen:
            line.problem("title", "twice", row=str(self.seen[key]))
        elif title and key in self.known:
            line.problem("title", "known")
        if len(self.problems) > count:
            return
        self.seen[key] = line.row
        path = [number] if number else []
        task = ProposedTask(
            compiled_id="",
            annex="",
            path=path,
            title=title,
            content=content,
            domain=domain,
            start=0,
            end=0,
            due=due,
            waiver=waiver,
            duties=duties,
            targets=[target] if target else [],
        )
        self.tasks.append(ImportedTask(line.row, task))

    def _more(self, line: _Line) -> None:
        """Another target of the task above."""
        if self.last_failed:
            return
        above = self.tasks[-1]
        count = len(self.problems)
        target = self._target(line, line.day("due") or above.task.due)
        if target and len(self.problems) == count:
            above.task.targets.append(target)

    def _duties(self, line: _Line) -> Iterator[ProposedDuty]:
        given: set[tuple[str, str]] = set()
        for column, role in ROLES:
            text = line.text(column, 2000)
            norm = typed(text)
            for name, _start, _end in split_units(norm, 0, len(norm)):
                if (role, name) not in given:
                    given.add((role, name))
                    yield duty_of(role, name[:120], self.names)

    def _target(self, line: _Line, due: datetime.date | None) -> ProposedTarget | None:
        metric, op = line.text("metric"), line.op()
        unit = line.unit()
        value, base = line.number("value", unit), line.number("base", unit)
        if not metric:
            if value is not None:
                line.problem("metric", "value-without-metric")
            return None
        if value is None:
            if not line.failed("value"):
                line.problem("value", "metric-without-value")
            return None
        goal = goal_of(op, metric, metric, unit, value)
        return ProposedTarget(
            compiled_id="",
            metric=metric,
            scope="",
            op=op,
            value=value,
            value_max=None,
            unit_text=unit,
            due=due,
            start=0,
            end=0,
            direction=goal.direction,
            kind=goal.kind,
            bound=goal.bound,
            change=goal.change,
            striving=goal.strength == "striving",
            tracked=True,
            base_value=base,
        )


class _Line:
    """One row while it is read."""

    def __init__(self, row: int, cells: Mapping[str, Any], formulas: set[str], problems: list[RowProblem]) -> None:
        self.row, self.cells, self.formulas, self.problems = row, cells, formulas, problems

    def problem(self, column: str, code: str, **params: str) -> None:
        self.problems.append(RowProblem(self.row, column, code, params))

    def failed(self, column: str) -> bool:
        return any(p.row == self.row and p.column == column for p in reversed(self.problems[-20:]))

    def value(self, column: str) -> Any:
        """The cell, or "" where there is none or it is wrong, which is then said once."""
        value = self.cells.get(column, "")
        if column in self.formulas:
            if not self.failed(column):
                self.problem(column, "formula")
            return ""
        if isinstance(value, str) and value.upper() in _ERRORS:
            if not self.failed(column):
                self.problem(column, "error")
            return ""
        return "" if value is None else value

    def text(self, column: str, most: int = 0) -> str:
        limit = most or _LIMITS.get(column, 2000)
        read = Text(many_lines=column in _MANY_LINES).read(self.value(column))
        text = self._taken(column, read) or ""
        if len(text) > limit:
            self.problem(column, "too-long", most=str(limit), n=str(len(text)))
            return ""
        return text

    def unit(self) -> str:
        """The unit of the target: what its column says, else what stands behind the value."""
        named = self.text("unit")
        written = None if named else of_cell(self.value("value"))
        return written.unit if isinstance(written, Written) else named

    def number(self, column: str, unit: str) -> Decimal | None:
        value = self.value(column)
        # A spreadsheet computes with fifteen digits; what people type is never rounded.
        value = round(value, 6) if isinstance(value, float) else value
        found = Number(unit=unit, least=1 - LARGEST, most=LARGEST - 1).read(value)
        if found.error is not None and found.error.code == OUT_OF_RANGE.code:
            self.problem(column, "too-large")
            return None
        return self._taken(column, found)

    def day(self, column: str) -> datetime.date | None:
        return self._taken(column, _DUE.read(self.value(column)))

    def op(self) -> str:
        text = compared(str(self.value("op")))
        op = _OP_WORDS.get(text, text)
        if op not in get_args(Comparison) or op == "range":
            self.problem("op", "not-an-op", given=quoted(text))
            return "="
        return op

    def _taken(self, column: str, read: Read[V]) -> V | None:
        if read.error is not None:
            self.problem(column, read.error.code, **read.error.params)
        return read.value


def as_rows(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    """Problems as JSON, in no language."""
    return [{"row": p.row, "column": p.column, "code": p.code, "params": dict(p.params)} for p in problems]


def from_rows(rows: Sequence[Mapping[str, Any]]) -> list[RowProblem]:
    return [RowProblem(r["row"], r["column"], r["code"], r["params"]) for r in rows]
