"""Each request gets its actor; each problem becomes a page or an answer that a person can read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from guatu.web.base.account_duties import owed
from guatu.web.base.actions import Context
from guatu.web.base.actions.keys import key_of
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.asking import Asked, actor_of, asks_first
from guatu.web.base.devices import remember_device
from guatu.web.base.kept import note_done
from guatu.web.base.methods import came_from, page_of
from guatu.web.base.problems import Problem, unstorable
from guatu.web.base.roles import grants_of
from guatu.web.base.settings_table import once

Handler = Callable[[HttpRequest], HttpResponse]


def read_actor(request: HttpRequest) -> Actor:
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
    """`request.actor`, read when it is first asked for, and `request.request_id`; the settings are read once."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Asked, request)
        asked.request_id = uuid.uuid4().hex[:16]
        asked.actor = cast(Actor, SimpleLazyObject(lambda: read_actor(request)))
        with once():
            response = self.handler(request)
        response["X-Request-Id"] = asked.request_id
        note_done(request, response)
        if (user := getattr(request, "guatu_logged_in", None)) is not None:  # base.signals
            remember_device(request, response, user)
        return response


def context_of(request: HttpRequest) -> Context:
    """The context of the action that a request asks for; the key comes with the form or the header."""
    key = request.headers.get("Idempotency-Key") or request.POST.get("_key", "")
    asked = cast(Asked, request)
    return Context(asked.actor, timezone.now(), asked.request_id, key_of("request", key))


class AccountDutiesMiddleware:
    """What a user owes before anything else (base.account_duties)."""

    ALWAYS = (
        "account_logout",
        "account_login",
        "session_state",
        "set_language",
        "account_reauthenticate",
        "mfa_reauthenticate",
    )

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        user = request.user
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        if not user.is_authenticated or name in self.ALWAYS:
            return None
        duty = owed(user, lambda: actor_of(request).roles, request.session)
        if duty is None or name in duty.pages:
            return None
        if request.headers.get("HX-Request"):
            return asks_first(HttpResponse(headers={"HX-Redirect": reverse(duty.pages[0])}))
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"code": duty.code, "field": "", "message": str(duty.message)}, status=403)
        messages.warning(request, str(duty.message))
        return asks_first(redirect(duty.pages[0]))


class ProblemMiddleware:
    """Problems that no view caught are shown as a page, or as JSON to programs; a login service that is down, as a
    page."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        if response.status_code != 405 or wants_json(request) or response.content:
            return response
        page = shown(
            request, WrongMethod(_("这个地址只用来提交表单,不能直接打开。请回到原来的页面。")), page_of(request)
        )
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # What goes wrong on the line to the login service comes as an OSError of the HTTP library.
        if isinstance(error, OSError) and request.path.startswith("/accounts/oidc/"):
            return render(request, "socialaccount/authentication_error.html", status=401)
        if isinstance(error, DataError | OverflowError):  # of PostgreSQL, of SQLite's driver
            error = unstorable()
        if not isinstance(error, Problem):
            return None
        return shown(request, error)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks."""
    program = request.path.startswith("/api/") and request.path != "/api/"
    return program or request.path.endswith(".json") or "application/json" in request.headers.get("Accept", "")


class WrongMethod(Problem):
    status = 405
    code = "request.method"


def shown(request: HttpRequest, error: Problem, back: str = "") -> HttpResponse:
    """A problem as a page, as a part of one, or as JSON. `back` is where the page leads, if not to where one came
    from."""
    if request.headers.get("HX-Request"):
        return render(request, "base/_problem.html", {"problem": error}, status=error.status)
    if wants_json(request):
        body = {"code": error.code, "field": error.field, "message": str(error.message), **error.data}
        return JsonResponse(body, status=error.status)
    came = came_from(request)
    context = {"problem": error, "back": back or (came if came != request.get_full_path() else "")}
    return render(request, "base/problem.html", context, status=error.status)
