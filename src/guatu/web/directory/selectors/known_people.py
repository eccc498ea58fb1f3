"""Everybody whom the directory and the accounts know, as a sheet of people has them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from guatu.web.base.dated import on_day
from guatu.web.base.models import User
from guatu.web.directory.models import Person, Post, RoleGrant, UnitAlias


@dataclass(frozen=True)
class KnownPerson:
    """Somebody with an account (`username`), with a place in the directory, or with both.

    `posts` are those of the day as (unit, title), `roles` as (role, unit or None for the county). `active` is False for
    an account that was closed.
    """

    username: str
    name: str
    phone: str
    active: bool = True
    posts: tuple[tuple[int, str], ...] = ()
    roles: tuple[tuple[str, int | None], ...] = ()

    def is_of(self, unit: int) -> bool:
        return any(unit == one for one, _title in self.posts) or any(unit == one for _role, one in self.roles)


def known_people(today: datetime.date) -> list[KnownPerson]:
    """In the order in which they were entered, those without an account last; four queries."""
    posts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    held = Post.objects.filter(on_day(today)).order_by("id").values_list("person_id", "unit_id", "title")
    for owner, unit, title in held:
        posts[owner].append((unit, title))
    roles: dict[int, list[tuple[str, int | None]]] = defaultdict(list)
    grants = RoleGrant.objects.filter(on_day(today)).order_by("id").values_list("user_id", "role", "unit_id")
    for user, role, at in grants:
        roles[user].append((role, at))
    people = list(Person.objects.order_by("id").values_list("id", "user_id", "name", "phone"))
    by_user = {row[1]: row for row in people if row[1] is not None}
    found = []
    users = User.objects.order_by("id").values_list("id", "username", "display_name", "phone", "is_active")
    for pk, username, name, phone, active in users:
        person = by_user.get(pk)
        own = tuple(posts[person[0]]) if person else ()
        called, number = (person[2], person[3]) if person else (name or username, phone)
        found.append(KnownPerson(username, called, number, active, own, tuple(roles[pk])))
    without = (row for row in people if row[1] is None)
    return found + [KnownPerson("", name, phone, posts=tuple(posts[pk])) for pk, _user, name, phone in without]


def aliases_of_units() -> dict[int, list[str]]:
    """The other names of each unit that has any, in the order of their characters."""
    found: dict[int, list[str]] = defaultdict(list)
    for unit, text in UnitAlias.objects.order_by("text").values_list("unit_id", "text"):
        found[unit].append(text)
    return dict(found)
