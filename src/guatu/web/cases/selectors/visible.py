"""Which cases there are for whom. Every list, page, count, export and answer begins here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.cases.models import Case
from guatu.web.cases.posts import places_of


def visible(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor may know of.

    A confidential case is there only for who opened it, for who handles it in its unit, and for the desk; a county's
    leaders and auditors see all others.
    """
    if actor.user is None or not actor.may("case.view"):
        return Case.objects.none()
    own = Q(opened_by=actor.user)
    units = actor.units_for("case.view")
    if units is None:
        seen = Q(confidential=False)
    else:
        seen = Q(confidential=False) & (Q(unit_id__in=units) | Q(place_id__in=places_of(actor)))
    if actor.may("case.edit"):
        secret = Q(confidential=True)
    elif (handled := actor.units_for("case.handle")) is not None:
        secret = Q(confidential=True, unit_id__in=handled)
    else:
        secret = Q(pk__in=())
    return Case.objects.filter(own | seen | secret)
