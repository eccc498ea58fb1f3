"""Staffing: who is head or member where, gaps, replacements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import Action
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.grids.actions.staff import Appoint, EndService, Replace
from guatu.web.grids.models import Service
from guatu.web.grids.selectors.staffing import PEOPLE, RELIEF, SERVICES, TEAMS, chains, services_of, team_of
from guatu.web.grids.views.common import grid_of, must_edit, standing_version
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import exported, listed, page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import day_of, text_of, whole

staffing_list = listed("grid.view", TEAMS, "staffing_export")
staffing_export = exported("grid.view", PEOPLE)


@page("grid.view", "grids/staff.html")
def grid_staff(request: HttpRequest, pk: int, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    """The people of a grid, from the first to those of today; each form is sent here."""
    actor, grid = actor_of(request), grid_of(request, pk)
    if request.method == "POST" and form is NOTHING:
        must_edit(actor, grid.unit_id)
        return sent(
            request,
            lambda: _asked(request, grid.pk),
            lambda form: grid_staff(request, pk, form=form),
            reverse("grid_staff", args=[pk]),
            form=text_of(request.POST, "act"),
        )
    first = {"typed": {"since": actor.today.isoformat(), "post": Service.Post.MEMBER}} if form is NOTHING else {}
    services = services_of([grid.pk])
    version, may_edit = standing_version(grid, actor.today), actor.may("grid.edit", grid.unit_id)
    return {
        **first,
        "grid": grid,
        "version": version,
        "team": team_of(version, services, actor.today) if version else None,
        "services": services[::-1],
        "columns": (*SERVICES, RELIEF) if may_edit else SERVICES,
        "chains": chains(services),
        "posts": Service.Post.choices,
        "today": actor.today,
        "may_edit_this": may_edit,
    }


def _asked(request: HttpRequest, grid_id: int) -> Action[Service]:
    act = text_of(request.POST, "act")
    if act == "appoint":
        return Form(act, "", Appoint).read(request, grid_id=grid_id)
    service = whole(request.POST, "service")
    found(Service, service, grid_id=grid_id)
    since = day_of(request.POST, "since")
    if act == "replace":
        return Form(act, "", Replace).read(request, service_id=service, on=since)
    if act == "leave":
        return Form(act, "", EndService).read(request, service_id=service, until=since)
    raise Invalid(_("请求不完整,请刷新页面后重试。"))
