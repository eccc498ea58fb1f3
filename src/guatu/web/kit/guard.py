"""Who asks for a page, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.asking import actor_of, login_required, to_login, user_of
from guatu.web.base.problems import Denied

__all__ = ["View", "actor_of", "check_may", "login_required", "needs", "user_of"]
View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """Only for users who hold a permission; others are asked to log in, or told."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_login(request)
            if not actor_of(request).may(permission):
                raise Denied(_("您没有查看这个页面的权限,请联系本县系统管理员。"))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def check_may(actor: Actor, permission: str, unit_id: int | None = None) -> None:
    """Raises `Denied` before a form is even shown, where the actor does not hold the permission (for the unit)."""
    if not actor.may(permission, unit_id):
        raise Denied(_("您没有进行这项操作的权限,请联系本县系统管理员。"))
