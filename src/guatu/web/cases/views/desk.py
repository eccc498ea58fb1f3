"""The case desk: the queue with its map, the export of what it shows, assigning several at once, a new case."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actions import by_content, perform
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.cases.actions.assign_cases import AssignCases
from guatu.web.cases.actions.open_case import case_of_form, check_may_open, may_open, source_of
from guatu.web.cases.position import frame
from guatu.web.cases.selectors.classes import class_groups
from guatu.web.cases.selectors.points import plain_map
from guatu.web.cases.selectors.queue import CASES, MINE
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import shown, table_export, table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import files_of, id_or_none, seen_rows


@needs("case.view")
def case_list(request: HttpRequest) -> HttpResponseBase:
    """The queue; the form that assigns is sent here as well, so that its links hold where it comes back."""
    return case_assign(request) if request.method == "POST" else _queue(request)


def _queue(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    actor, found = actor_of(request), shown(request, CASES)
    context = {
        **found,
        "map": plain_map(found["list"].lines, actor.today),
        "may_assign": actor.may("case.edit"),
        "may_open": may_open(actor),
        "all_units": [(node.id, "　" * depth + node.name) for depth, node in unit_tree(actor.today).walk()],
        "export_url": reverse("case_export"),
        "problem": problem,
    }
    return render(request, "cases/case_list.html", context, status=problem.status if problem else 200)


@needs("case.view")
def case_export(request: HttpRequest) -> HttpResponseBase:
    """What the list shows, of all its pages; nobody's name or telephone."""
    return table_export(request, CASES)


@needs("case.edit")
@require_POST
def case_assign(request: HttpRequest) -> HttpResponse:
    """The chosen cases to one unit; each comes with the version that was seen."""
    try:
        done = perform(
            AssignCases(tuple(seen_rows(request.POST.getlist("case"))), id_or_none(request.POST, "unit") or 0),
            context_of(request),
        )
    except Problem as problem:
        return _queue(request, problem)
    messages.success(request, ngettext("已派遣 %(n)d 件。", "已派遣 %(n)d 件。", len(done)) % {"n": len(done)})
    return redirect(f"{reverse('case_list')}?{request.GET.urlencode()}")


@needs("case.view")
def case_mine(request: HttpRequest) -> HttpResponseBase:
    """Cards for the telephone of whoever handles: what is due first."""
    return table_page(request, MINE, "cases/case_mine.html")


@needs("case.view")
def case_new(request: HttpRequest) -> HttpResponse:
    """The form of the hotline clerk, the collector, or a unit that registers a matter."""
    actor = actor_of(request)
    check_may_open(actor)
    if request.method != "POST":
        return _form(request, Typed())
    return sent(
        request,
        lambda: case_of_form(request.POST, files_of(request, "photo"), source_of(actor)),
        partial(_form, request),
        lambda case: reverse("case_detail", args=[case.pk]),
        lambda case: _("已登记,查询码 %(code)s。") % {"code": case.code},
        "new",
        by_content,
    )


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    today = actor_of(request).today
    context = {"groups": class_groups(language()), "map": plain_map([], today), "frame": frame(today), **form.shown()}
    return render(request, "cases/case_new.html", context, status=form.status)
