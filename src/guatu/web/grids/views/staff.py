"""Staffing: who is head or member where, gaps, replacements."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.grids.actions.staff import Appoint, EndService, Replace
from guatu.web.grids.models import Service
from guatu.web.grids.selectors.staffing import TeamRow, chains, services_of, team_of, teams
from guatu.web.grids.selectors.standing import towns
from guatu.web.grids.views.common import day_or, grid_of, must_edit, shown, standing_version, tabs
from guatu.web.ledger import export
from guatu.web.ledger.views.common import needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole

FIELDS = ("post", "person", "phone", "since")


def _teams(request: HttpRequest) -> list[TeamRow]:
    actor = actor_of(request)
    return teams(actor, day_or(request.GET, "day", actor.today), id_or_none(request.GET, "unit"))


@needs("grid.view")
def staffing_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = _teams(request)
    gaps = text_of(request.GET, "gaps") == "1"
    context = {
        **tabs(actor, "staff"),
        "rows": [row for row in rows if row.gaps or row.findings] if gaps else rows,
        "gaps_only": gaps,
        "gaps": sum(row.gaps for row in rows),
        "people": sum(len(row.heads) + len(row.members) for row in rows),
        "count": len(rows),
        "towns": towns(actor),
        "unit": id_or_none(request.GET, "unit"),
        "day": day_or(request.GET, "day", actor.today),
    }
    return render(request, "grids/staffing.html", context)


@needs("grid.view")
def staffing_export(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    columns = [
        export.Column(_("网格编号"), 18), export.Column(_("名称"), 18), export.Column(_("岗位"), 10),
        export.Column(_("姓名"), 14), export.Column(_("电话"), 16), export.Column(_("任职日期"), 12),
        export.Column(_("接替"), 14),
    ]  # fmt: skip
    lines = (
        [
            row.version.grid.code,
            row.version.name,
            one.get_post_display(),
            one.person,
            one.phone,
            one.since,
            one.replaces.person if one.replaces else "",
        ]
        for row in _teams(request)
        for one in (*row.heads, *row.members)
    )
    return export.download(_("网格人员"), columns, lines, kind_of(request), actor.today)


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
    version = standing_version(grid, actor.today)
    context = {
        **tabs(actor, "staff"), **shown(form, FIELDS if form.form == "appoint" else ()), "grid": grid, "version": version,
        "team": team_of(version, services, actor.today) if version else None, "services": services[::-1],
        "chains": chains(services), "posts": Service.Post.choices, "today": actor.today,
        "may_edit_this": actor.may("grid.edit", grid.unit_id),
    }  # fmt: skip
    return render(request, "grids/staff.html", context, status=form.status)


def _act(request: HttpRequest, grid_id: int) -> None:
    data, act = request.POST, text_of(request.POST, "act")
    person, phone = text_of(data, "person"), text_of(data, "phone")
    if act == "appoint":
        perform(Appoint(grid_id, text_of(data, "post"), person, phone, day_of(data, "since")), context_of(request))
        return
    service, seen = whole(data, "service"), whole(data, "seen")
    if not Service.objects.filter(pk=service, grid_id=grid_id).exists():
        raise Invalid(_("这一项已不存在,请刷新页面。"), code="row.gone")
    if act == "replace":
        perform(Replace(service, seen, person, phone, day_of(data, "since")), context_of(request))
    elif act == "leave":
        perform(EndService(service, seen, day_of(data, "since")), context_of(request))
    else:
        raise Invalid(_("请求不完整,请刷新页面后重试。"))
