"""Circulars and monthly reports: the list, the sheet of paper with its figures, texts and files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.adapters.writers.official import official_document, table_book
from guatu.adapters.writers.official.paper_page import paper
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_texts import HEAD_FIELDS, document, sections, shown_tables
from guatu.web.dispatch.selectors.circulars import (
    CIRCULARS,
    check_may_see,
    periods_to_tell,
    visible_circular,
)
from guatu.web.kit.downloads import DOCX, XLSX, attached
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import text_of, whole


@needs("plan.view")
def circular_list(request: HttpRequest) -> HttpResponseBase:
    """All circulars and reports; those who write them make a new one here."""
    check_may_see(actor_of(request))
    if request.method != "POST":
        return _list(request)
    return sent(
        request,
        lambda: Form("make", "circular_list", MakeCircular).read(request),
        lambda form: _list(request, form),
        lambda made: reverse("circular_detail", args=[made.pk]),
        form="make",
    )


def _list(request: HttpRequest, form: Typed = NOTHING) -> HttpResponseBase:
    may_edit = actor_of(request).may("circular.edit")
    context = {
        "kinds": Circular.Kind.choices,
        "periods": periods_to_tell() if may_edit else [],
        "may_edit": may_edit,
        **form.shown(),
    }
    return table_page(request, CIRCULARS, "dispatch/circular_list.html", context, form.status)


@needs("plan.view")
def circular_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponse:
    """The paper as it would be printed; beside it, for a draft, its texts."""
    actor = actor_of(request)
    circular = visible_circular(actor, pk)
    typed_texts = form.values if form.form == "edit" else {}
    fields = [
        (section.key, section.heading or _("开头"), typed_texts.get(section.key, circular.texts.get(section.key, "")))
        for section in sections(circular.kind)
    ]
    heads = {name: typed_texts.get(name, circular.texts.get(name, "")) for name in HEAD_FIELDS}
    context = {
        "circular": circular,
        "paper": paper(document(circular, actor.today)),
        "why": circular.body["reasons"],
        "how": circular.body["how"],
        "on": circular.body["on"],
        "fields": fields,
        "heads": heads,
        "title": typed_texts.get("title", circular.title),
        "may_edit": actor.may("circular.edit") and circular.state == Circular.State.DRAFT,
        **form.shown(),
    }
    return render(request, "dispatch/circular_detail.html", context, status=form.status)


@needs("circular.edit")
@require_POST
def circular_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    circular = visible_circular(actor_of(request), pk)
    given = request.POST
    names = (*HEAD_FIELDS, *(section.key for section in sections(circular.kind)))
    texts = {name: text_of(given, name) for name in names if name in given}
    return sent(
        request,
        lambda: EditCircular(pk, whole(given, "seen"), text_of(given, "title"), texts),
        lambda form: circular_detail(request, pk, form=form),
        reverse("circular_detail", args=[pk]),
        form="edit",
    )


def _issued(circular: Circular) -> str:
    return _("已印发,编号 %(number)s,内容不再改动。") % {"number": circular.number}


circular_issue = posted(
    Form("issue", "circular_issue", IssueCircular, said=_issued),
    "circular.edit",
    circular_detail,
    "circular_detail",
    sees=lambda request, pk: visible_circular(actor_of(request), pk),
)


@needs("plan.view")
def circular_docx(request: HttpRequest, pk: int) -> HttpResponse:
    circular = visible_circular(actor_of(request), pk)
    data = official_document(document(circular, actor_of(request).today))
    return attached(data, f"{_name(circular)}.docx", DOCX)


@needs("plan.view")
def circular_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    circular = visible_circular(actor_of(request), pk)
    return attached(table_book(circular.title, shown_tables(circular)), f"{_name(circular)}.xlsx", XLSX)


def _name(circular: Circular) -> str:
    plain = (circular.number or circular.title).replace("/", "_").replace("\\", "_")
    return plain if circular.number else f"{plain}({circular.get_state_display()})"
