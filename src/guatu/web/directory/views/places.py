"""Places: list with a small map, one place, and the forms that change places."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.directory.actions.change_place import ChangePlace
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.actions.end_place import EndPlace
from guatu.web.directory.models import Place, PlaceVersion
from guatu.web.directory.selectors.places import PLACES, VERSIONS, around, place_page
from guatu.web.directory.selectors.rights import context_for_edit
from guatu.web.directory.values import PlaceValues, place_values
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import FORM, Sends, page
from guatu.web.kit.record import of_form, stored
from guatu.web.kit.table import shown
from guatu.web.kit.values import id_or_none, on_of

EDIT = "directory.edit"


@page("", "directory/place_list.html")
def place_list(request: HttpRequest) -> dict[str, Any]:
    found = shown(request, PLACES)
    wanted = found["wanted"]
    return {
        **found,
        "on": wanted["on"],
        "around": around(found["list"].lines, wanted),
        "export_url": reverse("sheet_export", args=["places"]),
        **context_for_edit(actor_of(request)),
    }


@page("", "directory/place_detail.html")
def place_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    on = on_of(request)
    found = place_page(actor_of(request), pk, on)
    return {"on": on, "page": found, "version_columns": VERSIONS, **context_for_edit(actor_of(request))}


CREATE = Form("place", "", CreatePlace, button=_("设立"), icon="", said=_("区域已设立。"))
CHANGE = Form("place", "", ChangePlace, button=_("保存变更"), icon="", said=_("变更已保存。"))
END = Form(
    "place",
    "",
    EndPlace,
    button=_("撤销区域"),
    icon="",
    css="btn-danger",
    said=_("撤销已登记。"),
)


def _parent(request: HttpRequest) -> dict[str, Any]:
    return {"day": actor_of(request).today, "parent_id": id_or_none(request.GET, "parent")}


@page(EDIT, FORM, sends=Sends(CREATE, lambda place: reverse("place", args=[place.pk]), first=_parent))
def place_new(request: HttpRequest) -> dict[str, Any]:
    return {"page_title": _("新设区域"), "back": reverse("place_list")}


def _as_it_is(request: HttpRequest, pk: int) -> dict[str, Any]:
    place, version = _last_of(pk)
    return {**stored(place_values(version)), "seen": place.row_version, "day": actor_of(request).today}


def _changed(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Without a file the boundary stays."""
    values = of_form(PlaceValues, request)
    kept = replace(values, boundary=values.boundary or _last_of(pk)[1].boundary)
    return {"place_id": pk, "values": kept}


@page(EDIT, FORM, sends=Sends(CHANGE, first=_as_it_is, known=_changed))
def place_change(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"page_title": _("变更 %(name)s") % {"name": _name(pk)}, "back": reverse("place", args=[pk])}


def _end(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"seen": _last_of(pk)[0].row_version, "day": actor_of(request).today}


@page(EDIT, FORM, sends=Sends(END, first=_end, known=lambda request, pk: {"place_id": pk}))
def place_end(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"page_title": _("撤销:%(name)s") % {"name": _name(pk)}, "back": reverse("place", args=[pk])}


def _name(pk: int) -> str:
    return _last_of(pk)[1].name


def _last_of(pk: int) -> tuple[Place, PlaceVersion]:
    place = Place.objects.filter(pk=pk).first()
    version = PlaceVersion.objects.filter(place_id=pk).order_by("-valid_from").first()
    if place is None or version is None:
        raise Http404
    return place, version
