"""What every page needs: the actor, the menu, the name of the county."""

from __future__ import annotations

import contextlib
from collections import Counter
from functools import cache
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.kept import keeper_of
from guatu.web.base.settings_table import setting

Entry = tuple[str, object, str, str]
"""Name of the page, its label, its icon, and the permission without which it is not shown; "" for everybody."""

MENU: tuple[Entry, ...] = (
    ("home", _("今天"), "home", ""),
    ("campaign_map", _("作战图"), "map-2", "map.view"),
    ("task_list", _("任务台账"), "list-check", "plan.view"),
    ("report_list", _("我的填报"), "pencil", "report.write"),
    ("review_list", _("审核"), "checks", "report.review"),
    ("order_list", _("督办"), "alert-triangle", "order.view"),
    ("circular_list", pgettext_lazy("list", "通报"), "file-text", "circular.edit"),
)
# Between the two stand the pages that other apps name as `menu` of their AppConfig, folded under its `menu_group`.
MENU_BELOW: tuple[Entry, ...] = (("plan_list", pgettext_lazy("list", "方案"), "notebook", "plan.view"),)
MENU_OFFICE: tuple[Entry, ...] = (
    ("unit_list", _("机构"), "building", "directory.view"),
    ("account_list", _("账号"), "users", "accounts.edit"),
    ("audit_list", _("操作记录"), "history", "audit.view"),
    ("job_list", _("后台任务"), "clock", "job.edit"),
)


GROUPS: dict[str, tuple[object, str]] = {"cases": (_("案件与网格"), "flag"), "office": (_("管理"), "settings")}


@cache
def _menu() -> tuple[tuple[str, Entry], ...]:
    """Entries with the group under which they are folded ("" for none)."""
    added = [
        (getattr(config, "menu_group", ""), entry)
        for config in apps.get_app_configs()
        for entry in getattr(config, "menu", ())
    ]
    office = [("office", entry) for entry in MENU_OFFICE]
    return (*(("", entry) for entry in MENU), *added, *(("", entry) for entry in MENU_BELOW), *office)


def pages_of(actor: Actor) -> list[dict[str, Any]]:
    """The entries of an actor's menu, with their addresses."""
    items = []
    for group, (name, label, icon, permission) in _menu():
        if not permission or actor.may(permission):
            with contextlib.suppress(NoReverseMatch):
                items.append({"label": label, "icon": icon, "url": reverse(name), "group": group})
    return items


def folded(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The menu with the entries of a group under one head, which stands where its first entry would; one alone is not
    folded."""
    found: list[dict[str, Any]] = []
    heads: dict[str, dict[str, Any]] = {}
    sizes = Counter(item["group"] for item in items)
    for item in items:
        group = item["group"]
        if not group or sizes[group] == 1:
            found.append(item)
            continue
        if group not in heads:
            label, icon = GROUPS[group]
            heads[group] = {"label": label, "icon": icon, "below": [], "here": False}
            found.append(heads[group])
        heads[group]["below"].append(item)
        heads[group]["here"] |= item["here"]
    return found


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    items = pages_of(actor) if actor is not None and actor.user is not None else []
    # Of two addresses that a page begins with, the longer one is where it belongs.
    urls = (item["url"] for item in items if item["url"] != "/" or request.path == "/")
    here = max((url for url in urls if request.path.startswith(url)), key=len, default=None)
    for item in items:
        item["here"] = item["url"] == here
    return {
        "actor": actor,
        "menu": folded(items),
        "county_name": setting("county.name") or "guatu",
        "styles": _styles(request),
        "keeper": keeper_of(request) if actor is not None else "",
    }


def _styles(request: HttpRequest) -> list[str]:
    """The style sheets of the app whose page it is, as its AppConfig names them."""
    found = request.resolver_match
    _guatu, _web, label, *_module = f"{found.func.__module__ if found else ''}...".split(".")
    config = apps.app_configs.get(label)
    return [f"guatu/{name}.css" for name in getattr(config, "styles", ())]
