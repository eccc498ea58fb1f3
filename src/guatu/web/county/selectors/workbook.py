"""What the county has, as the lines of its workbook: sent as it was downloaded, it changes nothing."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from guatu.core.fields.normal import compared
from guatu.web.base.settings_table import kept, setting
from guatu.web.county.selectors.opening import own_county
from guatu.web.directory.selectors.choices import PLACE_LEVELS
from guatu.web.directory.selectors.known_people import KnownPerson, aliases_of_units, known_people
from guatu.web.directory.selectors.match import known
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree

Row = Mapping[str, Any]


def present_rows(today: datetime.date, *, phones: bool = True) -> dict[str, Iterable[Row]]:
    """By the keys of the sheets; without `phones` their cells are empty."""
    places, units = place_tree(today), unit_tree(today)
    return {
        "county": list(_county(today)),
        "towns": list(_places(places, today)),
        "units": list(_units(units, places)),
        "people": [
            row
            for one in known_people(today)
            if one.active
            for row in _person(one if phones else replace(one, phone=""), units)
        ],
    }


def _county(today: datetime.date) -> Iterator[Row]:
    # Of a county without a name the sheet is empty, to be filled in.
    name, code = setting("county.name", today), setting("county.code", today)
    if name or code:
        yield {"county": name, "code": code, "issuer": kept("supervision.issuer", today)}


def _places(tree: PlaceTree, today: datetime.date) -> Iterator[Row]:
    own = own_county(today, setting("county.code", today) or "")
    names, levels = _names(tree), dict(PLACE_LEVELS)
    for node in sorted(tree.nodes.values(), key=lambda one: one.code):
        if node.level in levels:
            # A town hangs under its county, as all do: nothing is said of it.
            above = node.parent_id if own is None or node.parent_id != own.id else None
            yield {"name": node.name, "code": node.code, "level": node.level, "above": names.get(above or 0, "")}


def _units(tree: UnitTree, places: PlaceTree) -> Iterator[Row]:
    aliases, places_named = aliases_of_units(), _names(places)
    for _depth, node in tree.walk():
        yield {
            "name": node.name,
            "short_name": node.short_name,
            "aliases": ";".join(aliases.get(node.id, ())),
            "code": node.code,
            "category": node.category,
            "above": _unit_name(tree, node.parent_id),
            "place": places_named.get(node.place_id or 0, ""),
        }


def _person(person: KnownPerson, tree: UnitTree) -> Iterator[Row]:
    """A line for each role, with the post where the role is of the whole county; for each post without one."""
    base = {"name": person.name, "phone": person.phone, "account": person.username}
    posts = dict(person.posts)
    left = dict(posts)
    for role, unit in person.roles:
        # Who acts for the whole county sits somewhere all the same.
        at = unit if unit is not None else next(iter(posts), None)
        left.pop(at or 0, None)
        yield {**base, "role": role, "unit": _unit_name(tree, at), "title": posts.get(at or 0, "")}
    for unit, title in left.items() if person.roles else posts.items():
        yield {**base, "role": "", "unit": _unit_name(tree, unit), "title": title}
    if not person.roles and not posts:
        yield {**base, "role": "", "unit": "", "title": ""}


def _unit_name(tree: UnitTree, unit: int | None) -> str:
    """The name by which the unit is read again: its code where others are called so."""
    node = tree.nodes.get(unit or 0)
    if node is None:
        return ""
    return node.name if known(node.name, tree) == node.id else node.code


def _names(tree: PlaceTree) -> dict[int, str]:
    """The same of places."""
    times = Counter(compared(node.name) for node in tree.nodes.values())
    return {node.id: node.name if times[compared(node.name)] == 1 else node.code for node in tree.nodes.values()}
