"""Lines of a spreadsheet of people are written, with posts, accounts and roles; imports.people has checked them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password

from guatu.web.base.actions import Change
from guatu.web.base.dated import on_day
from guatu.web.base.models import User
from guatu.web.directory.models import Person, Post, RoleGrant
from guatu.web.kit.sheets import SheetRow


@dataclass
class PlannedPerson:
    """A line that can be written; what is None is there already or not asked for."""

    row: SheetRow
    key: tuple[str, str]
    person: Person | None
    unit_id: int | None
    day: datetime.date
    new_user: str | None
    username: str
    role: str | None
    role_unit_id: int | None
    corrected: bool


class WritePeople:
    def __init__(self, planned: list[PlannedPerson], today: datetime.date) -> None:
        self.planned, self.today = planned, today

    def __call__(self, change: Change[Any]) -> None:
        users = self._users(change)
        people = self._people(users, change)
        self._posts(people, change)
        grants = RoleGrant.objects.bulk_create(
            RoleGrant(user=users[p.username.lower()], role=p.role, unit_id=p.role_unit_id, valid_from=self.today)
            for p in self.planned
            if p.role is not None
        )
        for grant in grants:
            change.note(grant, None, {"user": grant.user.username, "role": grant.role, "unit": grant.unit_id})

    def _users(self, change: Change[Any]) -> dict[str, User]:
        names = {p.username for p in self.planned if p.username}
        users = {user.username.lower(): user for user in User.objects.all()} if names else {}
        new = {p.username.lower(): p for p in self.planned if p.new_user is not None}
        # Without a usable password: the person sets one by the invitation, and nobody else ever knows it.
        made = User.objects.bulk_create(
            User(
                username=p.username,
                display_name=p.row.values["name"],
                phone=p.row.values.get("phone", ""),
                password=make_password(None),
            )
            for p in new.values()
        )
        for user in made:
            users[user.username.lower()] = user
            change.note(user, None, {"username": user.username, "display_name": user.display_name})
        return users

    def _people(self, users: dict[str, User], change: Change[Any]) -> dict[tuple[str, str], Person]:
        people: dict[tuple[str, str], Person] = {}
        for planned in self.planned:
            if planned.key in people:
                continue
            values, person = planned.row.values, planned.person or Person()
            before = {"name": person.name, "phone": person.phone} if person.pk else None
            user = users.get(planned.username.lower()) if planned.username else None
            if person.pk and not planned.corrected and (user is None or person.user_id == user.pk):
                people[planned.key] = person
                continue
            person.name, person.phone = values["name"], values.get("phone", person.phone)
            person.user = user or person.user
            person.row_version += 1 if person.pk else 0
            person.save()
            change.note(person, before, {"name": person.name, "phone": person.phone})
            people[planned.key] = person
        return people

    def _posts(self, people: dict[tuple[str, str], Person], change: Change[Any]) -> None:
        held = set(Post.objects.filter(on_day(self.today)).values_list("person_id", "unit_id", "title"))
        wanted = {
            (people[p.key].pk, p.unit_id, p.row.values["title"]): p.day for p in self.planned if p.unit_id is not None
        }
        made = Post.objects.bulk_create(
            Post(person_id=person_id, unit_id=unit_id, title=title, valid_from=day)
            for (person_id, unit_id, title), day in wanted.items()
            if (person_id, unit_id, title) not in held
        )
        for post in made:
            change.note(post, None, {"person": post.person_id, "unit": post.unit_id, "title": post.title})
