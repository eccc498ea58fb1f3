"""Operations of the API and the tokens that open them, by scope (base.scopes)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from ninja import Router
from ninja.security import HttpBearer, SessionAuth

from guatu.web.base.actors import Actor
from guatu.web.base.asking import Asked
from guatu.web.base.middleware import read_actor
from guatu.web.base.models import ApiToken
from guatu.web.base.scopes import check_scope
from guatu.web.base.tokens import working_token


class TokenAuth(HttpBearer):
    """A token of a user's account, sent as `Authorization: Bearer guatu_...`, that was made for the scope."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = working_token(token, timezone.now())
        if found is None:
            return None
        check_scope(found, self.scope)
        request.user = found.user
        cast(Asked, request).actor = cast(Actor, SimpleLazyObject(lambda: read_actor(request)))
        return found


class ScopedRouter(Router):
    """A router whose operations need `read` to look and `write` to change.

    The scope stands in the description of the API as `x-scope`; an operation that names it there itself has that one.
    """

    def __init__(self, *, read: str = "read", write: str = "", **given: Any) -> None:
        super().__init__(**given)
        self.read, self.write = read, write

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable[..., Any], *, openapi_extra: Any = None, **given: Any
    ) -> None:
        extra = {"x-scope": self.read if methods == ["GET"] else self.write, **(openapi_extra or {})}
        given["auth"] = [TokenAuth(extra["x-scope"]), SessionAuth(csrf=True)]
        super().add_api_operation(path, methods, view_func, openapi_extra=extra, **given)
