"""One case, and what is done with it there."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.core.calendar.hours import instant
from guatu.web.base.actions import Action, perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.models import Case
from guatu.web.cases.panels import panels_of
from guatu.web.cases.selectors.case_page import case_page
from guatu.web.cases.views.common import decimal
from guatu.web.cases.wording import is_file
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import day_of, files_of, text_of, whole


@needs("case.view")
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, Typed())


def _page(request: HttpRequest, pk: int, form: Typed) -> HttpResponse:
    found = case_page(actor_of(request), pk, timezone.now(), language())
    if found is None:
        raise Http404
    panels = panels_of(request, found.row)
    context = {"found": found, "case": found.row, "panels": panels, **form.shown()}
    return render(request, "cases/case_detail.html", context, status=form.status)


def _act(request: HttpRequest, pk: int, form: str, action: Action[Case], done: str) -> HttpResponse:
    """Performs an action; where it is refused, the page with what was typed and why."""
    try:
        perform(action, context_of(request))
    except Problem as problem:
        return _page(request, pk, typed(request, form, problem))
    messages.success(request, done)
    return redirect("case_detail", pk)


@needs("case.view")
@require_POST
def case_move(request: HttpRequest, pk: int) -> HttpResponse:
    given, step = request.POST, text_of(request.POST, "step")
    fields = {name[2:]: text_of(given, name) for name in given if name.startswith("f-")}
    photos = {
        name[2:]: files_of(request, name) for name in request.FILES if name.startswith("f-") and is_file(name[2:])
    }
    action = MoveCase(pk, whole(given, "seen"), step, text_of(given, "move"), text_of(given, "reason"), fields, photos)
    return _act(request, pk, f"move-{step}", action, _("已提交。"))


@needs("case.view")
@require_POST
def case_ask(request: HttpRequest, pk: int) -> HttpResponse:
    given, step = request.POST, text_of(request.POST, "step")
    try:
        day = day_of(given, "until")
    except Problem as problem:
        return _page(request, pk, typed(request, f"ask-{step}", problem))
    until = instant(day, datetime.time(23, 59)) if day else None
    action = AskClock(
        pk,
        whole(given, "seen"),
        step,
        text_of(given, "kind"),
        text_of(given, "reason"),
        decimal(given, "amount"),
        until,
    )
    return _act(request, pk, f"ask-{step}", action, _("申请已提交,等待决定。"))


@needs("case.view")
@require_POST
def case_decide(request: HttpRequest, pk: int) -> HttpResponse:
    given = request.POST
    asked = whole(given, "asked")
    grant = text_of(given, "grant") == "1"
    action = DecideClock(pk, whole(given, "seen"), asked, grant, text_of(given, "reason"))
    return _act(request, pk, f"decide-{asked}", action, _("已决定。"))
