"""The roles that a user holds on a day."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Q
from django.utils.translation import gettext, override

from guatu.web.base.actors import Actor, Grant
from guatu.web.base.models import User
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.selectors.tree import unit_tree


def grants_of(user: User, on: datetime.date) -> tuple[Grant, ...]:
    """Roles valid on the day, each with the units it covers."""
    rows = list(RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), user=user, valid_from__lte=on))
    tree = unit_tree(on) if any(row.unit_id for row in rows) else None
    return tuple(
        Grant(row.role, row.unit_id, tree.subtree(row.unit_id) if tree and row.unit_id else None) for row in rows
    )


def everybody(on: datetime.date, but: Collection[int] = ()) -> Actor:
    """Nobody, with the roles that all accounts in use hold together on a day: whether there is anyone who may. `but`
    are users who are not asked."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    rows = RoleGrant.objects.filter(held, user__is_active=True, valid_from__lte=on).exclude(user__in=but)
    pairs = rows.order_by().values_list("role", "unit_id").distinct()
    tree = unit_tree(on)
    return Actor(None, on, tuple(Grant(role, unit, tree.subtree(unit) if unit else None) for role, unit in pairs))


def described(actor: Actor) -> list[str]:
    """The roles that an actor holds, in words: 乡镇街道(柳林镇)."""
    tree = unit_tree(actor.today) if any(grant.unit_id for grant in actor.grants) else None
    found = []
    for grant in actor.grants:
        where = tree.label(grant.unit_id) if tree and grant.unit_id else gettext("全县")
        found.append(f"{RoleGrant.Role(grant.role).label} · {where}")
    return found


def role_words() -> dict[str, tuple[str, str]]:
    """All roles with their words, in Chinese and in English."""
    found = {}
    for role in RoleGrant.Role:
        with override("zh-hans"):
            chinese = str(role.label)
        with override("en"):
            found[str(role.value)] = (chinese, str(role.label))
    return found


def role_choices() -> list[tuple[str, str]]:
    """All roles, to choose from."""
    return [(str(value), str(label)) for value, label in RoleGrant.Role.choices]
