"""What a plan makes of a plan above it, as a list: each goal with its answer, the reasons, the words of both texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.adapters.writers.phrases import path_phrase, target_value
from guatu.core.fields.normal import compared
from guatu.core.plan.diff.above import ANSWERS, Answer, GoalComparison, Line, Said, compare_with_above
from guatu.core.plan.source.reading import Lines
from guatu.web.base.actors import Actor
from guatu.web.base.language import language
from guatu.web.base.templatetags.guatu_tags import icon
from guatu.web.kit.table import Choose, Column, Empty, Search, Table, Wanted
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.selectors.standing import standing_plan

WORDS: dict[Answer, str | Promise] = {
    "weaker": _("变弱"),
    "missing": _("缺失"),
    "unknown": _("不能判断"),
    "held": _("守住"),
}
_LOOKS: dict[Answer, tuple[str, str]] = {
    "weaker": ("red", "alert-triangle"),
    "missing": ("red", "x"),
    "unknown": ("yellow", "search"),
    "held": ("green", "check"),
}
"""Colour and icon of each answer: no answer is told by its colour alone."""
AROUND = 40
"""Characters of the text that are shown on either side of what is marked."""
_ENDS = "。;；\n\t"


@dataclass(frozen=True)
class Side:
    """What one of the plans says of a goal, and the words in its text; `address` leads to the line they stand in."""

    name: str
    scope: str
    amount: str
    due: str
    task: str
    before: str = ""
    marked: str = ""
    after: str = ""
    line: int = 0
    address: str = ""

    @property
    def words(self) -> str:
        return f"{self.before}{self.marked}{self.after}".strip()


@dataclass(frozen=True)
class AboveRow:
    answer: Answer
    reasons: list[str]
    higher: Side
    lower: Side | None

    @property
    def because(self) -> str:
        return ";".join(self.reasons)


@dataclass(frozen=True)
class AboveView:
    """The whole comparison: the rows with the answers that most need looking at first, and their numbers."""

    rows: list[AboveRow]
    counts: list[tuple[Answer, str | Promise, int]]
    found: GoalComparison


@dataclass(frozen=True)
class _Text:
    """The text of a plan's version, with the places of its lines."""

    plan: Plan
    text: str
    lines: Lines

    def side(self, said: Said) -> Side:
        target = said.target
        amount = target_value(target, language()) if target else ""
        task = f"{path_phrase(said.path)} {said.task}".strip() if target else ""
        side = Side(said.name, said.scope, amount, said.deadline or "", task)
        if not self.text or said.span.start >= said.span.end:
            return side
        return self._quoted(side, said.span.start, min(said.span.end, len(self.text)))

    def _quoted(self, side: Side, start: int, end: int) -> Side:
        # Of a task its first words are enough to find it by.
        end = min(end, start + 2 * AROUND)
        far = max(0, start - AROUND)
        first = max(far, *(self.text.rfind(mark, far, start) + 1 for mark in _ENDS))
        ends = [at for mark in _ENDS if (at := self.text.find(mark, end, end + AROUND)) >= 0]
        line = self.lines.at(start)[0]
        return Side(
            side.name,
            side.scope,
            side.amount,
            side.due,
            side.task,
            self.text[first:start].lstrip(),
            self.text[start:end],
            self.text[end : min(ends, default=end + AROUND)].rstrip(),
            line,
            f"{reverse('plan_room', args=[self.plan.pk])}#L{line}",
        )


def above_view(
    higher: Plan, above: PlanVersion | None, lower: Plan, below: PlanVersion | None, place: str
) -> AboveView:
    """`place` is the county's name, for a plan that does not say for which place it is made."""
    upper, under = _text(higher, above), _text(lower, below)
    found = compare_with_above(
        standing_plan(higher, above),
        standing_plan(lower, below),
        higher_text=upper.text,
        lower_text=under.text,
        place=place,
    )
    rows = [_row(line, upper, under) for line in found.lines]
    # Sorting keeps the order of the higher plan among goals with one answer.
    rows.sort(key=lambda row: ANSWERS.index(row.answer))
    return AboveView(rows, [(answer, WORDS[answer], found.count(answer)) for answer in ANSWERS], found)


def _text(plan: Plan, version: PlanVersion | None) -> _Text:
    text = version.text if version else ""
    return _Text(plan, text, Lines(text))


def _row(line: Line, higher: _Text, lower: _Text) -> AboveRow:
    other = lower.side(line.lower) if line.lower is not None else None
    return AboveRow(line.answer, line.reasons(language()), higher.side(line.higher), other)


def _badge(row: AboveRow) -> SafeString:
    colour, sign = _LOOKS[row.answer]
    return format_html('<span class="badge bg-{}-lt state-badge">{} {}</span>', colour, icon(sign), WORDS[row.answer])


def _wanted(rows: Sequence[AboveRow], wanted: Wanted) -> list[AboveRow]:
    words, answer = compared(wanted.get("q", "")), wanted.get("answer")
    return [
        row
        for row in rows
        if (not answer or row.answer == answer) and (not words or any(words in compared(text) for text in _texts(row)))
    ]


def _texts(row: AboveRow) -> list[str]:
    sides = [side for side in (row.higher, row.lower) if side is not None]
    return [text for side in sides for text in (side.name, side.task, side.scope, side.words)]


def _of(side: Side | None, name: str) -> Any:
    return getattr(side, name) if side is not None else ""


COLUMNS: tuple[Column[AboveRow], ...] = (
    Column("answer", _("对照结果"), lambda row: WORDS[row.answer], shown=_badge, css="above-answer align-top"),
    Column("name", _("指标或任务"), lambda row: row.higher.name, on_page=False, width=30),
    Column(
        "higher",
        _("上级方案"),
        lambda row: row.higher.amount,
        template="ledger/_above_higher.html",
        width=18,
        css="align-top",
    ),
    Column("higher_due", _("上级时限"), lambda row: row.higher.due, on_page=False, width=14),
    Column(
        "lower",
        _("下级方案"),
        lambda row: _of(row.lower, "amount"),
        template="ledger/_above_lower.html",
        width=18,
        css="align-top",
    ),
    Column("lower_name", _("下级方案的写法"), lambda row: _of(row.lower, "name"), on_page=False, width=30),
    Column("lower_due", _("下级时限"), lambda row: _of(row.lower, "due"), on_page=False, width=14),
    Column(
        "because", _("依据"), lambda row: row.because, template="ledger/_above_reasons.html", width=50, css="align-top"
    ),
    Column("higher_words", _("上级原文"), lambda row: row.higher.words, on_page=False, width=50),
    Column("lower_words", _("下级原文"), lambda row: _of(row.lower, "words"), on_page=False, width=50),
)


def above_table(view: AboveView | None) -> Table[Any, AboveRow]:
    """The comparison as a list; without one the list says that the plan above has to be chosen first."""

    def rows(actor: Actor, wanted: Mapping[str, Any]) -> list[AboveRow]:
        return _wanted(view.rows, wanted) if view is not None else []

    nothing = (
        Empty(_("没有符合条件的条目。"), _("上级方案里没有读出目标和时限,或筛选条件太窄。"))
        if view is not None
        else Empty(_("还没有选上级方案。"), _("正文没有引用系统里的方案。请在上面选择;还没有上传的,先到“方案”里上传。"))
    )
    return Table(
        title=_("对照上级方案"),
        rows=rows,
        size=100,
        filters=(
            Search("q", _("指标、任务或原文"), wide=True),
            Choose("answer", _("对照结果"), choices=[(answer, WORDS[answer]) for answer in ANSWERS]),
        ),
        columns=COLUMNS,
        empty=nothing,
    )
