"""What of the directory an actor may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from guatu.core.fields.phone import Phone
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Denied


def check_view(actor: Actor) -> None:
    if not actor.may("directory.view"):
        raise Denied(_("您没有查看机构和区域的权限,请联系本县系统管理员。"))


def visible_units(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Those of the units that the actor may see."""
    check_view(actor)
    allowed = actor.units_for("directory.view")
    return set(ids) if allowed is None else set(ids) & allowed


def shown_phone(actor: Actor, phone: str, unit_ids: Iterable[int]) -> str:
    """A phone number whole for editors and for people of the same unit, else without its middle."""
    whole = actor.may("directory.edit") or not actor.own_units.isdisjoint(unit_ids)
    return phone if whole else Phone().mask(phone)


def context_for_edit(actor: Actor) -> dict[str, Any]:
    """Whether to offer changes at all; the actions check again."""
    return {"may_edit": actor.may("directory.edit")}
