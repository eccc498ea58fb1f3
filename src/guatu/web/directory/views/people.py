"""People: list, one person, and the forms that change people and posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.directory.actions.add_post import AddPost
from guatu.web.directory.actions.end_post import EndPost
from guatu.web.directory.actions.save_person import SavePerson
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.people import PEOPLE, POSTS, person_page
from guatu.web.directory.selectors.rights import context_for_edit
from guatu.web.kit.forms import SAVE, Form
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import FORM, Sends, page
from guatu.web.kit.table import shown
from guatu.web.kit.values import id_or_none, on_of

EDIT = "directory.edit"


@page("", "directory/person_list.html")
def person_list(request: HttpRequest) -> dict[str, Any]:
    found = shown(request, PEOPLE)
    return {
        **found,
        "on": found["wanted"]["on"],
        "export_url": reverse("sheet_export", args=["people"]),
        **context_for_edit(actor_of(request)),
    }


@page("", "directory/person_detail.html")
def person_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    found = person_page(actor_of(request), pk, on_of(request))
    return {"page": found, "post_columns": POSTS, **context_for_edit(actor_of(request))}


def _form(action: Any, said: Any, button: Any = SAVE) -> Form[Any]:
    return Form("person", "", action, button=button, icon="", said=said)


@page(
    EDIT,
    FORM,
    sends=Sends(
        _form(SavePerson, _("已保存,请再登记任职。")),
        lambda person: reverse("person", args=[person.pk]),
        known=lambda request: {"user_id": None, "person_id": None, "seen": 0},
    ),
)
def person_new(request: HttpRequest) -> dict[str, Any]:
    return {"page_title": _("新增人员"), "back": reverse("person_list")}


@page(
    EDIT,
    FORM,
    sends=Sends(
        _form(SavePerson, _("已保存。")),
        first=lambda request, pk: _as_it_is(pk),
        known=lambda request, pk: {"user_id": _person(pk).user_id, "person_id": pk},
    ),
)
def person_change(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"page_title": _("修改 %(name)s") % {"name": _person(pk).name}, "back": reverse("person", args=[pk])}


def _as_it_is(pk: int) -> dict[str, Any]:
    person = _person(pk)
    return {"seen": person.row_version, "full_name": person.name, "phone": person.phone}


@page(
    EDIT,
    FORM,
    sends=Sends(
        _form(AddPost, _("任职已登记。"), _("登记")),
        first=lambda request, pk: {"day": actor_of(request).today, "unit_id": id_or_none(request.GET, "unit")},
        known=lambda request, pk: {"person_id": pk},
    ),
)
def post_add(request: HttpRequest, pk: int) -> dict[str, Any]:
    """?unit=3 fills in the unit."""
    return {"page_title": _("登记任职:%(name)s") % {"name": _person(pk).name}, "back": reverse("person", args=[pk])}


@page(
    EDIT,
    FORM,
    sends=Sends(
        _form(EndPost, _("离任已登记。"), _("登记离任")),
        first=lambda request, pk: {"day": actor_of(request).today},
        known=lambda request, pk: {"post_id": pk},
    ),
)
def post_end(request: HttpRequest, pk: int) -> dict[str, Any]:
    post = _post(pk)
    return {
        "page_title": _("离任:%(name)s %(title)s") % {"name": post.person.name, "title": post.title},
        "back": reverse("person", args=[post.person_id]),
    }


def _post(pk: int) -> Post:
    return get_object_or_404(Post.objects.select_related("person"), pk=pk)


def _person(pk: int) -> Person:
    return get_object_or_404(Person, pk=pk)
