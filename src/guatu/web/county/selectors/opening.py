"""Under what the entries of the first hour hang: the area of the county."""

from __future__ import annotations

import datetime

from guatu.web.directory.selectors.place_tree import PlaceNode, place_tree


def counties(today: datetime.date) -> list[PlaceNode]:
    """Areas of the county's level: one, but for a county that keeps its neighbours as well."""
    return [one for one in place_tree(today).nodes.values() if one.level == "county"]


def own_county(today: datetime.date, code: str) -> PlaceNode | None:
    """The area of the county itself: the one that bears its code, or the only one."""
    found = counties(today)
    named = [one for one in found if one.code == code]
    return named[0] if named else found[0] if len(found) == 1 else None
