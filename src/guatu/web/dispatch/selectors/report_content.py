"""What stands in a report, as plain values for the audit line, the history and the API."""

from __future__ import annotations

from typing import Any

from guatu.web.dispatch.models import Figure, Report


def content(report: Report) -> dict[str, Any]:
    """Everything that a unit said; two queries."""
    figures = Figure.objects.filter(report=report).order_by("target_id").values_list("target_id", "value", "note")
    files = report.evidence.select_related("file").order_by("id").values_list("file__name", "file__sha256")
    return {
        "state": report.state,
        "progress": report.progress,
        "problems": report.problems,
        "next_step": report.next_step,
        "done": report.done,
        "figures": {str(pk): None if value is None else f"{value.normalize():f}" for pk, value, _ in figures},
        "notes": {str(pk): note for pk, _, note in figures if note},
        "files": [[name, sha256] for name, sha256 in files],
    }
