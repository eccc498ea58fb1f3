"""A page declared once: who may see it, its template, the list that it shows, the form that may be sent to it.

    @page("order.view", "dispatch/order_detail.html")
    def order_detail(request, pk, form=NOTHING):          what the template is given, or an answer of its own
        return {"order": ...}

    @page("order.edit", "dispatch/order_list.html", table=ORDERS, export="order_export")
    def order_list(request):                              the same beside a list
        return {"may_edit": ...}

    light_list = listed("map.view", LIGHTS, "light_export")    a list and nothing else
    light_export = exported("map.view", LIGHTS)

    @page("order.edit", "dispatch/order_new.html", sends=Sends(ISSUE, _there, first=_first))
    def order_new(request, form=NOTHING):                 a page that its own form is sent to
        return {"units": ...}

A form that could not be taken comes with its problem; whoever shows the page need not hand it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from guatu.web.base.actors import Actor
from guatu.web.kit.forms import Form
from guatu.web.kit.guard import View, actor_of, check_may, login_required, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import Table, shown, table_export
from guatu.web.kit.typed import NOTHING, Typed

Shows = Callable[..., Mapping[str, Any] | HttpResponseBase]
TABLE = "guatu_table"
"""What the view of a list says of it."""
LIST, FORM = "kit/list.html", "kit/form_page.html"
"""Templates of a list, and of a form that is a page by itself; that wants `page_title`, `intro` and a way `back`."""


@dataclass(frozen=True)
class Sends:
    """The form of a page. `to` is where it leads: the name of a page of the same row, an address made of what the
    action came to, or with "" the way `back` of the page. `first` gives what stands in it at first, `known` the fields
    of the action that are not asked for, both of the request and what the address names. `told` says more than the form
    does, when it is done."""

    form: Form[Any]
    to: str | Callable[[Any], str] = ""
    first: Callable[..., Mapping[str, Any]] = lambda request, *of: {}
    known: Callable[..., Mapping[str, Any]] = lambda request, *of: {}
    told: Callable[[HttpRequest, Any], None] = lambda request, result: None


def page(
    permission: str,
    template: str = LIST,
    table: Table[Any, Any] | None = None,
    export: str = "",
    sends: Sends | None = None,
) -> Callable[[Shows], View]:
    """The view of a page, for those who hold the permission; with "" for whoever is logged in. A list is a file at the
    same address where that names a `format`, or at the one that `export` names; one that hangs on the row of the page
    stands in `own_list` of what the page gives."""

    def decorate(gives: Shows) -> View:
        takes_form = "form" in signature(gives).parameters

        @(guarded(permission) if sends is None else _doing(permission))
        @wraps(gives)
        def view(request: HttpRequest, *args: Any, form: Typed = NOTHING, **at: Any) -> HttpResponseBase:
            of = (*args, *at.values())
            if sends is not None and form is NOTHING and request.method == "POST":
                there = sends.to or gives(request, *of)["back"]
                return _sent(request, sends, there, lambda typed: view(request, *of, form=typed), of)
            beside: dict[str, Any] = {} if table is None else _list(request, table, export)
            if sends is not None:
                first = sends.first(request, *of)
                beside |= {"page_form": sends.form, "values": first}
                form = Typed(sends.form.name, sends.form.entered(first)) if form is NOTHING else form
            given = gives(request, *of, form=form) if takes_form else gives(request, *of)
            if isinstance(given, HttpResponseBase):
                return given
            listed_here = given.get("own_list", table)
            if listed_here is not None and "format" in request.GET:
                return table_export(request, listed_here)
            if "own_list" in given:
                beside |= shown(request, given["own_list"]) | {"export_url": ""}
            return render(request, template, {**beside, **form.shown(), **given}, status=form.status)

        setattr(view, TABLE, table)
        return view

    return decorate


def guarded(permission: str) -> Callable[[View], View]:
    return needs(permission) if permission else login_required


def _doing(permission: str) -> Callable[[View], View]:
    """The same for a page on which something is done: who may not is told so."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **at: Any) -> HttpResponseBase:
            if permission:
                check_may(actor_of(request), permission)
            return view(request, *args, **at)

        return checked

    return decorate


def listed(permission: str, table: Table[Any, Any], export: str = "", template: str = LIST) -> View:
    """The page of a list and nothing else."""
    return _of(table, page(permission, template, table, export)(lambda request: {}))


def exported(permission: str, table: Table[Any, Any], sees: Callable[[Actor], object] = lambda actor: None) -> View:
    """The file of exactly what a list shows under the same address; `sees` refuses who may see none of it."""

    def view(request: HttpRequest) -> HttpResponseBase:
        sees(actor_of(request))
        return table_export(request, table)

    return _of(table, guarded(permission)(view))


def _of(table: Table[Any, Any], view: View) -> View:
    # Whose address it is: the app's, not the kit's.
    view.__module__ = table.rows.__module__
    return view


def _list(request: HttpRequest, table: Table[Any, Any], export: str) -> dict[str, Any]:
    return shown(request, table) | {"export_url": reverse(export) if export else ""}


def _sent(
    request: HttpRequest,
    sends: Sends,
    to: str | Callable[[Any], str],
    again: Callable[[Typed], HttpResponseBase],
    of: tuple[Any, ...],
) -> HttpResponseBase:
    form = sends.form
    there = reverse(to, args=of) if to == sends.to and isinstance(to, str) else to

    def leads(result: Any) -> str:
        sends.told(request, result)
        return there if isinstance(there, str) else there(result)

    return sent(request, lambda: form.read(request, **sends.known(request, *of)), again, leads, form.said, form.name)
