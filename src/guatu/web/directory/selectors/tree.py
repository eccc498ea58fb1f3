"""The hierarchy of units as it stood on a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from guatu.web.directory.models import UnitVersion


@dataclass(frozen=True)
class UnitNode:
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


class UnitTree:
    """All units valid on a day. A county has a few thousand: they are read at once and walked in memory."""

    def __init__(self, nodes: Iterable[UnitNode]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.children: dict[int | None, list[UnitNode]] = defaultdict(list)
        for node in sorted(self.nodes.values(), key=lambda n: (n.order, n.id)):
            self.children[node.parent_id if node.parent_id in self.nodes else None].append(node)

    def subtree(self, unit_id: int) -> frozenset[int]:
        """The unit and all below it; a unit that is not valid on the day stands alone."""
        found: set[int] = set()
        stack = [unit_id]
        while stack:
            at = stack.pop()
            if at not in found:
                found.add(at)
                stack.extend(child.id for child in self.children.get(at, ()))
        return frozenset(found)

    def name(self, unit_id: int | None) -> str:
        node = self.nodes.get(unit_id) if unit_id is not None else None
        return node.name if node else ""

    def label(self, unit_id: int | None) -> str:
        node = self.nodes.get(unit_id) if unit_id is not None else None
        return node.label if node else ""

    def of_category(self, category: str) -> list[UnitNode]:
        return sorted((n for n in self.nodes.values() if n.category == category), key=lambda n: (n.order, n.id))


def unit_tree(on: datetime.date) -> UnitTree:
    """The units valid on a day; one query."""
    versions = UnitVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on
    ).select_related("unit")
    return UnitTree(
        UnitNode(v.unit_id, v.unit.code, v.name, v.short_name, v.line, v.category, v.parent_id, v.place_id, v.order)
        for v in versions
    )
