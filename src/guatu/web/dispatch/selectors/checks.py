"""What is to be said of a figure before it is handed in, and to its reviewer after."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from guatu.core.dispatch.checks.figure import CheckRow
from guatu.core.dispatch.checks.figure import Figure as CoreFigure
from guatu.core.dispatch.checks.registry import check_figure
from guatu.core.kernel.row_finding import RowFinding
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.models import Figure, Report
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.ledger.models import Target


def check_rows(target: Target) -> list[CheckRow]:
    """The checks of a target's figures: a rate lies in 0 to 100, a sum never falls; the county may declare more."""
    rows = [CheckRow("minimum", 0.0)]
    if target.unit_text in ("%", "％"):
        rows.append(CheckRow("maximum", 100.0))
    if target.kind == Target.Kind.CUMULATIVE:
        rows.append(CheckRow("never_falls", 0.0))
    rows += [CheckRow("same_as_last", 2.0), CheckRow("outlier", 3.5)]
    declared = setting("dispatch.checks", [])
    return rows + [CheckRow(row["check"], float(row["limit"]), row.get("severity")) for row in declared]


def figure_findings(report: Report, values: Mapping[int, Decimal | None]) -> list[tuple[int, RowFinding]]:
    """Findings by target for figures that are about to be reported."""
    given = {pk: value for pk, value in values.items() if value is not None}
    earlier: dict[int, list[float]] = {pk: [] for pk in given}
    rows = Figure.objects.filter(
        target__in=given,
        value__isnull=False,
        report__unit=report.unit_id,
        report__state__in=HANDED_IN,
        report__period__ends_on__lt=report.period.ends_on,
    ).order_by("report__period__ends_on")
    for pk, value in rows.values_list("target_id", "value"):
        earlier[pk].append(float(value))
    found = []
    for target in Target.objects.filter(pk__in=given):
        figure = CoreFigure(
            target.metric, report.period.key, float(given[target.pk]), target.unit_text, tuple(earlier[target.pk])
        )
        found += [(target.pk, finding) for finding in check_figure(figure, check_rows(target))]
    return found
