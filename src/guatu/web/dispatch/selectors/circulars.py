"""Circulars and monthly reports, as far as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Circular, Period
from guatu.web.dispatch.selectors.circular_words import period_name
from guatu.web.ledger.models import Plan


@dataclass(frozen=True)
class CircularFilter:
    """What to show; empty values show all."""

    plan: int | None = None
    kind: str = ""
    state: str = ""


def visible_circulars(actor: Actor) -> QuerySet[Circular]:
    """All for who writes them; issued ones for who may see all orders. They name many units: other users see none."""
    if actor.may("circular.edit"):
        return Circular.objects.all()
    if actor.may("order.view") and actor.units_for("order.view") is None:
        return Circular.objects.filter(state=Circular.State.ISSUED)
    return Circular.objects.none()


def circulars(actor: Actor, wanted: CircularFilter) -> QuerySet[Circular]:
    """Newest first, without their bodies."""
    found = visible_circulars(actor).select_related("plan", "period", "made_by").defer("body", "texts")
    if wanted.plan is not None:
        found = found.filter(plan=wanted.plan)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    return found.order_by("-made_at", "-id")


def periods_to_tell(plan: int | None = None) -> list[tuple[int, str]]:
    """Periods with lights, newest first: what a circular may be made of."""
    periods = Period.objects.filter(lights__isnull=False, rule__plan__state=Plan.State.CONFIRMED).distinct()
    if plan is not None:
        periods = periods.filter(rule__plan=plan)
    rows = periods.select_related("rule__plan").order_by("-ends_on", "rule__plan__title", "id")[:60]
    return [(row.pk, f"{period_name(row.key)} · {row.rule.plan.title}") for row in rows]


def plans_with_circulars(actor: Actor) -> list[tuple[int, str]]:
    plans = Plan.objects.filter(pk__in=visible_circulars(actor).values("plan"))
    return list(plans.order_by("title").values_list("pk", "title"))
