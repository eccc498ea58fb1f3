"""Staffing: who is head or member where, gaps, replacements."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.actions.rows import found
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.grids.actions.staff import Appoint, EndService, Replace
from guatu.web.grids.models import Service
from guatu.web.grids.selectors.staffing import PEOPLE, RELIEF, SERVICES, TEAMS, chains, services_of, team_of
from guatu.web.grids.views.common import grid_of, must_edit, shown, standing_version, tabs
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import day_of, text_of, whole

FIELDS = ("post", "person", "phone", "since")


@needs("grid.view")
def staffing_list(request: HttpRequest) -> HttpResponseBase:
    context = {**tabs(actor_of(request), "staff"), "export_url": reverse("staffing_export")}
    return table_page(request, TEAMS, "kit/list.html", context)


@needs("grid.view")
def staffing_export(request: HttpRequest) -> HttpResponseBase:
    return table_export(request, PEOPLE)


@needs("grid.view")
def grid_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a grid, from the first to those of today; each form is sent here."""
    actor, grid = actor_of(request), grid_of(request, pk)
    form = Typed(values={"since": actor.today.isoformat(), "post": Service.Post.MEMBER})
    if request.method == "POST":
        must_edit(actor, grid.unit_id)
        try:
            _act(request, grid.pk)
        except Problem as problem:
            form = typed(request, text_of(request.POST, "act"), problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("grid_staff", grid.pk)
    services = services_of([grid.pk])
    version, may_edit = standing_version(grid, actor.today), actor.may("grid.edit", grid.unit_id)
    context = {
        **tabs(actor, "staff"), **shown(form, FIELDS if form.form == "appoint" else ()), "grid": grid,
        "version": version,
        "team": team_of(version, services, actor.today) if version else None, "services": services[::-1],
        "columns": (*SERVICES, RELIEF) if may_edit else SERVICES,
        "chains": chains(services), "posts": Service.Post.choices, "today": actor.today,
        "may_edit_this": may_edit,
    }  # fmt: skip
    return render(request, "grids/staff.html", context, status=form.status)


def _act(request: HttpRequest, grid_id: int) -> None:
    data, act = request.POST, text_of(request.POST, "act")
    person, phone = text_of(data, "person"), text_of(data, "phone")
    if act == "appoint":
        perform(Appoint(grid_id, text_of(data, "post"), person, phone, day_of(data, "since")), context_of(request))
        return
    service, seen = whole(data, "service"), whole(data, "seen")
    found(Service, service, grid_id=grid_id)
    if act == "replace":
        perform(Replace(service, seen, person, phone, day_of(data, "since")), context_of(request))
    elif act == "leave":
        perform(EndService(service, seen, day_of(data, "since")), context_of(request))
    else:
        raise Invalid(_("请求不完整,请刷新页面后重试。"))
