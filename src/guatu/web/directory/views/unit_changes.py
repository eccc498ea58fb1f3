"""Forms that change units: set up, change, rename, end, other names."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.directory.actions.change_unit import ChangeUnit
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.remove_alias import RemoveAlias
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.models import Unit, UnitVersion
from guatu.web.directory.selectors.in_hand import in_hand, said
from guatu.web.directory.values import unit_values
from guatu.web.directory.views.units import ADD_ALIAS, unit_detail
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import FORM, Sends, page
from guatu.web.kit.record import stored
from guatu.web.kit.values import id_or_none

EDIT = "directory.edit"
CREATE = Form("unit", "", CreateUnit, button=gettext_lazy("设立"), icon="", said=gettext_lazy("单位已设立。"))
CHANGE = Form("unit", "", ChangeUnit, button=gettext_lazy("保存变更"), icon="", said=gettext_lazy("变更已保存。"))
RENAME = Form("unit", "", RenameUnit, button=gettext_lazy("更名"), icon="", said=gettext_lazy("更名已登记。"))
END = Form(
    "unit", "", EndUnit, button=gettext_lazy("撤销单位"), icon="", css="btn-danger", said=gettext_lazy("撤销已登记。")
)


def _parent(request: HttpRequest) -> dict[str, Any]:
    return {"day": actor_of(request).today, "order": 0, "parent_id": id_or_none(request.GET, "parent")}


@page(EDIT, FORM, sends=Sends(CREATE, lambda unit: reverse("unit", args=[unit.pk]), first=_parent))
def unit_new(request: HttpRequest) -> dict[str, Any]:
    return {"page_title": _("新设单位"), "back": reverse("unit_list")}


def _as_it_is(request: HttpRequest, pk: int) -> dict[str, Any]:
    unit, version = last_of(pk)
    values, today = unit_values(version), actor_of(request).today
    own = {"seen": unit.row_version, "day": today, "credit_code": unit.credit_code, "new_name": values.name}
    return {**stored(values), **own}


def _of(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"unit_id": pk}


@page(EDIT, FORM, sends=Sends(CHANGE, first=_as_it_is, known=_of))
def unit_change(request: HttpRequest, pk: int) -> dict[str, Any]:
    said = _("变更从您填写的日期起生效,此前的记录不变。更名、合并、拆分请用专门的页面,以便留下依据。")
    return _page(pk, _("变更 %(name)s"), said)


@page(EDIT, FORM, sends=Sends(RENAME, first=_as_it_is, known=_of))
def unit_rename(request: HttpRequest, pk: int) -> dict[str, Any]:
    return _page(pk, _("更名:%(name)s"), _("更名后仍是同一个单位,任务、人员和授权都延续;旧名称仍能找到它。"))


@page(EDIT, FORM, sends=Sends(END, first=_as_it_is, known=_of))
def unit_end(request: HttpRequest, pk: int) -> dict[str, Any]:
    text = _("从这一天起不再有这个单位。有承接单位的,下级、任职、授权和未了事项都移交给它;没有的,任职和授权同时终止。")
    held = in_hand([pk])
    note = _("将移交的未了事项:%(what)s。") % {"what": said(held)} if held else ""
    return {**_page(pk, _("撤销:%(name)s"), text), "note": note}


def _page(pk: int, title: str, intro: str) -> dict[str, Any]:
    name = last_of(pk)[1].name
    return {"page_title": title % {"name": name}, "intro": intro, "back": reverse("unit", args=[pk])}


alias_add = posted(ADD_ALIAS, "", unit_detail, "unit")
alias_remove = posted(
    Form("", "alias_remove", RemoveAlias, said=gettext_lazy("别名已删除。")),
    "",
    unit_detail,
    "unit",
    row=("unit_id", "alias_id"),
    sees=lambda request, pk, alias: last_of(pk),
)


def last_of(pk: int) -> tuple[Unit, UnitVersion]:
    """A unit with its last version; Http404 where there is none."""
    unit = Unit.objects.filter(pk=pk).first()
    version = UnitVersion.objects.filter(unit_id=pk).order_by("-valid_from").first()
    if unit is None or version is None:
        raise Http404
    return unit, version
