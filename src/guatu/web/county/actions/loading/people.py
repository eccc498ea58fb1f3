"""People of a workbook, their accounts and their roles, handed to the import of people."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.normal import compared, line
from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.county.actions.add_people import free_name, usual_title
from guatu.web.county.actions.loading.common import Line, Lines, Loaded, closed, differences
from guatu.web.county.sheets import PEOPLE
from guatu.web.directory.selectors.choices import ROLES
from guatu.web.directory.selectors.known_people import KnownPerson, known_people
from guatu.web.directory.selectors.named import unit_named
from guatu.web.kit.sheets import Sheet, SheetRow

MOST_ACCOUNTS = 100
"""So many new ones at once: each password takes a third of a second."""
_KEYS = {
    "name": "name",
    "phone": "phone",
    "unit": "unit",
    "title": "title",
    "username": "account",
    "role": "role",
    "role_unit": "unit",
}
_SAME = ("name", "unit", "role", "phone", "account", "title")


def load_people(sheet: Sheet, context: Context, change: Change[Any]) -> Loaded:
    return _People(sheet, context.actor.today).run(context, change)


@dataclass(frozen=True)
class _Meant:
    """A line with whom it means: None for somebody new, whose account is to be called `username`, "" for none."""

    row: SheetRow
    unit: int | None
    person: KnownPerson | None
    username: str


class _People:
    def __init__(self, sheet: Sheet, today: datetime.date) -> None:
        self.lines, self.today = Lines(sheet, PEOPLE, "people", _KEYS), today
        self.people = known_people(today)
        self.by_account = {one.username.lower(): one for one in self.people if one.username}
        self.named = unit_named(today)
        self.taken = set(self.by_account)
        self.new: dict[tuple[str, int | None, str], str] = {}
        """Names to log in by that lines above have been given, by name, unit and telephone."""

    def run(self, context: Context, change: Change[Any]) -> Loaded:
        # All that is wrong with a line is told at once, that its unit is unknown as well.
        for row in [row for row in self.lines.sheet.rows if self.lines.errors.is_bad(row)]:
            self._unit(row)
        self.lines.errors.repeated(self.lines.good(), _SAME)
        lines = [line for row in list(self.lines.good()) if (line := self._line(row)) is not None]
        plain = 0
        # One person in two roles is two lines, of which the import takes the second when the first is written.
        for batch in _batches(lines):
            written = self.lines.hand_over(batch, context, change)
            self._note_accounts(written)
            plain += sum(one.changes is None and "username" not in one.row.values for one in written)
        if plain:
            # Silence about a role that was forgotten would be found out when nobody can log in.
            said = _("%(n)d 行没有填角色:只登记人员,不开账号。")
            self.lines.loaded.notes.append(said % {"n": plain})
        return self.lines.done()

    def _line(self, row: SheetRow) -> Line | None:
        """What a line comes to; None where it says what stands, or is wrong."""
        meant = self._meant(row)
        if meant is None:
            return None
        changes = self._changes(meant) if meant.person is not None else None
        if changes == "":
            self.lines.loaded.same += 1
            return None
        values = {"name": closed(row.values["name"]), "day": self.today, "unit": meant.unit}
        values |= {key: row.values[key] for key in ("phone", "role") if key in row.values}
        values |= {"username": meant.username, "title": self._title(meant)}
        # An empty cell is absent, as in a sheet that was read.
        kept = {key: value for key, value in values.items() if value not in (None, "")}
        return Line(replace(row, values=kept), self._called(meant), changes)

    def _meant(self, row: SheetRow) -> _Meant | None:
        unit = self._unit(row)
        if self.lines.errors.is_bad(row):
            return None
        written = row.values.get("account", "")
        person = self.by_account.get(written.lower()) if written else self._known(row, unit)
        # A closed account with a new role would look open, and let nobody in.
        if person is not None and not person.active:
            self.lines.errors.add(row, "account", _("账号“%(name)s”已停用。") % {"name": person.username})
            return None
        if person is not None and person.username:
            return _Meant(row, unit, person, person.username)
        username = written or ("" if "role" not in row.values else self._new_name(row, unit))
        return None if username and self._too_many(row, username) else _Meant(row, unit, person, username)

    def _unit(self, row: SheetRow) -> int | None:
        written = row.values.get("unit", "")
        try:
            return self.named(written) if written else None
        except Invalid as problem:
            self.lines.errors.add(row, "unit", problem.message)
            return None

    def _known(self, row: SheetRow, unit: int | None) -> KnownPerson | None:
        """Who bears the name, by the telephone, the unit or the role of the whole county; with an account first."""
        name, phone = compared(row.values["name"]), row.values.get("phone", "")
        held, alone = (row.values.get("role"), None), row.values.keys() <= {"name", "title"}
        found = [
            one
            for one in self.people
            if compared(one.name) == name
            and (alone or bool(phone and one.phone == phone) or (one.is_of(unit) if unit else held in one.roles))
        ]
        # Somebody entered twice, once without an account, is meant by the account.
        return min(found, key=lambda one: (not one.username, not one.active), default=None)

    def _new_name(self, row: SheetRow, unit: int | None) -> str:
        # Two lines of one person are one account; two people of one name and unit differ by the telephone.
        name = closed(row.values["name"])
        key = (name, unit, row.values.get("phone", ""))
        if key not in self.new:
            self.new[key] = free_name(name, lambda one: one.lower() in self.taken)
        return self.new[key]

    def _too_many(self, row: SheetRow, username: str) -> bool:
        new = self.taken - self.by_account.keys() | {username.lower()}
        if len(new) > MOST_ACCOUNTS:
            said = _("一次最多新开 %(n)d 个账号:先录入前面的,再上传一次,已录入的不会重复。")
            self.lines.errors.add(row, "account", said % {"n": MOST_ACCOUNTS})
            return True
        self.taken.add(username.lower())
        return False

    def _changes(self, meant: _Meant) -> str:
        """What a line says of somebody who is there that does not stand."""
        person, values = meant.person, meant.row.values
        assert person is not None
        labels = {column.name: column.label for column in PEOPLE.columns}
        role, title = values.get("role"), values.get("title")
        held = role is None or (role, meant.unit) in person.roles or (role, None) in person.roles
        placed = meant.unit is None or (
            person.is_of(meant.unit) if title is None else (meant.unit, title) in person.posts
        )
        # A role of the whole county covers each unit.
        role_said = dict(ROLES).get(role or "", "")
        return differences(
            (
                (labels["name"], line(person.name), closed(values["name"])),
                (labels["phone"], person.phone, values.get("phone", person.phone)),
                (labels["account"], person.username, meant.username or person.username),
                (labels["role"], role_said if held else "", role_said),
                (labels["unit"], values.get("unit") if placed else "", values.get("unit")),
            )
        )

    def _title(self, meant: _Meant) -> str:
        if meant.unit is None:
            return ""
        # A second post beside the one that is held would be none that anybody has.
        held = (title for unit, title in (meant.person.posts if meant.person else ()) if unit == meant.unit)
        return meant.row.values.get("title") or next(held, None) or usual_title()

    def _called(self, meant: _Meant) -> str:
        name = closed(meant.row.values["name"])
        return name if meant.username in ("", name) else f"{name}({meant.username})"

    def _note_accounts(self, written: Iterable[Line]) -> None:
        names = (one.row.values.get("username", "") for one in written)
        new = (name for name in names if name and name.lower() not in self.by_account)
        self.lines.loaded.accounts += [name for name in dict.fromkeys(new) if name not in self.lines.loaded.accounts]


def _batches(lines: Iterable[Line]) -> list[list[Line]]:
    times: dict[tuple[Any, ...], int] = defaultdict(int)
    found: list[list[Line]] = []
    for one in lines:
        key = tuple(one.row.values.get(name) for name in ("name", "phone", "unit", "username"))
        if len(found) <= times[key]:
            found.append([])
        found[times[key]].append(one)
        times[key] += 1
    return found
