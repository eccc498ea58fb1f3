"""Mergers and splits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.directory.actions.merge_units import MergeUnits
from guatu.web.directory.actions.split_unit import Part, SplitUnit
from guatu.web.directory.forms import MergeForm, SplitForm
from guatu.web.directory.models import Reorganisation, Unit
from guatu.web.directory.selectors.named import written
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.values import UnitValues, unit_values
from guatu.web.directory.views.forming import FormPage, bound
from guatu.web.directory.views.unit_changes import EDIT, last_of
from guatu.web.kit.guard import actor_of, check_may, login_required
from guatu.web.kit.values import ids_in


@login_required
def unit_merge(request: HttpRequest) -> HttpResponse:
    """?units=3,7 fills in the units."""
    check_may(actor_of(request), EDIT)
    page = FormPage(_("合并单位"), _("合并"), reverse("unit_list"), _("合并已登记。"), template="directory/merge.html")
    tree = unit_tree(actor_of(request).today)
    given = ids_in(request.GET.get("units", "").split(","))
    initial: dict[str, Any] = {f"unit_{n}": written(tree.nodes.get(pk)) for n, pk in enumerate(given, 1)}
    form = bound(MergeForm, request, {"day": actor_of(request).today, "into": "first", **initial})
    return page.handle(request, form, _merge, _result)


def _merge(form: Any) -> MergeUnits:
    data, ids = form.cleaned_data, form.units()
    # A merger names its units here and now: the versions are those of this moment.
    seen = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "row_version"))
    new: UnitValues | None = None
    if data["into"] == "new" and ids:
        _unit, version = last_of(ids[0])
        new = replace(unit_values(version), name=data["name"].strip(), short_name=data["short_name"].strip())
    return MergeUnits(
        units=seen,
        into=ids[0] if ids and data["into"] == "first" else None,
        day=data["day"],
        new_code=data["code"].strip(),
        new_values=new,
        basis=data["basis"],
    )


@login_required
def unit_split(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    unit, version = last_of(pk)
    page = FormPage(
        _("拆分:%(name)s") % {"name": version.name},
        _("拆分"),
        reverse("unit", args=[pk]),
        _("拆分已登记。"),
        _("新单位的类别、上级和所在区域与原单位相同,设立后可以再变更。"),
        template="directory/split.html",
        version=lambda: Unit.objects.get(pk=pk).row_version,
    )

    def action(form: Any) -> SplitUnit:
        data = form.cleaned_data
        parts = tuple(
            Part(code.strip(), replace(unit_values(version), name=name.strip(), short_name=""))
            for code, name in form.parts()
        )
        return SplitUnit(pk, data["seen"], parts, data["stays"] == "yes", data["day"], int(data["heir"]), data["basis"])

    initial = {"seen": unit.row_version, "day": actor_of(request).today, "stays": "yes"}
    return page.handle(request, bound(SplitForm, request, initial), action, _result)


def _result(made: Reorganisation) -> str:
    """The page of the unit that is there afterwards."""
    return reverse("unit", args=[made.successions.order_by("id").values_list("new_id", flat=True)[0]])
