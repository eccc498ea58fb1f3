"""Who acts: a user with the roles they hold today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guatu.web.base.problems import Denied

if TYPE_CHECKING:
    from guatu.web.base.models import User

# What a role may do. "own" means for its unit and all below, "all" for the whole county.
PERMISSIONS: dict[str, dict[str, str]] = {
    "admin": {
        "directory.edit": "all", "accounts.edit": "all", "plan.view": "all", "plan.edit": "all", "report.view": "all",
        "order.view": "all", "map.view": "all", "audit.view": "all", "directory.view": "all",
        "flow.publish": "all", "job.edit": "all", "clock.confirm": "all",
        "settings.view": "all", "settings.edit": "all", "settings.rules": "all", "settings.cases": "all",
    },
    "leader": {
        "plan.view": "all", "report.view": "all", "order.view": "all", "map.view": "all", "directory.view": "all",
        "case.view": "all", "drg.view": "all", "grid.view": "all",
        "inspection.view": "all",
    },
    "supervision": {
        "plan.view": "all", "plan.edit": "all", "plan.confirm": "all", "report.view": "all", "report.review": "all",
        "period.edit": "all", "order.view": "all", "order.edit": "all", "circular.edit": "all", "map.view": "all",
        "directory.view": "all", "directory.edit": "all", "audit.view": "all", "appeal.decide": "all",
        "case.view": "all", "case.evaluate": "all", "flow.publish": "all",
        "grid.view": "all", "grid.edit": "all", "grid.rate": "all",
        "inspection.view": "all", "inspection.edit": "all", "inspection.lists": "all", "inspection.result": "all",
        "settings.view": "all", "settings.rules": "all", "settings.cases": "all",
    },
    "lead": {
        "plan.view": "all", "report.view": "own", "report.write": "own", "report.review": "led", "order.view": "own",
        "order.reply": "own", "map.view": "own", "milestone.edit": "own", "appeal.make": "own", "directory.view": "all",
        "case.view": "own", "case.handle": "own",
        "inspection.view": "all", "inspection.edit": "own", "inspection.result": "own",
    },
    "responsible": {
        "plan.view": "all", "report.view": "own", "report.write": "own", "order.view": "own", "order.reply": "own",
        "map.view": "own", "milestone.edit": "own", "appeal.make": "own", "directory.view": "all",
        "case.view": "own", "case.handle": "own",
        "inspection.view": "all", "inspection.result": "own",
    },
    "town": {
        "plan.view": "all", "report.view": "own", "report.write": "own", "report.review": "own", "order.view": "own",
        "order.reply": "own", "map.view": "own", "milestone.edit": "own", "appeal.make": "own", "directory.view": "all",
        "case.view": "own", "case.handle": "own", "grid.view": "own", "grid.edit": "own",
        "inspection.view": "all", "inspection.result": "own",
    },
    "village": {
        "plan.view": "all", "report.view": "own", "report.write": "own", "map.view": "own",
        "case.view": "own", "case.handle": "own",
    },
    "auditor": {
        "plan.view": "all", "report.view": "all", "order.view": "all", "map.view": "all", "audit.view": "all",
        "directory.view": "all",
        "case.view": "all", "drg.view": "all", "grid.view": "all",
        "inspection.view": "all", "settings.view": "all",
    },
    "desk": {
        "case.view": "all", "case.edit": "all", "case.evaluate": "all", "directory.view": "all", "grid.view": "all",
        "settings.view": "all", "settings.cases": "all",
    },
    "collector": {"case.view": "own", "case.collect": "own"},
    "insurer": {"drg.view": "all", "drg.edit": "all", "directory.view": "all"},
    "hospital": {"drg.view": "own", "drg.object": "own"},
}  # fmt: skip


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
        return frozenset(p for grant in self.grants for p in PERMISSIONS.get(grant.role, {}))

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def may(self, permission: str, unit_id: int | None = None) -> bool:
        """Whether `permission` is held, for a unit where one is given.

        A permission held as "led" (the reviews of lead units) is granted here for any unit: the action checks that
        the task is led by one of `led_units`.
        """
        for grant in self.grants:
            scope = PERMISSIONS.get(grant.role, {}).get(permission)
            if scope is None:
                continue
            if scope in ("all", "led") or unit_id is None or grant.units is None or unit_id in grant.units:
                return True
        return False

    def units_for(self, permission: str) -> frozenset[int] | None:
        """Units for which `permission` is held; None means all of the county."""
        found: set[int] = set()
        for grant in self.grants:
            scope = PERMISSIONS.get(grant.role, {}).get(permission)
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
