"""Lists of places as of a day, one place with its history, and their outline on a small map."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.adapters.geodata.outline import Outline, outline
from guatu.core.fields.normal import compared
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.base.shown import first
from guatu.web.directory.models import Place, PlaceVersion, UnitVersion
from guatu.web.directory.selectors.place_tree import PlaceNode, PlaceTree, place_tree
from guatu.web.directory.selectors.rights import check_view
from guatu.web.kit.table import Choose, Column, Day, Empty, Pick, Search, Table, Wanted, day, number, text

MOST_DRAWN = 400


@dataclass(frozen=True)
class PlaceRow:
    node: PlaceNode
    path: str
    children: int
    below: int
    units: int


@dataclass(frozen=True)
class Around:
    """What stands beside a list: how many places there are in all and of each level, what is above, and a map."""

    total: int
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


def around(rows: list[PlaceRow], wanted: Wanted) -> Around:
    tree, under = place_tree(wanted["on"]), wanted.get("under")
    sizes = Counter(node.level for node in tree.nodes.values())
    return Around(
        total=len(tree.nodes),
        by_level=[(value, str(label), sizes[value]) for value, label in PlaceVersion.Level.choices if sizes[value]],
        above=tree.path(under) if under is not None else [],
        under=tree.nodes.get(under or 0),
        map=_map([row.node for row in rows], wanted["on"]),
    )


def _found(actor: Actor, wanted: Wanted) -> list[PlaceNode]:
    """Places under one (the roots for None) or, with a text or level, all that are found. Raises `Denied`."""
    check_view(actor)
    tree, sought, level = place_tree(wanted["on"]), wanted.get("q", ""), wanted.get("level", "")
    return found_places(tree, sought, level) if sought or level else tree.children.get(wanted.get("under"), [])


def found_places(tree: PlaceTree, sought: str, level: str) -> list[PlaceNode]:
    wanted = compared(sought).lower()
    return [
        node
        for _depth, node in tree.walk()
        if (not level or node.level == level)
        and (not wanted or wanted in compared(node.name).lower() or wanted in node.code)
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


def _rows(nodes: Sequence[PlaceNode], actor: Actor, wanted: Wanted) -> list[PlaceRow]:
    on = wanted["on"]
    tree = place_tree(on)
    below = tree.below()
    ids = [node.id for node in nodes]
    units = Counter(UnitVersion.objects.filter(on_day(on), place_id__in=ids).values_list("place_id", flat=True))
    # Under one place all paths are the same.
    searched = "under" not in wanted
    return [
        PlaceRow(
            node,
            " / ".join(above.name for above in tree.path(node.id)) if searched else "",
            len(tree.children.get(node.id, ())),
            below[node.id],
            units[node.id],
        )
        for node in nodes
    ]


def _map(nodes: list[PlaceNode], on: datetime.date) -> Outline | None:
    """The outline of places that have a boundary; None where none has."""
    ids = first([node.id for node in nodes if node.has_boundary], MOST_DRAWN)
    if not ids:
        return None
    rows = PlaceVersion.objects.filter(on_day(on), place_id__in=ids.rows).values_list("place_id", "name", "boundary")
    drawn = outline([(id_, name, boundary) for id_, name, boundary in rows if boundary])
    return replace(drawn, undrawn=ids.total - len(ids)) if drawn else None


def _name(row: PlaceRow) -> SafeString:
    link = format_html('<a href="{}">{}</a>', reverse("place", args=[row.node.id]), row.node.name)
    return format_html('{}<div class="small text-secondary">{}</div>', link, row.path) if row.path else link


PLACES = Table[Any, PlaceRow](
    title=_("区域"),
    rows=_found,
    lines=_rows,
    size=200,
    filters=(
        Search("q", _("名称或代码"), wide=True),
        Choose("level", _("级别"), choices=PlaceVersion.Level.choices),
        Day("on", _("看哪一天")),
        Pick("under", hidden=True),
    ),
    columns=(
        text("name", _("名称"), lambda row: row.node.name, shown=_name, head=True),
        text("code", _("代码"), lambda row: row.node.code, css="text-nowrap"),
        text("level", _("级别"), lambda row: dict(PlaceVersion.Level.choices)[row.node.level]),
        number("below", _("下级(个)"), lambda row: row.below, template="directory/_below.html"),
        number("units", _("单位(个)"), lambda row: row.units),
    ),
    empty=Empty(_("没有区域。请新设,或用表格导入。")),
)
VERSIONS: tuple[Column[PlaceVersion], ...] = (
    day("from", _("起"), lambda one: one.valid_from),
    day("to", _("止"), lambda one: one.valid_to),
    text("name", _("名称"), lambda one: one.name),
    text("level", _("级别"), lambda one: one.get_level_display()),
    text("boundary", _("边界"), lambda one: _("有") if one.boundary else _("无")),
)
"""What a place was from day to day."""
