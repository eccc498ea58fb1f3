"""Lists of units as of a day: as a tree, or those that a filter finds."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.utils.functional import Promise

from guatu.core.fields.normal import compared
from guatu.web.base.actors import Actor
from guatu.web.base.dated import on_day
from guatu.web.directory.hooks import unit_counts
from guatu.web.directory.models import Post, UnitAlias, UnitVersion
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import visible_units
from guatu.web.directory.selectors.tree import UnitNode, UnitTree, unit_tree

OPENED = 150
"""So many rows of the tree are opened at first; deeper levels open one by one."""
PER_PAGE = 200
CATEGORIES = UnitVersion.Category.choices
"""What kinds of units there are, to choose from."""


@dataclass(frozen=True)
class UnitFilter:
    """What to find; empty values find all."""

    text: str = ""
    category: str = ""
    line: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.category or self.line)


@dataclass(frozen=True)
class UnitRow:
    """A line of the list. `depth` counts from 0; `path` is filled where the list is no tree."""

    node: UnitNode
    depth: int
    children: int
    below: int
    opened: bool
    people: int
    counts: tuple[int, ...]
    place: str
    path: str = ""

    @property
    def level(self) -> int:
        return self.depth + 1


@dataclass(frozen=True)
class UnitListing:
    rows: list[UnitRow]
    total: int
    found: int
    by_category: list[tuple[str, str, int]]
    count_labels: list[str | Promise]

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)


def list_units(actor: Actor, on: datetime.date, wanted: UnitFilter, page: int = 1) -> UnitListing:
    """The units of a day. Raises `Denied` without the right to see any. A fixed number of queries."""
    tree = _visible(actor, on)
    if wanted:
        names = _aliases() if wanted.text else {}
        hits = [node for _depth, node in tree.walk() if _fits(node, wanted, names)]
        part = Paginator(hits, PER_PAGE).get_page(page).object_list
        rows = _rows(tree, [(0, node) for node in part], on, paths=True)
        return _listing(tree, rows, len(hits))
    return _listing(tree, _rows(tree, _opened(tree), on), len(tree.nodes))


def branch(actor: Actor, on: datetime.date, unit_id: int, depth: int) -> list[UnitRow]:
    """What hangs directly under a unit, for opening it in the tree."""
    tree = _visible(actor, on)
    return _rows(tree, [(depth, node) for node in tree.children.get(unit_id, ())], on)


def all_rows(actor: Actor, on: datetime.date, wanted: UnitFilter) -> list[UnitNode]:
    """Every unit that the list stands for, for an export."""
    tree = _visible(actor, on)
    names = _aliases() if wanted.text else {}
    return [node for _depth, node in tree.walk() if not wanted or _fits(node, wanted, names)]


def _visible(actor: Actor, on: datetime.date) -> UnitTree:
    tree = unit_tree(on)
    allowed = visible_units(actor, tree.nodes)
    return tree if len(allowed) == len(tree.nodes) else UnitTree(n for n in tree.nodes.values() if n.id in allowed)


def _opened(tree: UnitTree) -> list[tuple[int, UnitNode]]:
    """The tree down to the level at which it would grow too long for one look, at least its roots."""
    walked = list(tree.walk())
    sizes = Counter(depth for depth, _node in walked)
    deepest, total = 0, sizes[0]
    while deepest + 1 in sizes and total + sizes[deepest + 1] <= OPENED:
        deepest += 1
        total += sizes[deepest]
    return [(depth, node) for depth, node in walked if depth <= deepest]


def _rows(
    tree: UnitTree, walked: list[tuple[int, UnitNode]], on: datetime.date, *, paths: bool = False
) -> list[UnitRow]:
    ids = [node.id for _depth, node in walked]
    below, people = tree.below(), _people(ids, on)
    counted = [count.count(ids) for count in unit_counts]
    places = place_tree(on) if any(node.place_id for _depth, node in walked) else None
    shown = {node.id for _depth, node in walked}
    return [
        UnitRow(
            node=node,
            depth=depth,
            children=len(tree.children.get(node.id, ())),
            below=below[node.id],
            opened=any(child.id in shown for child in tree.children.get(node.id, ())),
            people=people.get(node.id, 0),
            counts=tuple(found.get(node.id, 0) for found in counted),
            place=places.name(node.place_id) if places else "",
            path=" / ".join(above.label for above in tree.path(node.id)) if paths else "",
        )
        for depth, node in walked
    ]


def _listing(tree: UnitTree, rows: list[UnitRow], found: int) -> UnitListing:
    sizes = Counter(node.category for node in tree.nodes.values())
    categories = [(value, str(label), sizes[value]) for value, label in UnitVersion.Category.choices if sizes[value]]
    return UnitListing(rows, len(tree.nodes), found, categories, [count.label for count in unit_counts])


def _people(ids: Iterable[int], on: datetime.date) -> dict[int, int]:
    rows = Post.objects.filter(on_day(on)).values_list("unit_id").annotate(Count("person_id", distinct=True))
    wanted = set(ids)
    return {unit_id: count for unit_id, count in rows if unit_id in wanted}


def _aliases() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for unit_id, text in UnitAlias.objects.values_list("unit_id", "text"):
        found.setdefault(unit_id, []).append(text)
    return found


def _fits(node: UnitNode, wanted: UnitFilter, names: dict[int, list[str]]) -> bool:
    if wanted.category and node.category != wanted.category:
        return False
    if wanted.line and node.line != wanted.line:
        return False
    text = compared(wanted.text).lower()
    written = (node.name, node.short_name, node.code, *names.get(node.id, ()))
    return not text or any(text in compared(name).lower() for name in written)


def unit_choices(on: datetime.date) -> list[tuple[int, str]]:
    """Units of a day for a select box, indented by level."""
    return [(node.id, "\u3000" * depth + node.name) for depth, node in unit_tree(on).walk()]


def place_choices(on: datetime.date) -> list[tuple[int, str]]:
    """Places of a day for a select box, indented by level."""
    return [(node.id, "\u3000" * depth + node.name) for depth, node in place_tree(on).walk()]
