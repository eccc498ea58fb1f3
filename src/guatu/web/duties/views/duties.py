"""The page of the duty list: rows, what is wrong with them, and a class and place to try."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.language import language
from guatu.web.cases.library import library
from guatu.web.directory.selectors.units import place_choices, unit_choices
from guatu.web.duties.actions.keep_duties import PERMISSION, AddDuty, DutyValues, EndDuty
from guatu.web.duties.selectors.duties import DUTIES, TRIED, duty_list, faults, tried
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import shown
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, id_or_none, text_of, whole


@needs("directory.view")
def duty_list_page(request: HttpRequest) -> HttpResponse:
    return _page(request, Typed())


def _page(request: HttpRequest, form: Typed) -> HttpResponse:
    today, words, code = actor_of(request).today, language(), text_of(request.GET, "try_class")[:40]
    known, packs = duty_list(today), library().packs.items()
    context = {
        **shown(request, DUTIES),
        "faults": faults(known, words),
        "tried": tried(known, code, id_or_none(request.GET, "try_place")) if code else None,
        "tried_columns": TRIED,
        "may_edit": actor_of(request).may(PERMISSION),
        "packs": [(name, getattr(one.pack.manifest.title, words)) for name, one in packs],
        "units": unit_choices(today),
        "places": place_choices(today),
        "export_url": reverse("sheet_export", args=["duties"]),
        **form.shown(),
    }
    return render(request, "duties/duty_list.html", context, status=form.status)


@needs(PERMISSION)
@require_POST
def duty_add(request: HttpRequest) -> HttpResponse:
    given = request.POST

    def action() -> AddDuty:
        what = (text_of(given, "pack")[:80], text_of(given, "class_code")[:40], id_or_none(given, "place"))
        days = (day_of(given, "day"), day_of(given, "until"))
        return AddDuty(DutyValues(*what, id_or_none(given, "unit"), *days, text_of(given, "source")[:200]))

    return sent(request, action, partial(_page, request), "duty_list", _("已增加。"), "add")


@needs(PERMISSION)
@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    def action() -> EndDuty:
        return EndDuty(pk, whole(request.POST, "seen"), day_of(request.POST, "day") or actor_of(request).today)

    return sent(request, action, partial(_page, request), "duty_list", _("已停用。"), "end")
