"""Circulars and monthly reports: the list, the sheet of paper with its figures, texts and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.adapters.writers.official import official_document, table_book
from guatu.adapters.writers.official.paper_page import paper
from guatu.core.calendar.keys import span_of
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.issue_circular import IssueCircular
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.models import Circular
from guatu.web.dispatch.selectors.circular_texts import HEAD_FIELDS, SECTIONS, document, sections, shown_tables
from guatu.web.dispatch.selectors.circulars import (
    CIRCULARS,
    check_may_see,
    periods_to_tell,
    visible_circular,
)
from guatu.web.kit.downloads import DOCX, XLSX, attached
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.pages import Sends, page
from guatu.web.kit.values import text_of

MAKE = Form("make", "circular_list", MakeCircular)


@page(
    "plan.view",
    "dispatch/circular_list.html",
    CIRCULARS,
    sends=Sends(MAKE, lambda made: reverse("circular_detail", args=[made.pk])),
)
def circular_list(request: HttpRequest) -> dict[str, Any]:
    """All circulars and reports; those who write them make a new one here."""
    check_may_see(actor_of(request))
    may_edit = actor_of(request).may("circular.edit")
    return {
        "kinds": Circular.Kind.choices,
        "periods": periods_to_tell() if may_edit else [],
        "may_edit": may_edit,
    }


@page("plan.view", "dispatch/circular_detail.html")
def circular_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The paper as it would be printed; beside it, for a draft, its texts."""
    actor = actor_of(request)
    circular = visible_circular(actor, pk)
    fields = [
        (section.key, section.heading or _("开头"), circular.texts.get(section.key, ""))
        for section in sections(circular.kind)
    ]
    return {
        "circular": circular,
        "paper": paper(document(circular, actor.today)),
        "why": circular.body["reasons"],
        "how": circular.body["how"],
        "on": circular.body["on"],
        "fields": fields,
        "may_edit": actor.may("circular.edit") and circular.state == Circular.State.DRAFT,
    }


def _sees(request: HttpRequest, pk: int) -> None:
    visible_circular(actor_of(request), pk)


def _texts(request: HttpRequest) -> dict[str, Any]:
    names = (*HEAD_FIELDS, *(section.key for some in SECTIONS.values() for section in some))
    return {"texts": {name: text_of(request.POST, name) for name in names if name in request.POST}}


def _issued(circular: Circular) -> str:
    return _("已印发,编号 %(number)s,内容不再改动。") % {"number": circular.number}


EDIT = Form("edit", "circular_edit", EditCircular)
ISSUE = Form("issue", "circular_issue", IssueCircular, said=_issued)
circular_edit = posted(EDIT, "circular.edit", circular_detail, "circular_detail", known=_texts, sees=_sees)
circular_issue = posted(ISSUE, "circular.edit", circular_detail, "circular_detail", sees=_sees)


@needs("plan.view")
def circular_docx(request: HttpRequest, pk: int) -> HttpResponse:
    circular = visible_circular(actor_of(request), pk)
    data = official_document(document(circular, actor_of(request).today))
    return attached(data, f"{_name(circular)}.docx", DOCX)


@needs("plan.view")
def circular_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    circular = visible_circular(actor_of(request), pk)
    day = span_of(circular.body["on"])[0]
    return attached(table_book(circular.title, shown_tables(circular), day), f"{_name(circular)}.xlsx", XLSX)


def _name(circular: Circular) -> str:
    plain = (circular.number or circular.title).replace("/", "_").replace("\\", "_")
    return plain if circular.number else f"{plain}({circular.get_state_display()})"
