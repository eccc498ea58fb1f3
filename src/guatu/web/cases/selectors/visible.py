"""Which cases there are for whom. Every list, page, count, export and answer begins here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from guatu.web.base.actors import Actor
from guatu.web.cases.models import Case
from guatu.web.cases.posts import places_of


@dataclass(frozen=True)
class Sight:
    """What an actor may know of, as a filter over the rows and as an answer for one row. A test holds the two together.

    A confidential case is there only for who opened it, for who handles it in its unit, and for the desk; a county's
    leaders and auditors see all others.
    """

    actor: Actor

    def rows(self) -> QuerySet[Case]:
        actor = self.actor
        if not self._any:
            return Case.objects.none()
        seen = Q(confidential=False)
        if self._units is not None:
            seen &= Q(unit_id__in=self._units) | Q(place_id__in=self._places)
        secret = Q(confidential=True)
        if not self._desk:
            secret &= Q(unit_id__in=self._handled) if self._handled is not None else Q(pk__in=())
        return Case.objects.filter(Q(opened_by=actor.user) | seen | secret)

    def sees(self, row: Case) -> bool:
        if not self._any:
            return False
        if row.opened_by_id is not None and self.actor.user is not None and row.opened_by_id == self.actor.user.pk:
            return True
        if row.confidential:
            return self._desk or (self._handled is not None and row.unit_id in self._handled)
        return self._units is None or row.unit_id in self._units or row.place_id in self._places

    @property
    def _any(self) -> bool:
        return self.actor.user is not None and self.actor.may("case.view")

    @property
    def _desk(self) -> bool:
        return self.actor.may("case.edit")

    @cached_property
    def _units(self) -> frozenset[int] | None:
        return self.actor.units_for("case.view")

    @cached_property
    def _handled(self) -> frozenset[int] | None:
        return self.actor.units_for("case.handle")

    @cached_property
    def _places(self) -> set[int]:
        return places_of(self.actor)


def visible(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor may know of."""
    return Sight(actor).rows()
