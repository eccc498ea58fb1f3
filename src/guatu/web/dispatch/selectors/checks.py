"""What is to be said of figures before they are handed in, and to their reviewer after."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guatu.core.dispatch.checks.figure import CheckRow
from guatu.core.dispatch.checks.figure import Figure as CoreFigure
from guatu.core.dispatch.checks.registry import BEFORE_ODD, check_figure
from guatu.core.dispatch.trajectory import expected
from guatu.core.kernel.explained import Unknown
from guatu.web.base.language import language
from guatu.web.base.prepared import Prepared
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Figure, Period, Report
from guatu.web.dispatch.selectors.answering import Answer
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.courses import RATES, course_of
from guatu.web.ledger.models import Target
from guatu.web.ledger.selectors.trajectories import final_value

# A level that moves by half of itself within a period is rather a slipped decimal point than work; a sum that is
# not near its course may double a few times.
_JUMP = 0.5
_SUM_JUMP = 4.0
_SLIP = 0.1
_AHEAD = 4.0
# More than the whole target is odd, ten times as much is impossible.
_WHOLE = 1.0
_IMPOSSIBLE = 10.0
_RISING = (Target.Direction.UP, Target.Direction.REACH)
_EQUAL_PERIODS = 2.0
_ODD = 3.5


@dataclass(frozen=True)
class Said:
    """A finding at a target's figure, in the reader's language. One that blocks keeps the report from being sent."""

    target_id: int
    code: str
    message: str
    blocks: bool

    @property
    def asks(self) -> bool:
        """Whether the unit has to say why: not where it is the figure before that is odd."""
        return not self.blocks and self.code != BEFORE_ODD.code


def check_rows(target: Target, declared: Sequence[CheckRow] = ()) -> list[CheckRow]:
    """The checks of a target's figures; `declared` are the county's own (setting `dispatch.checks`).

    Of a sum nothing is below 0, and what is reported as a total does not fall: a fall warns only, for it is also how a
    figure that was too high last month is put right.
    """
    rows = [CheckRow("same_as_last", _EQUAL_PERIODS), CheckRow("outlier", _ODD), CheckRow("unit_slip", _SLIP)]
    if target.kind == Target.Kind.CUMULATIVE:
        rows += [CheckRow("minimum", 0.0), CheckRow("above_share", 1.0), CheckRow("ahead_of_course", _AHEAD)]
        rows += [CheckRow("above_whole", _WHOLE, "warning"), CheckRow("above_whole", _IMPOSSIBLE, "error")]
        if target.reported == Target.Reported.TOTAL:
            rows += [CheckRow("never_falls", 0.0, "warning"), CheckRow("jump", _SUM_JUMP)]
    else:
        rows += [CheckRow("jump", _JUMP), CheckRow("parts_differ", 0.0)]
        if target.unit_text in RATES:
            rows += [CheckRow("minimum", 0.0, "warning"), CheckRow("maximum", 100.0, "warning")]
    return [*rows, *declared]


def declared_checks() -> list[CheckRow]:
    """The county's own checks (setting `dispatch.checks`)."""
    return list(setting("dispatch.checks"))


def findings(report: Report, answers: list[Answer], values: Mapping[int, Decimal | None]) -> list[Said]:
    """What the checks say of figures by target id, those that block first. `report.period` is to be there."""
    given = [(a, float(known)) for a in answers if (known := values.get(a.target.pk)) is not None]
    if not given:
        return []
    earlier, declared, parts = _earlier(report), declared_checks(), parts_of([report], answers)
    found = []
    for answer, value in given:
        # The plan's day begins the course; the report's task has it.
        answer.target.plan = report.task.plan
        before = earlier.get(answer.target.pk, ())
        there = parts.get((answer.target.pk, report.period_id), ())
        found += figure_findings(answer, report.period, value, before, declared, there)
    return sorted(found, key=lambda one: not one.blocks)


def figure_findings(
    answer: Answer,
    period: Period,
    value: float,
    earlier: Sequence[float],
    declared: Sequence[CheckRow],
    parts: Sequence[float] = (),
) -> list[Said]:
    """What the checks say of one figure, given those of the periods before it and, for a whole, its parts."""
    target = answer.target
    own, whole, due = _bounds(answer, period.ends_on)
    figure = CoreFigure(
        target.metric,
        period.key,
        value,
        target.unit_text,
        tuple(earlier),
        amounts=target.reported == Target.Reported.PERIOD,
        share=own if answer.part == "share" else None,
        whole=whole,
        due=due,
        parts=tuple(parts),
    )
    found = check_figure(figure, check_rows(target, declared))
    return [Said(target.pk, one.code, one.message(language()), one.severity == "error") for one in found]


def _bounds(answer: Answer, on: datetime.date) -> tuple[float | None, float | None, float | None]:
    """What the unit and all units together are to do, where that is a sum to rise to, and what is due on a day."""
    course = course_of(answer)
    if isinstance(course, Unknown):
        return None, None, None
    due = expected(course, on)
    shown = None if isinstance(due, Unknown) else due.value
    target = answer.target
    if target.kind != Target.Kind.CUMULATIVE or target.direction not in _RISING:
        return None, None, shown
    whole = final_value(target)
    return course.upper or course.target, None if isinstance(whole, Unknown) else whole, shown


def parts_of(reports: Sequence[Report], answers: Sequence[Answer]) -> dict[tuple[int, int], list[float]]:
    """What the units with shares handed in of targets whose whole somebody reports, by target and period; no query
    where there is none. Only where every one of them has."""
    shared = {answer.target.pk: answer.sharers for answer in answers if answer.sharers and answer.part == "whole"}
    if not shared:
        return {}
    rows = Figure.objects.filter(
        target__in=shared, report__period__in={report.period_id for report in reports}, report__state__in=HANDED_IN
    )
    found: dict[tuple[int, int], dict[int, float]] = defaultdict(dict)
    for target, period, unit, value in rows.values_list("target_id", "report__period_id", "report__unit_id", "value"):
        if value is not None and unit in shared[target]:
            found[target, period][unit] = float(value)
    return {key: list(by.values()) for key, by in found.items() if len(by) == len(shared[key[0]])}


_handed_in: Prepared[tuple[int, Decimal]] = Prepared(
    lambda task, unit, rule, before: (
        Figure.objects.filter(
            report__task=task,
            report__unit=unit,
            report__period__rule=rule,
            report__period__ends_on__lt=before,
            report__state__in=HANDED_IN,
            value__isnull=False,
        )
        .order_by("report__period__ends_on")
        .values_list("target_id", "value")
    ),
    task=int,
    unit=int,
    rule=int,
    before=datetime.date,
)


def _earlier(report: Report) -> dict[int, list[float]]:
    """Figures handed in by the same unit for earlier periods of the same rule, oldest first, by target."""
    period = report.period
    rows = _handed_in(task=report.task_id, unit=report.unit_id, rule=period.rule_id, before=period.ends_on)
    found: dict[int, list[float]] = {}
    for pk, value in rows:
        found.setdefault(pk, []).append(float(value))
    return found
