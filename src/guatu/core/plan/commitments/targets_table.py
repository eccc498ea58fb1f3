"""Tables of figures: a row for each indicator or project, a column for each year to come, the unit beside the name."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from guatu.core.fields.numerals import ARABIC, value_of
from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import Measure, resolve
from guatu.core.plan.commitments.columns import Columns, is_sum
from guatu.core.plan.commitments.columns import words as _text
from guatu.core.plan.commitments.tables import TableReading
from guatu.core.plan.commitments.targets_draft import TargetDraft
from guatu.core.plan.commitments.targets_money import is_outcome
from guatu.core.plan.commitments.targets_places import Above, captions, shared_out, thing_counted, unit_of
from guatu.core.plan.model import BaseQuantity, Comparison
from guatu.core.plan.outline.grids import across
from guatu.core.plan.outline.model import Row, Table

Cell = tuple[int, int]

_NAME: Final = regex(r"指标|名称|项目|任务|内容|工程|事项")
_UNIT: Final = regex(r"(?:计量)?单位")
_YEAR: Final = regex(r"(20\d\d)年?(?:[底末]|期末|度)?")
_BASE: Final = regex(r"基[期准数]|现状|实际|完成|实绩|已|上年|往年|起点")
_GOAL: Final = regex(
    r"目标(?:值|数)?|指标值|预期(?:值|目标)|规划值|计划(?:数|值|量)|任务(?:数|量)|总量|数量|规模|[两三四五]年合计"
)
_MONEY: Final = regex(r"投资|资金|金额|经费|预算|造价|概算|估算|补助|元\)?$")
_BRACKET: Final = regex(r"\(([^()]{1,8})\)")
_FIGURE: Final = regex(
    rf"(?P<op>[≥≤<>=]|不低于|不少于|不超过|达到)?(?P<number>{ARABIC})(?P<unit>%|‰|[一-鿿/]{{1,6}}?)?(?P<behind>以上|以下|以内|左右)?"
)
_OPS: Final[dict[str, Comparison]] = {
    "≥": ">=", "≤": "<=", "<": "<", ">": ">", "=": "=", "不低于": ">=", "不少于": ">=", "达到": ">=", "不超过": "<=",
    "以上": ">=", "以下": "<=", "以内": "<=", "左右": "~",
}  # fmt: skip
_NO_UNIT: Final = frozenset(("", "-", "--", "/", "无"))


class _Head(msgspec.Struct, frozen=True):
    """What the head of a table says: where names and units stand, and the year of each column of goals."""

    rows: int
    name: int
    unit: int | None
    goals: dict[int, str | None]
    """Column to its year; None where the head says only that it is a goal."""
    units: dict[int, str]
    """Column to the unit that its head gives in brackets."""


class YearCell(msgspec.Struct, frozen=True):
    """A cell in the column of a year that says its goal in words (完成20公里): what the row and the column add to it."""

    start: int
    end: int
    name: str
    year: str


class TableTargets(msgspec.Struct, frozen=True):
    """The goals in tables of figures, the cells that were read for them, and those whose words are left to read."""

    found: list[TargetDraft] = []
    read: list[Cell] = []
    worded: list[YearCell] = []


def table_targets(tables: Sequence[TableReading], norm: str, year: int | None) -> TableTargets:
    """The goals in tables of figures.

    `year` is the year of the plan: columns of earlier years tell how things were. A column of money that is spent is
    left to the funds.
    """
    made = TableTargets([], [], [])
    for reading, above in zip(tables, captions([one.table for one in tables], norm), strict=True):
        table, columns = reading.table, reading.columns
        head = _head(columns, year)
        if head is None:
            drafts = [
                *_years_downwards(table, above, norm, year),
                *_bare_goals(table, columns, norm),
                *_shares(table, columns, above, norm, year),
            ]
            made.found.extend(drafts)
            made.read.extend((draft.start, draft.end) for draft in drafts)
            continue
        for row in table.rows[head.rows :]:
            made.found.extend(_row(row, head, norm))
            made.worded.extend(_worded(row, head, norm))
            made.read.extend(cell for j, cell in enumerate(row.cells) if _is_read(j, cell, head, norm))
    return made


def _worded(row: Row, head: _Head, norm: str) -> Iterator[YearCell]:
    for j, year in head.goals.items():
        if year is not None and j < len(row.cells) and not _is_figure(row.cells[j], norm):
            yield YearCell(*row.cells[j], _text(norm, row.seen(head.name)), year)


def _years_downwards(table: Table, above: Above, norm: str, year: int | None) -> Iterator[TargetDraft]:
    """The other way round: a row for each year, a column for each indicator with its unit in brackets, or above all."""
    head = [_text(norm, cell) for cell in table.rows[0].cells]
    units = {j: unit_of(word, above.units) for j, word in enumerate(head) if j and not _MONEY.search(word)}
    things = [thing_counted(word, above.thing) for word in head]
    dated = False
    for row in table.rows[1:]:
        first = _text(norm, row.cells[0])
        due = _YEAR.match(first)
        dated = dated or due is not None
        whole = dated and is_sum(row, norm)
        if not whole and (due is None or _BASE.search(first) or (year is not None and int(due[1]) < year)):
            continue
        for j, unit in units.items():
            draft = (
                _draft(row.cells[j], things[j], unit, due[1] if due else None, norm)
                if unit and j < len(row.cells)
                else None
            )
            if draft is not None:
                yield draft


def _bare_goals(table: Table, columns: Columns, norm: str) -> Iterator[TargetDraft]:
    """A figure with its unit and no words in a column of goals is the goal of what its row names, money too."""
    for goal in columns.of("target"):
        name = max((one.index for one in columns.of("task", "name") if one.index < goal.index), default=None)
        for row in table.rows[columns.head_rows :] if name is not None else ():
            if goal.index < len(row.cells):
                draft = _draft(row.cells[goal.index], _text(norm, row.seen(name or 0)), None, None, norm, stated=True)
                if draft is not None:
                    yield draft


def _shares(table: Table, columns: Columns, above: Above, norm: str, year: int | None) -> Iterator[TargetDraft]:
    """The goals of towns or units, each for its place; a total is a goal of the whole."""
    shared = shared_out(table, columns, above, norm)
    if shared is None:
        return
    of_group: str | None = None
    for row in table.rows[columns.head_rows :]:
        if cell := across(row):
            year_of = _YEAR.fullmatch(_text(norm, cell))
            of_group = year_of[1] if year_of else None
        place = _text(norm, row.seen(shared.places))
        for j, thing in shared.counted.items():
            due = shared.years.get(j, of_group)
            if j < len(row.cells) and (due is None or year is None or int(due) >= year):
                draft = _draft(row.cells[j], thing, shared.units[j], due, norm)
                if draft is not None:
                    yield msgspec.structs.replace(draft, scope=None if is_sum(row, norm) else place or None)


def _is_read(j: int, cell: Cell, head: _Head, norm: str) -> bool:
    """Cells of figures are read here, also those of past years; words in other cells stay with the grammar of
    sentences."""
    return j in (head.name, head.unit) or _is_figure(cell, norm)


def _is_figure(cell: Cell, norm: str) -> bool:
    return _FIGURE.fullmatch(_text(norm, cell)) is not None


def _head(columns: Columns, year: int | None) -> _Head | None:
    """Where the names, the units and the goals of a table stand; a head of several rows is looked at word by word."""
    heads = [column.head.split("/") for column in columns.all]
    goals = _goal_columns(heads, year)
    names = [j for j, words in enumerate(heads) if any(map(_NAME.search, words)) and not _is_goal_column(words)]
    unit = next(
        (j for j, words in enumerate(heads) if any(map(_UNIT.fullmatch, words)) and _is_measure(columns, j)), None
    )
    dated = any(_YEAR.match(word) for words in heads for word in words)
    if not names or not goals or not (dated or unit is not None):
        return None
    name = names[-1] if names[-1] < min(goals) else names[0]
    inherited = {j: unit_of for j in goals if (unit_of := _unit_in("".join(heads[j])))}
    return _Head(columns.head_rows, name, unit, goals, inherited)


def _is_measure(columns: Columns, index: int) -> bool:
    """单位 is a unit of measure where no offices stand below it."""
    return columns.all[index].kind == "measure"


def _is_goal_column(words: Sequence[str]) -> bool:
    return any(_YEAR.match(word) is not None or _GOAL.match(word) is not None for word in words)


def _goal_columns(heads: Sequence[Sequence[str]], year: int | None) -> dict[int, str | None]:
    found: dict[int, str | None] = {}
    for j, words in enumerate(heads):
        dated = next((match for word in words if (match := _YEAR.match(word))), None)
        if not _is_goal_column(words) or any(_BASE.search(word) or _MONEY.search(word) for word in words):
            continue
        if dated is None:
            found[j] = None
        elif year is None or int(dated[1]) >= year:
            found[j] = dated[1]
    return found


def _row(row: Row, head: _Head, norm: str) -> Iterator[TargetDraft]:
    if head.name >= len(row.cells):
        return
    name = _text(norm, row.seen(head.name))
    own = _unit_of_row(name, row, head, norm)
    for j, year in head.goals.items():
        if j >= len(row.cells):
            continue
        draft = _draft(row.cells[j], name, own if own is not None else head.units.get(j), year, norm)
        if draft is not None:
            yield draft


def _unit_of_row(name: str, row: Row, head: _Head, norm: str) -> str | None:
    """The unit in its column, else in brackets behind the name; "" for a pure number, None where neither says one."""
    if head.unit is not None and head.unit < len(row.cells):
        written = _text(norm, row.seen(head.unit))
        return "" if written in _NO_UNIT else written
    return _unit_in(name)


def _unit_in(words: str) -> str | None:
    found = [inside for inside in _BRACKET.findall(words) if resolve(inside)]
    return found[-1] if found else None


def _draft(
    cell: Cell, name: str, unit: str | None, year: str | None, norm: str, *, stated: bool = False
) -> TargetDraft | None:
    """The goal in a cell of figures, None where it is none. `stated`: the head of its column calls it a goal."""
    text = norm[slice(*cell)]
    figure = _FIGURE.fullmatch(text.replace(" ", ""))
    if figure is None or len(name) < 2:
        return None
    unit = figure["unit"] or unit
    measure = None if unit is None else resolve(unit)
    value = value_of(figure["number"])
    if unit is None or measure is None or value is None or not (stated or _is_goal(name, measure)):
        return None
    start = cell[0] + len(text) - len(text.lstrip())
    return TargetDraft(
        start=start,
        end=start + len(text.strip()),
        metric=_BRACKET.sub(lambda m: "" if resolve(m[1]) else m[0], name),
        scope=None,
        op=_OPS[figure["behind"] or figure["op"] or "="],
        value=value,
        unit=unit,
        quantity=BaseQuantity(measure.in_base(value), measure.base),
        deadline=year,
    )


def _is_goal(name: str, measure: Measure) -> bool:
    return measure.dimension != "money" or is_outcome(name)
