"""Published evaluations: who may see which, and their figures as they were."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import QuerySet

from guatu.web.base.actors import Actor
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import Span
from guatu.web.evaluation.selectors.figures import Asked, Figures

OF_PEOPLE = (EvaluationResult.Kind.POST, EvaluationResult.Kind.COLLECTOR)


def results(actor: Actor) -> QuerySet[EvaluationResult]:
    """Published results, the latest first. Those of single people are only for who evaluates."""
    if not actor.may("case.view"):
        return EvaluationResult.objects.none()
    rows = EvaluationResult.objects.select_related("published_by")
    if not actor.may("case.evaluate"):
        rows = rows.exclude(kind__in=OF_PEOPLE)
    return rows.order_by("-ends_on", "kind", "level", "-number")


def of_period(asked: Asked, span: Span) -> QuerySet[EvaluationResult]:
    """What was published of the same for a period, the last one first."""
    return EvaluationResult.objects.filter(
        pack=asked.pack, kind=asked.kind, level=level_of(asked), starts_on=span.starts_on, ends_on=span.ends_on
    ).order_by("-number")


def level_of(asked: Asked) -> str:
    return asked.level if asked.kind == "area" else ""


def stored(figures: Figures) -> Any:
    """Figures as plain values that JSON holds."""
    return msgspec.to_builtins(figures)


def read(result: EvaluationResult) -> Figures:
    return msgspec.convert(result.figures, Figures)
