"""The page of the duty list: rows, what is wrong with them, and a class and place to try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.library import library
from guatu.web.cases.routing import Matter
from guatu.web.directory.selectors.units import place_choices, unit_choices
from guatu.web.dispatch.views.supervision import Typed, actor_of, typed
from guatu.web.duties.actions.add_duty import PERMISSION, AddDuty
from guatu.web.duties.actions.end_duty import EndDuty
from guatu.web.duties.selectors.listing import DutyFilter, Tried, faults, listed, tried
from guatu.web.duties.values import DutyValues
from guatu.web.ledger.views.common import language, needs
from guatu.web.ledger.views.fields import day_of, id_or_none, text_of, whole


@needs("directory.view")
def duty_list(request: HttpRequest) -> HttpResponse:
    return _page(request, Typed())


def _page(request: HttpRequest, form: Typed) -> HttpResponse:
    actor = actor_of(request)
    wanted = DutyFilter.of(request.GET)
    context = {
        "found": listed(actor.today, wanted, language()),
        "faults": faults(actor.today, language()),
        "wanted": wanted,
        "tried": _tried(request),
        "try_class": text_of(request.GET, "try_class")[:40],
        "try_place": id_or_none(request.GET, "try_place"),
        "may_edit": actor.may(PERMISSION),
        "packs": _packs(),
        "units": unit_choices(actor.today),
        "places": place_choices(actor.today),
        "today": actor.today,
        **form.shown(),
    }
    return render(request, "duties/duty_list.html", context, status=form.status)


def _packs() -> list[tuple[str, str]]:
    en = language() == "en"
    titles = {name: loaded.pack.manifest.title for name, loaded in library().packs.items()}
    return [(name, title.en if en else title.zh) for name, title in titles.items()]


def _tried(request: HttpRequest) -> Tried | None:
    code = text_of(request.GET, "try_class")[:40]
    if not code:
        return None
    place = id_or_none(request.GET, "try_place")
    known = next((name for name in library().packs if library().class_row(name, code) is not None), "")
    return tried(Matter(known, code, place, actor_of(request).today), language())


@needs(PERMISSION)
@require_POST
def duty_add(request: HttpRequest) -> HttpResponse:
    given = request.POST
    try:
        day, unit = day_of(given, "day"), id_or_none(given, "unit")
        if day is None:
            raise Invalid(_("请填写生效日期。"), field="day")
        if unit is None:
            raise Invalid(_("请从列表中选择承办单位。"), field="unit")
        values = DutyValues(
            text_of(given, "pack")[:80], text_of(given, "class_code")[:40], id_or_none(given, "place"), unit, day,
            day_of(given, "until"), text_of(given, "source")[:200],
        )  # fmt: skip
        perform(AddDuty(values), context_of(request))
    except Problem as problem:
        return _page(request, typed(request, "add", problem))
    messages.success(request, _("已增加。"))
    return redirect("duty_list")


@needs(PERMISSION)
@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        day = day_of(request.POST, "day") or actor_of(request).today
        perform(EndDuty(pk, whole(request.POST, "seen"), day), context_of(request))
    except Problem as problem:
        return _page(request, typed(request, "end", problem))
    messages.success(request, _("已停用。"))
    return redirect("duty_list")
