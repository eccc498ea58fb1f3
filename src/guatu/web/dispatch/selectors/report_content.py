"""What stands in a report, as plain values for the audit line, the history and the API."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from operator import itemgetter
from typing import Any

from guatu.web.base.prepared import Prepared
from guatu.web.dispatch.models import Evidence, Figure, Report

_figures: Prepared[tuple[int, Decimal | None, str]] = Prepared(
    lambda report: Figure.objects.filter(report=report).values_list("target_id", "value", "note"), report=int
)
_files: Prepared[tuple[str, str]] = Prepared(
    lambda report: Evidence.objects.filter(report=report).order_by("id").values_list("file__name", "file__sha256"),
    report=int,
)


def content(report: Report) -> dict[str, Any]:
    """Everything that a unit said; two queries."""
    return content_with(report, figures_of(report), [list(row) for row in _files(report=report.pk)])


def figures_of(report: Report) -> list[tuple[int, Decimal | None, str]]:
    """Target, value and note of each figure that stands in the report."""
    return _figures(report=report.pk)


def content_with(
    report: Report, figures: Iterable[tuple[int, Decimal | None, str]], files: list[Any]
) -> dict[str, Any]:
    """The same of figures (target, value, note) and files (name, hash) that are at hand."""
    figures = sorted(figures, key=itemgetter(0))
    return {
        "state": report.state,
        "progress": report.progress,
        "problems": report.problems,
        "next_step": report.next_step,
        "done": report.done,
        "figures": {str(pk): None if value is None else f"{value.normalize():f}" for pk, value, _ in figures},
        "notes": {str(pk): note for pk, _, note in figures if note},
        "files": files,
    }
