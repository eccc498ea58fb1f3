"""The hierarchy of places as it stood on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from guatu.web.base.dated import on_day
from guatu.web.directory.models import PlaceVersion
from guatu.web.directory.selectors.tree import Tree


@dataclass(frozen=True)
class PlaceNode:
    id: int
    code: str
    name: str
    level: str
    parent_id: int | None
    has_boundary: bool


class PlaceTree(Tree[PlaceNode]):
    """The places valid on a day, in the order of their codes."""

    def __init__(self, nodes: Iterable[PlaceNode]) -> None:
        super().__init__(nodes, lambda node: (node.code, node.id))


def place_tree(on: datetime.date) -> PlaceTree:
    """The places valid on a day, without their boundaries; one query."""
    rows = PlaceVersion.objects.filter(on_day(on)).values_list(
        "place_id", "place__code", "name", "level", "parent_id", "boundary__type"
    )
    return PlaceTree(PlaceNode(*row[:5], has_boundary=row[5] is not None) for row in rows)
