"""Lists of places as of a day, one place with its history, and their outline on a small map."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass

from django.http import Http404

from guatu.core.link.unit_names import plain
from guatu.web.base.actors import Actor
from guatu.web.directory.models import Place, PlaceVersion, UnitVersion
from guatu.web.directory.selectors.outline import Outline, outline
from guatu.web.directory.selectors.place_tree import PlaceNode, PlaceTree, place_tree
from guatu.web.directory.selectors.rights import check_view
from guatu.web.directory.selectors.tree import on_day

PER_PAGE = 200
MOST_DRAWN = 400


@dataclass(frozen=True)
class PlaceRow:
    node: PlaceNode
    path: str
    children: int
    below: int
    units: int


@dataclass(frozen=True)
class PlaceListing:
    rows: list[PlaceRow]
    total: int
    found: int
    by_level: list[tuple[str, str, int]]
    above: list[PlaceNode]
    under: PlaceNode | None
    map: Outline | None


@dataclass(frozen=True)
class PlacePage:
    place: Place
    node: PlaceNode | None
    last: PlaceVersion
    path: list[PlaceNode]
    children: list[PlaceNode]
    versions: list[PlaceVersion]
    units: list[UnitVersion]
    map: Outline | None


def list_places(
    actor: Actor, on: datetime.date, text: str = "", level: str = "", under: int | None = None, page: int = 1
) -> PlaceListing:
    """Places under one (the roots for None) or, with a text or level, all that are found. Raises `Denied`."""
    check_view(actor)
    tree = place_tree(on)
    hits = found_places(tree, text, level) if text or level else tree.children.get(under, [])
    part = hits[(page - 1) * PER_PAGE : page * PER_PAGE]
    sizes = Counter(node.level for node in tree.nodes.values())
    return PlaceListing(
        rows=_rows(tree, part, on),
        total=len(tree.nodes),
        found=len(hits),
        by_level=[(value, str(label), sizes[value]) for value, label in PlaceVersion.Level.choices if sizes[value]],
        above=tree.path(under) if under is not None else [],
        under=tree.nodes.get(under) if under is not None else None,
        map=_map(part, on),
    )


def found_places(tree: PlaceTree, text: str, level: str) -> list[PlaceNode]:
    wanted = plain(text).lower()
    return [
        node
        for _depth, node in tree.walk()
        if (not level or node.level == level)
        and (not wanted or wanted in plain(node.name).lower() or wanted in node.code)
    ]


def place_page(actor: Actor, place_id: int, on: datetime.date) -> PlacePage:
    """Raises Http404 for a place that is not there, `Denied` without the right to see places."""
    check_view(actor)
    place = Place.objects.filter(pk=place_id).first()
    versions = list(PlaceVersion.objects.filter(place_id=place_id).select_related("parent").order_by("-valid_from"))
    if place is None or not versions:
        raise Http404
    tree = place_tree(on)
    node = tree.nodes.get(place_id)
    children = tree.children.get(place_id, [])
    return PlacePage(
        place=place,
        node=node,
        last=versions[0],
        path=tree.path(place_id) if node else [],
        children=children,
        versions=versions,
        units=list(UnitVersion.objects.filter(on_day(on), place_id=place_id).order_by("order", "unit_id")),
        map=_map(children, on) or _map([node] if node else [], on),
    )


def _rows(tree: PlaceTree, nodes: list[PlaceNode], on: datetime.date) -> list[PlaceRow]:
    below = tree.below()
    ids = [node.id for node in nodes]
    units = Counter(UnitVersion.objects.filter(on_day(on), place_id__in=ids).values_list("place_id", flat=True))
    return [
        PlaceRow(
            node,
            " / ".join(above.name for above in tree.path(node.id)),
            len(tree.children.get(node.id, ())),
            below[node.id],
            units[node.id],
        )
        for node in nodes
    ]


def _map(nodes: list[PlaceNode], on: datetime.date) -> Outline | None:
    """The outline of places that have a boundary; None where none has."""
    ids = [node.id for node in nodes if node.has_boundary][:MOST_DRAWN]
    if not ids:
        return None
    rows = PlaceVersion.objects.filter(on_day(on), place_id__in=ids).values_list("place_id", "name", "boundary")
    return outline([(id_, name, boundary) for id_, name, boundary in rows])
