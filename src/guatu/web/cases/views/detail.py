"""One case, and what is done with it there."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.core.calendar.hours import instant
from guatu.web.base.actions import Action
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.cases.actions.ask_clock import AskClock
from guatu.web.cases.actions.decide_clock import DecideClock
from guatu.web.cases.actions.end_case import JoinCase, RevokeCase, UrgeCase
from guatu.web.cases.actions.give_case import GiveCase
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.models import Case
from guatu.web.cases.panels import panels_of
from guatu.web.cases.selectors.case_page import case_page
from guatu.web.cases.selectors.visible import visible
from guatu.web.cases.views.common import decimal
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import day_of, files_of, id_or_none, text_of, whole


@needs("case.view")
def case_detail(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponseBase:
    found = case_page(actor_of(request), pk, timezone.now(), language())
    if found is None:
        raise Http404
    panels = panels_of(request, found.row)
    context = {"found": found, "case": found.row, "panels": panels, **form.shown()}
    return render(request, "cases/case_detail.html", context, status=form.status)


def _act(request: HttpRequest, pk: int, form: str, action: Callable[[], Action[Case]], done: str) -> HttpResponseBase:
    def there(row: Case) -> str:
        # Who passes a confidential case on sees it no more.
        return reverse("case_detail", args=[pk]) if visible(actor_of(request)).filter(pk=pk).exists() else "case_list"

    return sent(request, action, lambda typed: case_detail(request, pk, form=typed), there, done, form)


@needs("case.view")
@require_POST
def case_move(request: HttpRequest, pk: int) -> HttpResponseBase:
    given, step = request.POST, text_of(request.POST, "step")
    fields = {name[2:]: text_of(given, name) for name in given if name.startswith("f-")}
    photos = {name[2:]: files_of(request, name) for name in request.FILES if name.startswith("f-")}
    action = MoveCase(pk, whole(given, "seen"), step, text_of(given, "move"), text_of(given, "reason"), fields, photos)
    return _act(request, pk, f"move-{step}", lambda: action, _("已提交。"))


@needs("case.edit")
@require_POST
def case_give(request: HttpRequest, pk: int) -> HttpResponseBase:
    given = request.POST
    action = GiveCase(pk, whole(given, "seen"), id_or_none(given, "unit") or 0, text_of(given, "reason"))
    return _act(request, pk, "give", lambda: action, _("已指定承办单位。"))


@needs("case.edit")
@require_POST
def case_revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    action = RevokeCase(pk, whole(request.POST, "seen"), text_of(request.POST, "reason"))
    return _act(request, pk, "revoke", lambda: action, _("已撤销。"))


@needs("case.edit")
@require_POST
def case_join(request: HttpRequest, pk: int) -> HttpResponseBase:
    action = JoinCase(pk, whole(request.POST, "seen"), id_or_none(request.POST, "into") or 0)
    return _act(request, pk, "join", lambda: action, _("已并案。"))


@needs("case.edit")
@require_POST
def case_urge(request: HttpRequest, pk: int) -> HttpResponseBase:
    action = UrgeCase(pk, whole(request.POST, "seen"), text_of(request.POST, "reason"))
    return _act(request, pk, "urge", lambda: action, _("已催办。"))


@needs("case.view")
@require_POST
def case_ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    given, step = request.POST, text_of(request.POST, "step")

    def action() -> AskClock:
        day = day_of(given, "until")
        until = instant(day, datetime.time(23, 59)) if day else None
        return AskClock(
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
def case_decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    given = request.POST
    asked = whole(given, "asked")
    grant = text_of(given, "grant") == "1"
    action = DecideClock(pk, whole(given, "seen"), asked, grant, text_of(given, "reason"))
    return _act(request, pk, f"decide-{asked}", lambda: action, _("已决定。"))
