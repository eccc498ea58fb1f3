"""The rows in which people are typed: one for each unit of which nobody can report yet, and a few blank ones."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from guatu.web.county.actions.add_people import PersonLine
from guatu.web.directory.selectors.grants import everybody
from guatu.web.directory.selectors.tree import UnitNode, unit_tree
from guatu.web.kit.values import id_or_none, text_of

# A page of more rows is slower to fill in than a sheet.
MOST, BLANK = 60, 3
ELSE = "responsible"
ROLE_OF = {"town": "town", "village": "village", "department": "lead", "county": "leader"}
"""What people of a unit of each category are at first; others answer for what their unit is given."""


@dataclass(frozen=True)
class PersonRow:
    """One row of the form; `unit` None lets it be chosen."""

    number: int
    name: str = ""
    unit: int | None = None
    unit_name: str = ""
    role: str = ""

    @property
    def fixed(self) -> bool:
        return bool(self.unit_name)


def person_rows(today: datetime.date) -> list[PersonRow]:
    """Of a county with many units the first; the next time the form is opened, the others."""
    units = list(enumerate(_without_people(today)[:MOST], start=1))
    found = [PersonRow(at, "", one.id, one.label, ROLE_OF.get(one.category, ELSE)) for at, one in units]
    return found + [PersonRow(len(found) + 1 + more, role=ELSE) for more in range(BLANK)]


def typed_rows(today: datetime.date, typed: Mapping[str, str]) -> list[PersonRow]:
    """The same rows as they were sent, whatever the directory has become since."""
    tree, found = unit_tree(today), []
    for number in range(1, MOST + BLANK + 1):
        # The rows of a form are numbered without gaps.
        if f"unit-{number}" not in typed:
            break
        unit = id_or_none(typed, f"unit-{number}")
        label = tree.label(unit) if f"given-{number}" in typed else ""
        name, role = text_of(typed, f"name-{number}"), text_of(typed, f"role-{number}")
        found.append(PersonRow(number, name, unit, label, role))
    return found


def _without_people(today: datetime.date) -> list[UnitNode]:
    """Units for which no account holds a role, in the order of the directory."""
    # One person for each unit is what a county needs to begin; more of them come by the blank rows or by a sheet.
    held = {grant.unit_id for grant in everybody(today).grants}
    return [one for _depth, one in unit_tree(today).walk() if one.id not in held]


def people_of(typed: Mapping[str, str]) -> tuple[PersonLine, ...]:
    """The rows that have a name; others were not filled in."""
    rows = ((number, text_of(typed, f"name-{number}").strip()) for number in range(1, MOST + BLANK + 1))
    return tuple(
        PersonLine(number, name, id_or_none(typed, f"unit-{number}"), text_of(typed, f"role-{number}"))
        for number, name in rows
        if name
    )
