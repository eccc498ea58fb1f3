"""Fixed borders of a town: rivers, railways, borders of villages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.dated import on_day
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.grids.actions.set_fixed_border import EndFixedBorder, SetFixedBorder
from guatu.web.grids.drawing import line_of
from guatu.web.grids.models import FixedBorder, Grid
from guatu.web.grids.selectors.maps import draw
from guatu.web.grids.selectors.standing import fixed_lines, town_shape, towns
from guatu.web.grids.views.common import must_edit, shown, tabs, text_or_file, town_of
from guatu.web.grids.views.lists import versions_drawn
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import text_of

FIELDS = ("name", "line")


@needs("grid.edit")
def borders(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    unit = town_of(request, request.POST if request.method == "POST" else request.GET)
    form = Typed()
    if request.method == "POST":
        try:
            line = line_of(text_or_file(request, "line"))
            action = SetFixedBorder(unit or 0, text_of(request.POST, "name"), line, actor.today)
            perform(action, context_of(request))
        except Problem as problem:
            form = typed(request, "border", problem)
        else:
            messages.success(request, _("已保存固定边界。"))
            return redirect(f"{reverse('grid_borders')}?unit={unit}")
    context = {**tabs(actor, "fixed"), **shown(form, FIELDS), "towns": towns(actor, "grid.edit"), "unit": unit}
    if unit is not None:
        things = versions_drawn(actor.today, unit, Grid.Kind.DUTY)
        context["map"] = draw(things, town_shape(unit, actor.today), fixed_lines(unit, actor.today))
        context["rows"] = FixedBorder.objects.filter(on_day(actor.today), unit_id=unit).order_by("name", "id")
    return render(request, "grids/borders.html", context, status=form.status)


def _edits(request: HttpRequest, pk: int) -> None:
    must_edit(actor_of(request), get_object_or_404(FixedBorder, pk=pk).unit_id)


border_end = posted(
    Form("end", "fixedborder_end", EndFixedBorder, said=lambda border: _("已停用固定边界。")),
    "grid.edit",
    None,
    lambda border: f"{reverse('grid_borders')}?unit={border.unit_id}",
    sees=_edits,
)
