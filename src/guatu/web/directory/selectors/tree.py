"""The hierarchy of units as it stood on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from guatu.web.base.dated import on_day
from guatu.web.base.prepared import Prepared
from guatu.web.directory.models import UnitVersion


class Node(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Node)


class UnitNode(msgspec.Struct, frozen=True):
    id: int
    code: str
    name: str
    short_name: str
    line: str
    category: str
    parent_id: int | None
    place_id: int | None
    order: int

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Tree(Generic[N]):
    """All units or places valid on a day. A county has a few thousand: they are read at once and walked in memory."""

    def __init__(self, nodes: Iterable[N], order: Callable[[N], Any]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.children: dict[int | None, list[N]] = defaultdict(list)
        for node in sorted(self.nodes.values(), key=order):
            self.children[node.parent_id if node.parent_id in self.nodes else None].append(node)

    def subtree(self, id_: int) -> frozenset[int]:
        """The node and all below it; one that is not valid on the day stands alone."""
        found: set[int] = set()
        stack = [id_]
        while stack:
            at = stack.pop()
            if at not in found:
                found.add(at)
                stack.extend(child.id for child in self.children.get(at, ()))
        return frozenset(found)

    def path(self, id_: int) -> list[N]:
        """From the root down to the node's superior."""
        found: list[N] = []
        node = self.nodes.get(id_)
        while node is not None and node.parent_id in self.nodes and len(found) < len(self.nodes):
            node = self.nodes[node.parent_id]
            found.append(node)
        return found[::-1]

    def walk(self, under: int | None = None, depth: int = 0) -> Iterator[tuple[int, N]]:
        """Depth and node, superiors before those below them, brothers in their order."""
        stack = [(depth, node) for node in reversed(self.children.get(under, ()))]
        while stack:
            level, node = stack.pop()
            yield level, node
            stack.extend((level + 1, child) for child in reversed(self.children.get(node.id, ())))

    def below(self) -> dict[int, int]:
        """For each node, how many there are below it on all levels."""
        found = dict.fromkeys(self.nodes, 0)
        for _depth, node in reversed(list(self.walk())):
            if node.parent_id in found:
                found[node.parent_id] += found[node.id] + 1
        return found

    def name(self, id_: int | None) -> str:
        node = self.nodes.get(id_) if id_ is not None else None
        return node.name if node else ""


class UnitTree(Tree[UnitNode]):
    """The units valid on a day."""

    def __init__(self, nodes: Iterable[UnitNode]) -> None:
        super().__init__(nodes, lambda node: (node.order, node.id))

    def label(self, unit_id: int | None) -> str:
        node = self.nodes.get(unit_id) if unit_id is not None else None
        return node.label if node else ""

    def of_category(self, category: str) -> list[UnitNode]:
        return sorted((n for n in self.nodes.values() if n.category == category), key=lambda n: (n.order, n.id))


_NODE = ("unit_id", "unit__code", "name", "short_name", "line", "category", "parent_id", "place_id", "order")
_units: Prepared[tuple[Any, ...]] = Prepared(
    lambda day: UnitVersion.objects.filter(on_day(day)).values_list(*_NODE), day=datetime.date
)


def unit_tree(on: datetime.date) -> UnitTree:
    """The units valid on a day; one query."""
    return UnitTree(UnitNode(*row) for row in _units(day=on))


def last_nodes(units: Iterable[int], on: datetime.date) -> dict[int, UnitNode]:
    """Units by the last version that they had by a day, also those that are gone."""
    rows = UnitVersion.objects.filter(unit__in=list(units), valid_from__lte=on).order_by("valid_from")
    return {row[0]: UnitNode(*row) for row in rows.values_list(*_NODE)}


def labels_ever(on: datetime.date) -> dict[int, str]:
    """What each unit is called: those of the day in their order, then by their last name those that have ended."""
    found = {node.id: node.label for _depth, node in unit_tree(on).walk()}
    ended = UnitVersion.objects.filter(valid_from__lte=on).order_by("-valid_from")
    for unit, short_name, name in ended.values_list("unit_id", "short_name", "name"):
        found.setdefault(unit, short_name or name)
    return found


_name: Prepared[tuple[str]] = Prepared(
    lambda unit, day: UnitVersion.objects.filter(on_day(day), unit_id=unit).values_list("name")[:1],
    unit=int,
    day=datetime.date,
)


def unit_name(unit_id: int, on: datetime.date) -> str:
    """The name of one unit on a day, without the tree; "" for one that is not valid then."""
    found = _name.first(unit=unit_id, day=on)
    return found[0] if found else ""
