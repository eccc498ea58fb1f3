"""Who acts: a user with the roles they hold today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guatu.web.base.permissions import permissions
from guatu.web.base.problems import Denied

if TYPE_CHECKING:
    from guatu.web.base.models import User


@dataclass(frozen=True)
class Grant:
    """A role held today; `units` is the unit and all below it, None for the whole county."""

    role: str
    unit_id: int | None
    units: frozenset[int] | None


@dataclass(frozen=True)
class Actor:
    """A user on a day. `ANONYMOUS` may nothing but the public pages."""

    user: User | None
    today: datetime.date
    grants: tuple[Grant, ...] = field(default=())

    @property
    def known(self) -> User:
        """The user. Raises `Denied` where nobody is logged in."""
        if self.user is None:
            raise Denied(_("请先登录。"))
        return self.user

    @cached_property
    def permissions(self) -> frozenset[str]:
        return frozenset(p for grant in self.grants for p in permissions().get(grant.role, {}))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def may(self, permission: str, unit_id: int | None = None) -> bool:
        """Whether `permission` is held, for a unit where one is given.

        A permission held as "led" (the reviews of lead units) is granted here for any unit: the action checks that
        the task is led by one of `led_units`.
        """
        for grant in self.grants:
            scope = permissions().get(grant.role, {}).get(permission)
            if scope is None:
                continue
            if scope in ("all", "led") or unit_id is None or grant.units is None or unit_id in grant.units:
                return True
        return False

    def units_for(self, permission: str) -> frozenset[int] | None:
        """Units for which `permission` is held; None means all of the county."""
        found: set[int] = set()
        for grant in self.grants:
            scope = permissions().get(grant.role, {}).get(permission)
            if scope is None:
                continue
            if scope == "all" or grant.units is None:
                return None
            found |= grant.units
        return frozenset(found)

    def list_for(self, permission: str) -> list[int] | None:
        """The same as a list, which a query takes as one parameter (lookup `any`)."""
        units = self.units_for(permission)
        return None if units is None else list(units)

    @cached_property
    def own_units(self) -> frozenset[int]:
        """Units that the user acts for."""
        return frozenset(u for grant in self.grants for u in grant.units or ())


def anonymous(today: datetime.date) -> Actor:
    return Actor(None, today)


def actor_for(user: User, today: datetime.date, grants: Iterable[Grant]) -> Actor:
    return Actor(user, today, tuple(grants))
