"""A unit or place by what people write: the core's fields over the trees and names of a day.

They are read once, and then asked for as many texts as a form or a sheet has.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from guatu.core.fields import reference
from guatu.core.fields.normal import compared
from guatu.core.fields.place import Place
from guatu.core.fields.reference import Row, directory
from guatu.core.fields.unit import Unit
from guatu.web.base.parsing import taken
from guatu.web.base.shown import Shown, first
from guatu.web.directory import models
from guatu.web.directory.selectors.match import known, suggest
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.tree import unit_tree

SHOWN = 20
Named = Callable[[str], int | None]
"""The number of a unit or place; raises `Invalid` for a text that names none, or more than one."""


def unit_kind(on: datetime.date, *, ended: bool = False) -> Unit[int]:
    """Units that stand on the day; where `ended`, also others by their code, so that what was exported with one of
    them comes in again."""
    tree = unit_tree(on)
    rows = {node.id: Row(node.id, node.code, node.name) for node in tree.nodes.values()}
    if ended:
        rows = _with_ended(rows, models.Unit)
    named = directory(
        rows.values(),
        lambda text: known(text, tree),
        lambda text: [one.unit_id for one in suggest(text, tree, 3)],
    )
    return Unit(directory=named)


def place_kind(on: datetime.date, *, ended: bool = False) -> Place[int]:
    """The same of places."""
    rows = {node.id: Row(node.id, node.code, node.name) for node in place_tree(on).nodes.values()}
    if ended:
        rows = _with_ended(rows, models.Place)
    return Place(directory=directory(rows.values()))


def unit_named(on: datetime.date, *, ended: bool = False) -> Named:
    kind = unit_kind(on, ended=ended)
    return lambda text: taken(kind.read(text))


def place_named(on: datetime.date) -> Named:
    kind = place_kind(on)
    return lambda text: taken(kind.read(text))


def _with_ended(rows: dict[int, Row[int]], model: type[models.Unit] | type[models.Place]) -> dict[int, Row[int]]:
    others = model._default_manager.values_list("pk", "code")
    return {pk: Row(pk, code) for pk, code in others if pk not in rows} | rows


def written(node: Any) -> str:
    """A unit or place as it is shown and read again: 柳林镇人民政府 (t1)."""
    return reference.written(node.name, node.code) if node is not None else ""


def options(text: str, nodes: Iterable[Any]) -> Shown[str]:
    """Units or places whose name or code holds the text, those that begin with it first."""
    wanted = compared(text).lower()
    hits = [n for n in nodes if wanted in compared(n.name).lower() or wanted in n.code.lower()]
    hits.sort(key=lambda n: (not compared(n.name).lower().startswith(wanted), len(n.name), n.code))
    return first([written(node) for node in hits], SHOWN)
