"""Pages without an account: report something, follow it by its code, rate it, have it taken up again."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Context, by_content, perform
from guatu.web.base.actions.keys import key_of
from guatu.web.base.actors import anonymous
from guatu.web.base.asking import request_id_of
from guatu.web.base.bodies import public_upload
from guatu.web.base.files import download
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.actions.end_case import WithdrawCase
from guatu.web.cases.actions.entries import LARGEST_PHOTO, MOST_PHOTOS
from guatu.web.cases.actions.open_case import case_of_form
from guatu.web.cases.actions.rate_case import RateCase
from guatu.web.cases.actions.reopen_case import ReopenCase
from guatu.web.cases.models import Case
from guatu.web.cases.position import frame
from guatu.web.cases.rates import count
from guatu.web.cases.selectors.points import plain_map
from guatu.web.cases.selectors.public import class_choices, public_case, public_photo
from guatu.web.cases.ways import ways
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import files_of, id_or_none, text_of

TRAP = "website"
"""A field that people do not see and programs fill in."""


def public_context(request: HttpRequest) -> Context:
    """Nobody acts, whoever is logged in: a report of the public is nobody's account.

    All visitors are nobody, so a key counts together with the cookie that each browser has from the form's page: who
    sends another's key, by chance or on purpose, does not get the other's code.
    """
    key = request.headers.get("Idempotency-Key") or request.POST.get("_key", "")
    cookie = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    visitor = hashlib.sha256(cookie.encode()).hexdigest()[:32] if cookie else ""
    own = key_of("public", visitor, key)
    return Context(anonymous(timezone.localdate()), timezone.now(), request_id_of(request), own)


@public_upload
def public_report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, Typed())
    given = request.POST
    try:
        if text_of(given, TRAP):
            raise Invalid(_("提交没有通过检查,请不要填写隐藏的栏目。"), code="case.trap")
        count(request, "report")
        action = case_of_form(given, files_of(request, "photo"), Case.Source.PUBLIC)
        case = perform(action, by_content(public_context(request), action))
    except Problem as problem:
        return _form(request, typed(request, "report", problem))
    messages.success(request, _("已收到。请记下查询码 %(code)s,用它查看办理情况。") % {"code": case.code})
    return redirect("public_case", case.code)


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "classes": class_choices(language()),
        "map": plain_map([], today),
        "frame": frame(today),
        "ways": [(one.name, one.name) for one in ways(today)],
        "most_photos": MOST_PHOTOS,
        "most_mb": LARGEST_PHOTO // 2**20,
        "all_mb": settings.GUATU_LARGEST_PUBLIC // 2**20,
        **form.shown(),
    }
    return render(request, "cases/public_report.html", context, status=form.status)


def public_track(request: HttpRequest) -> HttpResponse:
    """Asks for a code and goes to its page."""
    code = text_of(request.GET, "code")
    if not code:
        return render(request, "cases/public_track.html", {})
    try:
        count(request, "track")
        found = public_case(code, language())
    except Problem as problem:
        return render(request, "cases/public_track.html", {"problem": problem, "code": code}, status=problem.status)
    return redirect("public_case", found.row.code)


def public_case_page(request: HttpRequest, code: str) -> HttpResponse:
    return _case(request, code, Typed())


def _case(request: HttpRequest, code: str, form: Typed) -> HttpResponse:
    try:
        count(request, "track")
        found = public_case(code, language())
    except Problem as problem:
        context = {"problem": problem, "code": code}
        return render(request, "cases/public_track.html", context, status=problem.status)
    response = render(
        request, "cases/public_case.html", {"found": found, "case": found.row, **form.shown()}, status=form.status
    )
    # The address is the right to the page: it is not to be found, nor passed on with links.
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response


def _act(request: HttpRequest, code: str, form: str, action: Action[Case], done: str) -> HttpResponse:
    try:
        count(request, "rate")
        case = perform(action, public_context(request))
    except Problem as problem:
        return _case(request, code, typed(request, form, problem))
    messages.success(request, done)
    return redirect("public_case", case.code)


@require_POST
def public_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    action = WithdrawCase(code, text_of(request.POST, "reason"))
    return _act(request, code, "withdraw", action, _("已撤回。"))


def public_photo_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A picture of the case, for who has its code."""
    try:
        count(request, "track")
        photo = public_photo(code, pk)
    except Problem as problem:
        return HttpResponse(problem.message, status=problem.status)
    return download(photo.file)


@require_POST
def public_rate(request: HttpRequest, code: str) -> HttpResponse:
    action = RateCase(code, id_or_none(request.POST, "stars") or 0, text_of(request.POST, "text"))
    return _act(request, code, "rate", action, _("感谢您的评价。"))


@require_POST
def public_reopen(request: HttpRequest, code: str) -> HttpResponse:
    action = ReopenCase(code, text_of(request.POST, "reason"))
    return _act(request, code, "reopen", action, _("已重新受理,这是新的查询码。"))
