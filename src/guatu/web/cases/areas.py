"""Of which places which units are in charge, on a day: read once for a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q

from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.cases.models import Case
from guatu.web.directory.models import UnitVersion
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree

NO_CASES = Q(pk__in=())
# An empty Q is nothing to an `|`.
ALL_CASES = Q(pk__isnull=False)


@dataclass(frozen=True)
class Area:
    """Places with all below them, and the units that are in charge of one of them."""

    places: frozenset[int]
    units: frozenset[int]
    named: frozenset[int] = frozenset()
    """Those of the units that are in charge at the very level that was asked for."""

    def holds(self, place: int | None, unit: int | None) -> bool:
        """Whether a case is in it. A unit of the level that was named for a case goes before its place; one of which
        nobody knows the place is where its unit is."""
        return unit in self.named or (unit in self.units if place is None else place in self.places)


@dataclass(frozen=True)
class Reach:
    """Some of the cases, as a filter over the rows and as an answer for one row. A test holds the two together."""

    everywhere: bool = False
    units: frozenset[int] = frozenset()
    """Cases of these units."""
    places: frozenset[int] = frozenset()
    """Cases at these places, unless a unit of `others` was named for them."""
    others: frozenset[int] = frozenset()
    placed: frozenset[int] = frozenset()
    """Cases of these units of which nobody knows the place: they are where their unit is."""
    unowned: bool = False
    """Cases that have no unit."""
    outside: Area | None = None
    """Cases that are not in this area."""

    def rows(self) -> Q:
        if self.everywhere:
            return ALL_CASES
        found = NO_CASES
        if self.units:
            found |= Q(unit_id__in=list(self.units))
        if self.places:
            found |= Q(place_id__in=list(self.places)) & (Q(unit=None) | ~Q(unit_id__in=list(self.others)))
        if self.placed:
            found |= Q(place=None, unit_id__in=list(self.placed))
        if self.unowned:
            found |= Q(unit=None)
        if self.outside is not None:
            unnamed = Q(unit=None) | ~Q(unit_id__in=list(self.outside.named))
            found |= Q(place__isnull=False) & ~Q(place_id__in=list(self.outside.places)) & unnamed
            found |= Q(place=None) & (Q(unit=None) | ~Q(unit_id__in=list(self.outside.units)))
        return found

    def has(self, case: Case) -> bool:
        place, unit = case.place_id, case.unit_id
        return (
            self.everywhere
            or unit in self.units
            or (place in self.places and unit not in self.others)
            or (place is None and unit in self.placed)
            or (self.unowned and unit is None)
            or (self.outside is not None and not self.outside.holds(place, unit))
        )


@dataclass(frozen=True)
class Areas:
    """The places of units with all below them."""

    actor: Actor
    _known: dict[str | None, Area] = field(default_factory=dict)

    @cached_property
    def tree(self) -> PlaceTree:
        return place_tree(self.actor.today)

    @cached_property
    def _charges(self) -> dict[int, list[int]]:
        """Places by the units in charge of them."""
        found: dict[int, list[int]] = defaultdict(list)
        rows = UnitVersion.objects.filter(on_day(self.actor.today), place__isnull=False)
        for unit, place in rows.values_list("unit_id", "place_id"):
            found[unit].append(place)
        return found

    def of(self, units: Iterable[int], level: str | None = None) -> Area:
        """The area of which the units are in charge; with a level only of places of that level, and what is below."""
        return self._below((place for unit in units for place in self._charges.get(unit, ())), level)

    def of_all(self, level: str | None) -> Area:
        """The area that has a unit in charge."""
        if level not in self._known:
            self._known[level] = self._below((place for places in self._charges.values() for place in places), level)
        return self._known[level]

    def _below(self, places: Iterable[int], level: str | None) -> Area:
        nodes = self.tree.nodes
        found: set[int] = set()
        # A place that another one holds has been taken with it.
        for place in places:
            if place in nodes and level in (None, nodes[place].level) and place not in found:
                found |= self.tree.subtree(place)
        units = frozenset(unit for unit, where in self._charges.items() if not found.isdisjoint(where))
        named = (unit for unit in units if any(self._is(place, level) for place in self._charges[unit]))
        return Area(frozenset(found), units, frozenset(named) if level else frozenset())

    def _is(self, place: int, level: str | None) -> bool:
        return place in self.tree.nodes and self.tree.nodes[place].level == level


def areas(actor: Actor) -> Areas:
    """The actor's; made once for the request that the actor belongs to."""
    found = actor.__dict__.get("_areas")
    if not isinstance(found, Areas):
        found = actor.__dict__["_areas"] = Areas(actor)
    return found


def places_of(actor: Actor) -> frozenset[int]:
    """Places of the units that the actor acts for, with all below them."""
    return areas(actor).of(actor.own_units).places if actor.own_units else frozenset()
