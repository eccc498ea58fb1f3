"""People and their posts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.parsing import number_of
from guatu.web.directory import forms
from guatu.web.directory.actions.add_post import AddPost
from guatu.web.directory.actions.end_post import EndPost
from guatu.web.directory.actions.save_person import SavePerson
from guatu.web.directory.models import Person, Post
from guatu.web.directory.selectors.named import written
from guatu.web.directory.selectors.people import PEOPLE, person_page
from guatu.web.directory.selectors.rights import context_for_edit
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.directory.views.forming import FormPage, bound
from guatu.web.kit.guard import actor_of, check_may, login_required
from guatu.web.kit.table import shown
from guatu.web.kit.values import on_of

EDIT = "directory.edit"


@login_required
def person_list(request: HttpRequest) -> HttpResponse:
    found = shown(request, PEOPLE)
    context = {
        **found,
        "on": found["wanted"]["on"],
        "here": "people",
        "export_url": reverse("sheet_export", args=["people"]),
        **context_for_edit(actor_of(request)),
    }
    return render(request, "directory/person_list.html", context)


@login_required
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    on = on_of(request)
    context = {"on": on, "page": person_page(actor_of(request), pk, on), "here": "people"}
    return render(request, "directory/person_detail.html", context | context_for_edit(actor_of(request)))


@login_required
def person_new(request: HttpRequest) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    page = FormPage(_("新增人员"), _("保存"), reverse("person_list"), _("已保存,请再登记任职。"))
    return page.handle(
        request,
        bound(forms.PersonForm, request),
        lambda f: SavePerson(f.cleaned_data["full_name"], f.cleaned_data["phone"]),
        lambda person: reverse("person", args=[person.pk]),
    )


@login_required
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    person = _person(pk)
    page = FormPage(_("修改 %(name)s") % {"name": person.name}, _("保存"), reverse("person", args=[pk]), _("已保存。"))
    page.version = lambda: Person.objects.get(pk=pk).row_version
    initial = {"seen": person.row_version, "full_name": person.name, "phone": person.phone}
    return page.handle(
        request,
        bound(forms.ChangePersonForm, request, initial),
        lambda f: SavePerson(
            f.cleaned_data["full_name"], f.cleaned_data["phone"], person.user_id, pk, f.cleaned_data["seen"]
        ),
        lambda _person: page.back,
    )


@login_required
def post_add(request: HttpRequest, pk: int) -> HttpResponse:
    """?unit=3 fills in the unit."""
    check_may(actor_of(request), EDIT)
    person = _person(pk)
    page = FormPage(
        _("登记任职:%(name)s") % {"name": person.name}, _("登记"), reverse("person", args=[pk]), _("任职已登记。")
    )
    unit = unit_tree(actor_of(request).today).nodes.get(number_of(request.GET.get("unit")) or 0)
    form = bound(forms.PostForm, request, {"day": actor_of(request).today, "unit_id": written(unit)})
    return page.handle(
        request,
        form,
        lambda f: AddPost(pk, f.cleaned_data["unit_id"], f.cleaned_data["title"], f.cleaned_data["day"]),
        lambda _post: page.back,
    )


@login_required
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    check_may(actor_of(request), EDIT)
    post = get_object_or_404(Post.objects.select_related("person"), pk=pk)
    page = FormPage(
        _("离任:%(name)s %(title)s") % {"name": post.person.name, "title": post.title},
        _("登记离任"),
        reverse("person", args=[post.person_id]),
        _("离任已登记。"),
    )
    form = bound(forms.EndPostForm, request, {"day": actor_of(request).today})
    return page.handle(request, form, lambda f: EndPost(pk, f.cleaned_data["day"]), lambda _post: page.back)


def _person(pk: int) -> Person:
    return get_object_or_404(Person, pk=pk)
