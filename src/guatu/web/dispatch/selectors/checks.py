"""What is to be said of figures before they are handed in, and to their reviewer after."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guatu.core.dispatch.checks.figure import CheckRow
from guatu.core.dispatch.checks.figure import Figure as CoreFigure
from guatu.core.dispatch.checks.registry import check_figure
from guatu.web.base.language import language
from guatu.web.base.prepared import Prepared
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Figure, Report
from guatu.web.dispatch.selectors.answering import Answer
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.courses import RATES
from guatu.web.ledger.models import Target

# A level that moves by half of itself within a period is rather a slipped decimal point than work.
_JUMP = 0.5
_EQUAL_PERIODS = 2.0
_ODD = 3.5


@dataclass(frozen=True)
class Said:
    """A finding at a target's figure, in the reader's language. One that blocks keeps the report from being sent."""

    target_id: int
    code: str
    message: str
    blocks: bool


def check_rows(target: Target, declared: Sequence[CheckRow] = ()) -> list[CheckRow]:
    """The checks of a target's figures; `declared` are the county's own (setting `dispatch.checks`).

    Of a sum nothing is below 0, and what is reported as a total does not fall: a fall warns only, for it is also how a
    figure that was too high last month is put right.
    """
    rows = [CheckRow("same_as_last", _EQUAL_PERIODS), CheckRow("outlier", _ODD)]
    if target.kind == Target.Kind.CUMULATIVE:
        rows.append(CheckRow("minimum", 0.0))
        if target.reported == Target.Reported.TOTAL:
            rows.append(CheckRow("never_falls", 0.0, "warning"))
    else:
        rows.append(CheckRow("jump", _JUMP))
        if target.unit_text in RATES:
            rows += [CheckRow("minimum", 0.0, "warning"), CheckRow("maximum", 100.0, "warning")]
    return [*rows, *declared]


def declared_checks() -> list[CheckRow]:
    """The county's own checks (setting `dispatch.checks`)."""
    return list(setting("dispatch.checks"))


def findings(report: Report, answers: list[Answer], values: Mapping[int, Decimal | None]) -> list[Said]:
    """What the checks say of figures by target id, those that block first. `report.period` is to be there."""
    given = {a.target: values[a.target.pk] for a in answers if values.get(a.target.pk) is not None}
    if not given:
        return []
    earlier, declared = _earlier(report), declared_checks()
    found = [
        said
        for target, value in given.items()
        for said in figure_findings(target, report.period.key, float(value or 0), earlier.get(target.pk, ()), declared)
    ]
    return sorted(found, key=lambda one: not one.blocks)


def figure_findings(
    target: Target, key: str, value: float, earlier: Sequence[float], declared: Sequence[CheckRow]
) -> list[Said]:
    """What the checks say of one figure, given those of the periods before it."""
    amounts = target.reported == Target.Reported.PERIOD
    figure = CoreFigure(target.metric, key, value, target.unit_text, tuple(earlier), amounts)
    found = check_figure(figure, check_rows(target, declared))
    return [Said(target.pk, one.code, one.message(language()), one.severity == "error") for one in found]


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
