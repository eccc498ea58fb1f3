"""Each request gets its actor; each problem becomes a page or an answer that a person can read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.problems import Problem, unstorable
from guatu.web.base.roles import grants_of
from guatu.web.base.settings_table import setting

Handler = Callable[[HttpRequest], HttpResponse]
SECOND_FACTOR_SEEN = "guatu-second-factor-seen"


@dataclass(frozen=True)
class Duty:
    """Something to be done first: pages that stay open for it (the first one is shown) and what is said."""

    code: str
    message: object
    pages: tuple[str, ...]


OWN_PASSWORD = Duty(
    "account.password-not-own",
    _("这是管理员设置的初始密码,请先改成您自己的密码。"),
    ("account_change_password", "account_set_password"),
)
SECOND_FACTOR = Duty(
    "account.second-factor-missing",
    _("您的角色须启用两步验证,请先绑定验证器应用。"),
    ("mfa_activate_totp", "mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
)


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request; the clock is read here, once."""
    today = timezone.localdate()
    if not request.user.is_authenticated:
        return anonymous(today)
    return Actor(request.user, today, grants_of(request.user, today))


class LanguageMiddleware:
    """The language that a user chose in their account, where this browser has not been told another."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and settings.SESSION_COOKIE_NAME in request.COOKIES:
            chosen = getattr(request.user, "language", "")
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.handler(request)


class WithoutNulMiddleware:
    """No NUL in addresses and what they ask for: PostgreSQL takes none in a text, and no user means one."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in ("QUERY_STRING", "PATH_INFO"):
            text = request.META.get(name, "")
            if "%00" in text or "\0" in text:
                request.META[name] = text.replace("%00", "").replace("\0", "")
        request.path_info = request.path_info.replace("\0", "")
        return self.handler(request)


class ActorMiddleware:
    """`request.actor`, read when it is first asked for, and `request.request_id`."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        response = self.handler(request)
        response["X-Request-Id"] = request.request_id
        return response


def context_of(request: HttpRequest) -> Context:
    """The context of the action that a request asks for; the key comes with the form or the header."""
    key = request.headers.get("Idempotency-Key") or request.POST.get("_key", "")
    actor = request.actor
    return Context(actor=actor, at=timezone.now(), request_id=request.request_id, key=key[:120])


class AccountDutiesMiddleware:
    """What a user owes before anything else: a password of their own, and a second factor where the county wants one.

    Roles that need a second factor are the county's setting `accounts.second-factor-roles`.
    """

    ALWAYS = ("account_logout", "account_login", "set_language", "account_reauthenticate", "mfa_reauthenticate")

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        user = request.user
        name = request.resolver_match.url_name or ""
        if not user.is_authenticated or name in self.ALWAYS:
            return None
        duty = self._duty(request)
        if duty is None or name in duty.pages:
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse(duty.pages[0])})
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"code": duty.code, "field": "", "message": str(duty.message)}, status=403)
        messages.warning(request, duty.message)
        return redirect(duty.pages[0])

    def _duty(self, request: HttpRequest) -> Duty | None:
        if request.user.must_change_password:
            return OWN_PASSWORD
        if request.session.get(SECOND_FACTOR_SEEN):
            return None
        roles = set(setting("accounts.second-factor-roles", []))
        if roles & request.actor.roles and not is_mfa_enabled(request.user):
            return SECOND_FACTOR
        request.session[SECOND_FACTOR_SEEN] = True
        return None


class ProblemMiddleware:
    """Problems that no view caught are shown as a page, or as JSON to programs; a login service that is down, as a page."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # What goes wrong on the line to the login service comes as an OSError of the HTTP library.
        if isinstance(error, OSError) and request.path.startswith("/accounts/oidc/"):
            return render(request, "socialaccount/authentication_error.html", status=401)
        if isinstance(error, DataError | OverflowError):  # of PostgreSQL, of SQLite's driver
            error = unstorable()
        if not isinstance(error, Problem):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "base/_problem.html", {"problem": error}, status=error.status)
        if "application/json" in request.headers.get("Accept", ""):
            body = {"code": error.code, "field": error.field, "message": str(error.message), **error.data}
            return JsonResponse(body, status=error.status)
        context = {"problem": error, "back": _back(request)}
        return render(request, "base/problem.html", context, status=error.status)


def _back(request: HttpRequest) -> str:
    """The page that the user came from, where it is one of ours and another one."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if page and ours and page != request.build_absolute_uri() else ""
