"""Which cases there are for whom. Every list, page, count, export and answer begins here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.cases.areas import places_of
from guatu.web.cases.models import Case
from guatu.web.cases.selectors.confidential import confidential_for


@dataclass(frozen=True)
class Sight:
    """What an actor may know of, as a filter over the rows and as an answer for one row. A test holds the two together.

    A county's leaders and auditors, and its desk, see all cases but the confidential ones; others those of their units
    and areas. Confidential cases are there for who opened them and for those of `confidential_for`.
    """

    actor: Actor

    def rows(self) -> QuerySet[Case]:
        if not self._any:
            return Case.objects.none()
        seen = Q(confidential=False)
        if self._units is not None:
            seen &= Q(unit_id__in=self._units) | Q(place_id__in=self._places)
        return Case.objects.filter(Q(opened_by=self.actor.user) | seen | self._secret)

    def sees(self, row: Case) -> bool:
        if not self._any:
            return False
        if row.opened_by_id is not None and self.actor.user is not None and row.opened_by_id == self.actor.user.pk:
            return True
        if row.confidential:
            return Case.objects.filter(self._secret, pk=row.pk).exists()
        return self._units is None or row.unit_id in self._units or row.place_id in self._places

    @property
    def _any(self) -> bool:
        return self.actor.user is not None and self.actor.may("case.view")

    @cached_property
    def _units(self) -> frozenset[int] | None:
        return self.actor.units_for("case.view")

    @cached_property
    def _places(self) -> frozenset[int]:
        return places_of(self.actor)

    @cached_property
    def _secret(self) -> Q:
        return confidential_for(self.actor)


def sight(actor: Actor) -> Sight:
    """The actor's; made once for the request that the actor belongs to."""
    found = actor.__dict__.get("_case_sight")
    if not isinstance(found, Sight):
        found = actor.__dict__["_case_sight"] = Sight(actor)
    return found


def visible(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor may know of."""
    return sight(actor).rows()
