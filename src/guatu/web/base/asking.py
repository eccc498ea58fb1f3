"""Who asks: what the middleware puts on a request, with its types."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.methods import page_of
from guatu.web.base.models import User
from guatu.web.base.problems import Problem

R = TypeVar("R", bound=HttpResponseBase)
_ASKS = "guatu_asks_first"


class Asked(HttpRequest):
    """A request behind `ActorMiddleware`."""

    actor: Actor
    request_id: str
    guatu_logged_in: User
    """Who logged in by this request; only where somebody did."""


def actor_of(request: HttpRequest) -> Actor:
    return cast(Asked, request).actor


def request_id_of(request: HttpRequest) -> str:
    return cast(Asked, request).request_id


def user_of(request: HttpRequest) -> User:
    """Who is logged in; for views that nobody else comes to."""
    return actor_of(request).known


class LoggedOut(Problem):
    status = 401
    code = "session.ended"


def login_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for users; others are asked to log in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **at: Any) -> HttpResponseBase:
        return view(request, *args, **at) if request.user.is_authenticated else to_login(request)

    return guarded


def to_login(request: HttpRequest) -> HttpResponseBase:
    """Asks to log in and leads back to the page; a part of a page says so in its place. Raises `LoggedOut` there."""
    if request.headers.get("HX-Request") or "application/json" in request.headers.get("Accept", ""):
        raise LoggedOut(_("登录已过期,没有保存。请重新登录。"), data={"page": page_of(request)})
    return asks_first(redirect_to_login(page_of(request)))


def asks_first(response: R) -> R:
    """Marks an answer by which nothing was done yet: something is owed before."""
    setattr(response, _ASKS, True)
    return response


def was_done(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether what was sent was taken."""
    return request.method == "POST" and response.status_code < 400 and not getattr(response, _ASKS, False)
