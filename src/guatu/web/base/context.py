"""What every page needs: the actor, the menu, the name of the county."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.settings_table import setting

# Name of the page, its label, its icon, and the permission without which it is not shown.
MENU = (
    ("campaign_map", _("作战图"), "map-2", "map.view"),
    ("task_list", _("任务台账"), "list-check", "plan.view"),
    ("report_list", _("我的填报"), "pencil", "report.write"),
    ("review_list", _("审核"), "checks", "report.review"),
    ("order_list", _("督办"), "alert-triangle", "order.view"),
    ("circular_list", _("通报"), "file-text", "circular.edit"),
    ("plan_list", _("方案"), "notebook", "plan.view"),
    ("unit_list", _("机构"), "building", "directory.view"),
    ("account_list", _("账号"), "users", "accounts.edit"),
    ("audit_list", _("操作记录"), "history", "audit.view"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    items = []
    if actor is not None and actor.user is not None:
        for name, label, icon, permission in MENU:
            if not actor.may(permission):
                continue
            try:
                address = reverse(name)
            except NoReverseMatch:
                continue
            items.append({"label": label, "icon": icon, "url": address, "here": request.path.startswith(address)})
    return {"actor": actor, "menu": items, "county_name": setting("county.name", "guatu")}
