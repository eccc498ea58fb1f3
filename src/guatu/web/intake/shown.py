"""What a file comes to, as tables: shapes of land, and rows of a sheet that can be taken in."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _

from guatu.web.kit.table import Column, number, text

SHAPES: tuple[Column[dict[str, Any]], ...] = (
    number("row", _("图斑序号"), lambda one: one["row"]),
    text("number", _("编号"), lambda one: one["number"], head=True),
    text("state", _("位置"), lambda one: one["state"], template="intake/_state.html"),
    number("area", _("面积(平方米)"), lambda one: one["area"], shown=lambda one: floatformat(one["area"], 0)),
    text("change", _("变化"), lambda one: " → ".join(map(str, one["states"]))),
    text("dates", _("时相"), lambda one: " → ".join(map(str, one["dates"])), css="text-nowrap"),
    text("pictures", _("照片"), lambda one: " ".join(map(str, one["pictures"]))),
)
SAMPLE: tuple[Column[dict[str, Any]], ...] = (
    number("row", _("行"), lambda one: one["row"]),
    text("class", _("类别"), lambda one: one["class"]),
    text("text", _("情况描述"), lambda one: one["text"]),
    text("place", _("地点"), lambda one: one["place"]),
)
