"""What every page needs: the actor, the menu, the name of the county."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.settings_table import setting

Entry = tuple[str, object, str, str]
"""Name of the page, its label, its icon, and the permission without which it is not shown."""

MENU: tuple[Entry, ...] = (
    ("campaign_map", _("作战图"), "map-2", "map.view"),
    ("task_list", _("任务台账"), "list-check", "plan.view"),
    ("report_list", _("我的填报"), "pencil", "report.write"),
    ("review_list", _("审核"), "checks", "report.review"),
    ("order_list", _("督办"), "alert-triangle", "order.view"),
    ("circular_list", pgettext_lazy("list", "通报"), "file-text", "circular.edit"),
)
# Between the two stand the pages that other apps name as `menu` of their AppConfig.
MENU_BELOW: tuple[Entry, ...] = (
    ("plan_list", pgettext_lazy("list", "方案"), "notebook", "plan.view"),
    ("unit_list", _("机构"), "building", "directory.view"),
    ("account_list", _("账号"), "users", "accounts.edit"),
    ("audit_list", _("操作记录"), "history", "audit.view"),
)


@cache
def _menu() -> tuple[Entry, ...]:
    added = (entry for config in apps.get_app_configs() for entry in getattr(config, "menu", ()))
    return (*MENU, *added, *MENU_BELOW)


def pages_of(actor: Actor) -> list[dict[str, Any]]:
    """The entries of an actor's menu, with their addresses; the first is where the actor begins."""
    items = []
    for name, label, icon, permission in _menu():
        if actor.may(permission):
            with contextlib.suppress(NoReverseMatch):
                items.append({"label": label, "icon": icon, "url": reverse(name)})
    return items


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    items = pages_of(actor) if actor is not None and actor.user is not None else []
    for item in items:
        item["here"] = request.path.startswith(item["url"])
    return {"actor": actor, "menu": items, "county_name": setting("county.name", "guatu")}
