"""The duty list as the core judges it: names for codes, so that a reason can be read."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from guatu.core.cases.routing.duties import Assignment, DutyRow, assign
from guatu.core.kernel.explained import Explained
from guatu.web.base.settings_table import setting
from guatu.web.cases.routing import Matter, Routed
from guatu.web.directory.selectors.place_tree import PlaceTree, place_tree
from guatu.web.directory.selectors.tree import UnitTree, unit_tree
from guatu.web.duties.models import Duty


@dataclass(frozen=True)
class DutyList:
    """All rows, with the trees of the day in whose names they are told."""

    on: datetime.date
    rows: tuple[Duty, ...]
    places: PlaceTree
    units: UnitTree

    def core_row(self, row: Duty) -> DutyRow:
        last = row.valid_to - datetime.timedelta(days=1) if row.valid_to else datetime.date.max
        return DutyRow(
            key=str(row.pk),
            unit=self.units.name(row.unit_id) or f"#{row.unit_id}",
            case_class=row.class_code,
            place=self.place(row.place_id),
            valid_from=row.valid_from,
            valid_to=last,
            source=row.source,
        )

    def place(self, place_id: int | None) -> str:
        """A place in words that no other place has."""
        if place_id is None:
            return ""
        node = self.places.nodes.get(place_id)
        return f"{node.name}({node.code})" if node else f"#{place_id}"

    def for_pack(self, pack: str) -> list[Duty]:
        return [row for row in self.rows if row.pack in ("", pack)]

    def assign(self, matter: Matter) -> Assignment:
        return assign(
            [self.core_row(row) for row in self.for_pack(matter.pack)],
            class_path(matter.class_code),
            self.place_path(matter.place_id),
            matter.on,
            "place-first" if setting("cases.duty-precedence", "") == "place-first" else "class-first",
        )

    def place_path(self, place_id: int | None) -> tuple[str, ...]:
        """The place and all that it is part of, the most specific first."""
        if place_id is None:
            return ()
        return tuple(self.place(pk) for pk in (place_id, *(node.id for node in reversed(self.places.path(place_id)))))


def class_path(code: str) -> tuple[str, ...]:
    """A class and the shorter codes that it falls under: C0101, C010, C01, C0, C."""
    return tuple(code[:length] for length in range(len(code), 0, -1))


def duty_list(on: datetime.date, rows: Sequence[Duty] | None = None) -> DutyList:
    """The list of a day, ended and coming rows included, so that it can be said why one did not decide."""
    found = Duty.objects.order_by("class_code", "valid_from", "id") if rows is None else rows
    # One that ended on its first day has never held.
    held = tuple(row for row in found if row.valid_to is None or row.valid_to > row.valid_from)
    return DutyList(on, held, place_tree(on), unit_tree(on))


def route(matter: Matter) -> Routed:
    """The unit of a case by the list, with its row; or why there is none."""
    known = duty_list(matter.on)
    found = known.assign(matter)
    if not isinstance(found.unit, Explained):
        return Routed(None, found.unit)
    decided = next(one.row.key for one in found.judged if one.reason == "decided")
    return Routed(next(row.unit_id for row in known.rows if str(row.pk) == decided), found.unit)
