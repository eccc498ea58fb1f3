"""Who asks: what the middleware puts on a request, with its types."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest

from guatu.web.base.actors import Actor
from guatu.web.base.models import User

__all__ = ["Asked", "actor_of", "login_required", "user_of"]


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
