"""Places: list with a small map, one place, and the forms that change places."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.parsing import number_of
from guatu.web.directory import forms
from guatu.web.directory.actions.change_place import ChangePlace
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.actions.end_place import EndPlace
from guatu.web.directory.models import Place, PlaceVersion
from guatu.web.directory.selectors.named import written
from guatu.web.directory.selectors.place_tree import place_tree
from guatu.web.directory.selectors.places import PLACES, around, place_page
from guatu.web.directory.selectors.rights import context_for_edit
from guatu.web.directory.values import PlaceValues
from guatu.web.directory.views.forming import FormPage, bound
from guatu.web.kit.guard import actor_of, check_may, login_required
from guatu.web.kit.table import shown
from guatu.web.kit.values import on_of

EDIT = "directory.edit"


@login_required
def place_list(request: HttpRequest) -> HttpResponse:
    found = shown(request, PLACES)
    wanted = found["wanted"]
    context = {
        **found,
        "on": wanted["on"],
        "around": around(found["list"].lines, wanted),
        "here": "places",
        "export_url": reverse("sheet_export", args=["places"]),
        **context_for_edit(actor_of(request)),
    }
    return render(request, "directory/place_list.html", context)


@login_required
def place_detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = on_of(request)
    context = {
        "on": on,
        "page": place_page(actor_of(request), pk, on),
        "here": "places",
        **context_for_edit(actor_of(request)),
    }
    return render(request, "directory/place_detail.html", context)


@login_required
def place_new(request: HttpRequest) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    page = FormPage(_("新设区域"), _("设立"), reverse("place_list"), _("区域已设立。"))
    parent = place_tree(actor_of(request).today).nodes.get(number_of(request.GET.get("parent")) or 0)
    form = bound(forms.NewPlaceForm, request, {"day": actor_of(request).today, "parent_id": written(parent)})
    return page.handle(
        request,
        form,
        lambda f: CreatePlace(f.cleaned_data["code"].strip(), _values(f, None), f.cleaned_data["day"]),
        lambda place: reverse("place", args=[place.pk]),
    )


@login_required
def place_change(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    place, version = _last_of(pk)
    page = _page(place, _("变更 %(name)s") % {"name": version.name}, _("保存变更"), _("变更已保存。"))
    parent = place_tree(actor_of(request).today).nodes.get(version.parent_id or 0)
    initial = {
        "seen": place.row_version,
        "name": version.name,
        "level": version.level,
        "parent_id": written(parent),
        "day": actor_of(request).today,
    }

    def action(form: Any) -> ChangePlace:
        return ChangePlace(pk, form.cleaned_data["seen"], _values(form, version), form.cleaned_data["day"])

    return page.handle(request, bound(forms.ChangePlaceForm, request, initial), action, lambda _place: page.back)


@login_required
def place_end(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    place, version = _last_of(pk)
    page = _page(place, _("撤销:%(name)s") % {"name": version.name}, _("撤销区域"), _("撤销已登记。"))
    page.danger = True
    form = bound(forms.EndForm, request, {"seen": place.row_version, "day": actor_of(request).today})
    return page.handle(
        request, form, lambda f: EndPlace(pk, f.cleaned_data["seen"], f.cleaned_data["day"]), lambda _p: page.back
    )


def _last_of(pk: int) -> tuple[Place, PlaceVersion]:
    place = Place.objects.filter(pk=pk).first()
    version = PlaceVersion.objects.filter(place_id=pk).order_by("-valid_from").first()
    if place is None or version is None:
        raise Http404
    return place, version


def _page(place: Place, title: str, submit: str, done: str) -> FormPage:
    page = FormPage(title, submit, reverse("place", args=[place.pk]), done)
    page.version = lambda: Place.objects.get(pk=place.pk).row_version
    return page


def _values(form: Any, last: PlaceVersion | None) -> PlaceValues:
    data = form.cleaned_data
    boundary = data["boundary"] or (last.boundary if last is not None else None)
    return PlaceValues(data["name"].strip(), data["level"], data["parent_id"], boundary)
