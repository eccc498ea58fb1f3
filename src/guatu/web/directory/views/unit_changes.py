"""Forms that change units: set up, change, rename, merge, split, end, other names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.problems_in_forms import into
from guatu.web.directory import forms
from guatu.web.directory.actions.add_alias import AddAlias
from guatu.web.directory.actions.change_unit import ChangeUnit
from guatu.web.directory.actions.create_unit import CreateUnit
from guatu.web.directory.actions.end_unit import EndUnit
from guatu.web.directory.actions.remove_alias import RemoveAlias
from guatu.web.directory.actions.rename_unit import RenameUnit
from guatu.web.directory.models import Unit, UnitVersion
from guatu.web.directory.selectors.named import written
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.rights import context_for_edit
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.selectors.unit_page import unit_page
from guatu.web.directory.values import UnitValues
from guatu.web.directory.views.forming import FormPage, bound
from guatu.web.kit.guard import actor_of, check_may, login_required
from guatu.web.kit.values import id_or_none, on_of

EDIT = "directory.edit"


@login_required
def unit_new(request: HttpRequest) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    page = FormPage(_("新设单位"), _("设立"), reverse("unit_list"), _("单位已设立。"))
    parent = unit_tree(actor_of(request).today).nodes.get(id_or_none(request.GET, "parent") or 0)
    form = bound(forms.NewUnitForm, request, {"day": actor_of(request).today, "order": 0, "parent_id": written(parent)})
    return page.handle(
        request,
        form,
        lambda f: CreateUnit(
            f.cleaned_data["code"].strip(), _values(f), f.cleaned_data["day"], f.cleaned_data["credit_code"].strip()
        ),
        lambda unit: reverse("unit", args=[unit.pk]),
    )


@login_required
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    unit, version = last_of(pk)
    page = _page(unit, _("变更 %(name)s") % {"name": version.name}, _("保存变更"), _("变更已保存。"))
    page.intro = _("变更从您填写的日期起生效,此前的记录不变。更名、合并、拆分请用专门的页面,以便留下依据。")
    tree = unit_tree(actor_of(request).today)
    initial = {
        **_initial(unit, version, request),
        "category": version.category,
        "line": version.line,
        "order": version.order,
        "parent_id": written(tree.nodes.get(version.parent_id or 0)),
        "place_id": written(place_tree(actor_of(request).today).nodes.get(version.place_id or 0)),
        "credit_code": unit.credit_code,
    }

    def action(form: Any) -> ChangeUnit:
        data = form.cleaned_data
        return ChangeUnit(pk, data["seen"], _values(form), data["day"], data["credit_code"].strip())

    return page.handle(request, bound(forms.ChangeUnitForm, request, initial), action, lambda _unit: page.back)


@login_required
def unit_rename(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    unit, version = last_of(pk)
    page = _page(unit, _("更名:%(name)s") % {"name": version.name}, _("更名"), _("更名已登记。"))
    page.intro = _("更名后仍是同一个单位,任务、人员和授权都延续;旧名称仍能找到它。")

    def action(form: Any) -> RenameUnit:
        data = form.cleaned_data
        return RenameUnit(pk, data["seen"], data["name"], data["short_name"], data["day"], data["basis"])

    form = bound(forms.RenameForm, request, _initial(unit, version, request))
    return page.handle(request, form, action, lambda _made: page.back)


@login_required
def unit_end(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    unit, version = last_of(pk)
    page = _page(unit, _("撤销:%(name)s") % {"name": version.name}, _("撤销单位"), _("撤销已登记。"))
    page.intro = _("从这一天起,单位的任职和授权同时终止。任务由别的单位承接时,请改用“合并”。")
    page.danger = True
    form = bound(forms.EndForm, request, {"seen": unit.row_version, "day": actor_of(request).today})
    return page.handle(
        request,
        form,
        lambda f: EndUnit(pk, f.cleaned_data["seen"], f.cleaned_data["day"]),
        lambda _unit: page.back,
    )


@login_required
@require_POST
def alias_add(request: HttpRequest, pk: int) -> HttpResponse:
    form = forms.AliasForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            perform(AddAlias(pk, form.cleaned_data["text"]), context_of(request))
        except Problem as problem:
            into(form, problem)
            status = problem.status
        else:
            messages.success(request, _("别名已添加。"))
            return redirect("unit", pk)
    on = on_of(request)
    page = unit_page(actor_of(request), pk, on)
    context = {"on": on, "page": page, "alias_form": form, "here": "units", **context_for_edit(actor_of(request))}
    return render(request, "directory/unit_detail.html", context, status=status)


@login_required
@require_POST
def alias_remove(request: HttpRequest, pk: int, alias: int) -> HttpResponse:
    last_of(pk)
    perform(RemoveAlias(pk, alias), context_of(request))
    messages.success(request, _("别名已删除。"))
    return redirect("unit", pk)


def last_of(pk: int) -> tuple[Unit, UnitVersion]:
    """A unit with its last version; Http404 where there is none."""
    unit = Unit.objects.filter(pk=pk).first()
    version = UnitVersion.objects.filter(unit_id=pk).order_by("-valid_from").first()
    if unit is None or version is None:
        raise Http404
    return unit, version


def _page(unit: Unit, title: str, submit: str, done: str) -> FormPage:
    page = FormPage(title, submit, reverse("unit", args=[unit.pk]), done)
    page.version = lambda: Unit.objects.get(pk=unit.pk).row_version
    return page


def _initial(unit: Unit, version: UnitVersion, request: HttpRequest) -> dict[str, Any]:
    return {
        "seen": unit.row_version,
        "name": version.name,
        "short_name": version.short_name,
        "day": actor_of(request).today,
    }


def _values(form: Any) -> UnitValues:
    data = form.cleaned_data
    return UnitValues(
        name=data["name"].strip(),
        short_name=data["short_name"].strip(),
        line=data["line"],
        category=data["category"],
        parent_id=data["parent_id"],
        place_id=data["place_id"],
        order=data["order"],
    )
