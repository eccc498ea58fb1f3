"""Who acts in the example county: the demo accounts, and one reporting account for every unit that has none of them."""

from __future__ import annotations

import datetime

from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor
from guatu.web.base.models import User
from guatu.web.directory.models import RoleGrant, UnitVersion
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.example.directory import SINCE

REPORTING = ("department", "company", "town")


class People:
    """Users by unit, each with their grants read once."""

    def __init__(self, users: dict[str, User], on: datetime.date) -> None:
        self.users = users
        self.by_unit = {grant.unit_id: grant.user for grant in _unit_grants()}
        self._actors: dict[int, Actor] = {}
        self._on = on
        self._roles: dict[User, set[str]] = {}
        for grant in RoleGrant.objects.select_related("user").order_by("user"):
            self._roles.setdefault(grant.user, set()).add(grant.role)

    def actor(self, user: User) -> Actor:
        """`user` on the last day; what it has looked up of its places stays with it."""
        found = self._actors.get(user.pk)
        if found is None:
            found = self._actors[user.pk] = Actor(user, self._on, grants_of(user, self._on))
        return found

    def context(self, user: User, at: datetime.datetime) -> Context:
        """`user` acting at a time; nothing that an account acts for has changed since it was made."""
        return Context(Actor(user, at.date(), self.actor(user).grants), at)

    def with_roles(self, roles: set[str]) -> list[User]:
        """All who hold one of the roles, in the order in which their accounts were made."""
        return [user for user, held in self._roles.items() if held & roles]

    def office(self, at: datetime.datetime) -> Context:
        """The supervision office."""
        return self.context(self.users["ducha"], at)


def add_reporters() -> None:
    """An account that nobody can log in to, for each unit without a demo account: its reports name who sent them."""
    have = {grant.unit_id for grant in _unit_grants()}
    for version in (
        UnitVersion.objects.filter(category__in=REPORTING, valid_to=None).exclude(unit__in=have).select_related("unit")
    ):
        name = f"u-{version.unit.code}"
        user, new = User.objects.get_or_create(username=name, defaults={"display_name": version.short_name})
        if new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        role = "town" if version.category == "town" else "lead"
        RoleGrant.objects.get_or_create(user=user, role=role, unit_id=version.unit_id, valid_from=SINCE)


def _unit_grants() -> list[RoleGrant]:
    return list(RoleGrant.objects.filter(unit__isnull=False).select_related("user").order_by("pk"))
