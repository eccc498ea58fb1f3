"""Which posts of a flow a user holds for a case. A flow names posts; the county says which of its roles hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from guatu.web.base.actors import Actor, Grant
from guatu.web.base.dated import on_day
from guatu.web.base.settings_table import setting
from guatu.web.cases.models import Case
from guatu.web.directory.models import UnitVersion

_UNITS = ("lead", "responsible", "town", "village")
DESK = ("desk",)
# A post that is not named here is held by the desk: no step is without an owner.
POSTS: Mapping[str, tuple[str, ...]] = {
    "collector": ("collector",),
    "surveyor": ("collector", "desk"),
    "inspector": ("collector", "town", "village"),
    "handler": _UNITS,
    "unit": _UNITS,
    "enforcement_team": _UNITS,
    "team": _UNITS,
    "station": _UNITS,
    "resident": _UNITS,
    "town_officer": ("town",),
    "town_mediator": ("town",),
    "village_mediator": ("village",),
    "village_clerk": ("village",),
    "village_committee": ("village",),
    "branch": ("village",),
    "members_meeting": ("village",),
    "villagers_meeting": ("village",),
    "supervision_committee": ("village",),
    "county_leader": ("leader", "desk"),
}
# Roles that act in the whole county even where they were granted for a unit.
COUNTY_ROLES = {"desk"}


def holders() -> Mapping[str, Any]:
    """Roles of the county by post; the setting `cases.posts` goes over the usual ones."""
    return {**POSTS, **setting("cases.posts")}


def roles_of(post: str, held: Mapping[str, Any]) -> set[str]:
    """The roles of the county that hold a post."""
    return set(held.get(post, DESK))


def posts_of(actor: Actor, case: Case, wanted: set[str]) -> list[str]:
    """Those of the posts `wanted` that the actor holds for the case, in order of name."""
    if actor.user is None and not actor.grants:
        return []
    held = holders()
    roles = {
        grant.role
        for grant in actor.grants
        if grant.units is None
        or grant.role in COUNTY_ROLES
        or case.unit_id in grant.units
        or _in_area(actor, case, grant)
    }
    return sorted(post for post in wanted if roles & roles_of(post, held))


def cases_of(actor: Actor, grant: Grant) -> Q:
    """The cases in which a role acts that was granted, as `posts_of` says it of one case. A test holds the two
    together."""
    if grant.units is None or grant.role in COUNTY_ROLES:
        return Q()
    inside = Q(unit_id__in=grant.units)
    return inside | Q(place_id__in=places_of(actor)) if grant.role == "collector" else inside


def _in_area(actor: Actor, case: Case, grant: Grant) -> bool:
    """A collector checks what lies in the area of the unit, whoever handles it."""
    return grant.role == "collector" and case.place_id is not None and case.place_id in places_of(actor)


def places_of(actor: Actor) -> set[int]:
    """Places of the units that the actor acts for."""
    if not actor.own_units:
        return set()
    rows = UnitVersion.objects.filter(on_day(actor.today), unit_id__in=actor.own_units, place__isnull=False)
    return set(rows.values_list("place_id", flat=True))
