"""Whose rows an actor may see. A hospital sees itself and no other, and only what is published."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.base.permissions import permissions
from guatu.web.drg.models import Hospital, RegionYear, Run

VIEW = "drg.view"


def sees_all(actor: Actor) -> bool:
    """Whether a role covers the whole region. That of a hospital never does, not even where it names no unit."""
    return any(permissions().get(grant.role, {}).get(VIEW) == "all" for grant in actor.grants)


def own_units(actor: Actor) -> frozenset[int]:
    own = (grant.units or () for grant in actor.grants if VIEW in permissions().get(grant.role, {}))
    return frozenset(unit for units in own for unit in units)


def visible_hospitals(actor: Actor) -> QuerySet[Hospital]:
    hospitals = Hospital.objects.all()
    return hospitals if sees_all(actor) else hospitals.filter(unit_id__in=own_units(actor))


def visible_years(actor: Actor) -> QuerySet[RegionYear]:
    years = RegionYear.objects.select_related("published").order_by("-year", "region")
    if sees_all(actor):
        return years
    return years.filter(published__results__hospital__in=visible_hospitals(actor)).distinct()


def visible_runs(actor: Actor) -> QuerySet[Run]:
    """Runs with results: all of them, or those that were published (each round names one) and tell of the actor."""
    runs = Run.objects.select_related("region_year", "parameters", "stays__file", "scheme__file", "reviews__file")
    if sees_all(actor):
        return runs
    told = Q(rounds__isnull=False) & Q(results__hospital__in=visible_hospitals(actor))
    return runs.filter(told, state=Run.State.DONE).distinct()
