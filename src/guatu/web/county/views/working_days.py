"""The working calendar: a year at a glance, days of the county's own, and whether the year's notice is there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.core.kernel.finding import Language
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.models import Setting
from guatu.web.base.selectors.settings import VIEW
from guatu.web.base.settings import RULES
from guatu.web.county.actions.keep_days import AddDays, AnnounceYear, RemoveDay
from guatu.web.county.selectors.days import YEARS, year_page
from guatu.web.kit.forms import Form, by_name
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import id_or_none

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "zh": ("一", "二", "三", "四", "五", "六", "日"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}
ADD = Form(
    "add", "calendar_add", AddDays, button=_("登记"), icon="plus", said=_("已登记。"), box="row g-2 align-items-end"
)
REMOVE = Form("remove", "calendar_remove", RemoveDay, button=_("删除"), icon="trash", css="btn-sm", said=_("已删除。"))
ANNOUNCE = Form(
    "announce",
    "calendar_announce",
    AnnounceYear,
    button=_("全年已录入"),
    icon="check",
    said=_("已确认,这一年算出的日期不再标为暂定。"),
    box="row g-2 align-items-end",
)


@needs(VIEW)
def calendar_year(request: HttpRequest, year: int | None = None, form: Typed = NOTHING) -> HttpResponseBase:
    """The year of the address, or that of `?year=`, or this one."""
    actor = actor_of(request)
    wanted = year or id_or_none(request.GET, "year") or actor.today.year
    # Beyond them nobody has computed the lunar days, and a page would say that 春节 is worked.
    if wanted not in YEARS:
        raise Http404
    context = {
        "page": year_page(wanted, actor.today),
        "weekdays": WEEKDAYS[language()],
        "before": wanted - 1 if wanted - 1 in YEARS else None,
        "after": wanted + 1 if wanted + 1 in YEARS else None,
        "may_edit": actor.may(RULES),
        "forms": by_name([ADD, ANNOUNCE]),
        "remove": REMOVE,
        **form.shown(),
    }
    return render(request, "county/calendar_year.html", context, status=form.status)


def _sent(request: HttpRequest, form: Form[Setting], of: int, **known: Any) -> HttpResponseBase:
    """Back to the page of the year, with what was typed where it could not be taken."""
    # The year of the address, not of the day that was typed: what is wrong with it is shown where it was typed.
    here = reverse("calendar_of", args=[of])
    return sent(
        request,
        lambda: form.read(request, **known),
        lambda typed: calendar_year(request, of, typed),
        here,
        form.said,
        form.name,
    )


@needs(RULES)
@require_POST
def calendar_add(request: HttpRequest, year: int) -> HttpResponseBase:
    return _sent(request, ADD, year)


@needs(RULES)
@require_POST
def calendar_remove(request: HttpRequest, year: int) -> HttpResponseBase:
    return _sent(request, REMOVE, year)


@needs(RULES)
@require_POST
def calendar_announce(request: HttpRequest, year: int) -> HttpResponseBase:
    return _sent(request, ANNOUNCE, year, year=year)
