"""What makes no sense in a role or an alias, said alike to the one who types it and to the one who imports a sheet."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from guatu.core.link.collectives import collectives_of
from guatu.web.base.permissions import permissions
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import RoleGrant
from guatu.web.directory.world import World


def needs_unit(role: str) -> bool:
    """Whether a role means something only for a unit: one of its permissions is held for its own unit."""
    return any(scope in ("own", "led") for scope in permissions().get(role, {}).values())


def check_grant(
    role: str,
    unit_id: int | None,
    day: datetime.date,
    until: datetime.date | None,
    today: datetime.date,
    world: World,
) -> None:
    """Raises `Invalid` at the field of a grant that makes no sense."""
    if role not in RoleGrant.Role.values:
        raise Invalid(_("没有这个角色。"), field="role")
    if unit_id is None and needs_unit(role):
        raise Invalid(_("这个角色须指定单位。"), field="unit_id")
    if day < today:
        raise Invalid(_("授权不能从过去开始,最早填今天。"), field="day")
    if until is not None and until <= day:
        raise Invalid(_("失效日期须晚于生效日期。"), field="until")
    if unit_id is not None and world.units.at(unit_id, day) is None:
        raise Invalid(_("这个单位在生效日期还未设立或已撤销。"), field="unit_id")


def check_alias(text: str) -> None:
    """Raises `Invalid` for what cannot stand for one unit."""
    if not 2 <= len(text) <= 120:
        raise Invalid(_("别名应为 2 到 120 个字。"), field="text")
    if collectives_of(text):
        raise Invalid(_("“%(text)s”指一类单位,不能作一个单位的别名。") % {"text": text}, field="text")
