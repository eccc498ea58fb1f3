"""Fixed borders of a town: rivers, railways, borders of villages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.dated import on_day
from guatu.web.grids.actions.set_fixed_border import EndFixedBorder, SetFixedBorder
from guatu.web.grids.drawing import line_of
from guatu.web.grids.models import FixedBorder, Grid
from guatu.web.grids.selectors.maps import draw
from guatu.web.grids.selectors.standing import fixed_lines, town_shape, towns
from guatu.web.grids.views.common import asked_town, must_edit, text_or_file
from guatu.web.grids.views.lists import versions_drawn
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.values import text_of


def _of_town(border: FixedBorder) -> str:
    return f"{reverse('grid_borders')}?unit={border.unit_id}"


def _drawn(request: HttpRequest) -> dict[str, Any]:
    line = line_of(text_or_file(request, "line"))
    unit, title = asked_town(request) or 0, text_of(request.POST, "name")
    return {"unit_id": unit, "title": title, "line": line, "day": actor_of(request).today}


@page(
    "grid.edit",
    "grids/borders.html",
    sends=Sends(Form("border", "", SetFixedBorder, said=_("已保存固定边界。")), _of_town, known=_drawn),
)
def borders(request: HttpRequest) -> dict[str, Any]:
    actor, unit = actor_of(request), asked_town(request)
    context: dict[str, Any] = {"towns": towns(actor, "grid.edit"), "unit": unit}
    if unit is not None:
        things = versions_drawn(actor.today, unit, Grid.Kind.DUTY)
        context["map"] = draw(things, town_shape(unit, actor.today), fixed_lines(unit, actor.today))
        context["rows"] = FixedBorder.objects.filter(on_day(actor.today), unit_id=unit).order_by("name", "id")
    return context


def _edits(request: HttpRequest, pk: int) -> None:
    must_edit(actor_of(request), get_object_or_404(FixedBorder, pk=pk).unit_id)


border_end = posted(
    Form("end", "fixedborder_end", EndFixedBorder, said=_("已停用固定边界。")), "grid.edit", None, _of_town, sees=_edits
)
