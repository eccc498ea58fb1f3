"""Each request gets its actor; each problem becomes a page or an answer that a person can read."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from guatu.web.base.actions import Context
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.problems import Problem

Handler = Callable[[HttpRequest], HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    """The actor of a request; the clock is read here, once."""
    from guatu.web.directory.selectors.grants import grants_of

    today = timezone.localdate()
    if not request.user.is_authenticated:
        return anonymous(today)
    return Actor(request.user, today, grants_of(request.user, today))


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


class ProblemMiddleware:
    """Problems that no view caught are shown as a page, or as JSON to programs."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Problem):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "base/_problem.html", {"problem": error}, status=error.status)
        if "application/json" in request.headers.get("Accept", ""):
            body = {"code": error.code, "field": error.field, "message": str(error.message), **error.data}
            return JsonResponse(body, status=error.status)
        return render(request, "base/problem.html", {"problem": error}, status=error.status)
