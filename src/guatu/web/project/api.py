"""The API for programs: routers of all apps, found by being there; tokens and sessions; problems as JSON.

An app keeps its routers in modules whose names begin with `api`, each with an attribute `router`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from guatu import __version__
from guatu.web.base.problems import Problem, unstorable
from guatu.web.base.scoped_api import TokenAuth

INTRODUCTION = (
    "Every list takes `limit` and `offset` and answers `count` (of all rows), `offset`, `next` (the offset of"
    " the next page, null on the last) and `rows`; a list with `after` in place of"
    " `offset` goes on behind a key: `next` is the address of the next page then, and `count` says `more` beyond"
    " 10,000. Every write takes an `Idempotency-Key`: the same key with the same"
    " content makes no second record, with other content it is refused with 422. A token opens the operations of "
    "the scopes that it was made for (`x-scope`). A problem is answered"
    " with `code`, `field` and"
    " `message`; a row that somebody else changed in between with 409 and what they changed."
)


class Api(NinjaAPI):
    """The description is put together once: that takes as long as ten pages."""

    _described: ClassVar[dict[str | None, Any]] = {}

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        if path_prefix not in self._described:
            self._described[path_prefix] = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return self._described[path_prefix]


api = Api(
    title="guatu",
    version=__version__,
    description=INTRODUCTION,
    auth=[TokenAuth(), SessionAuth(csrf=True)],  # of an operation without a scope: no token was made for it
    docs_url=None,
    urls_namespace="api",
)


def routers() -> Iterator[Router]:
    """The routers of all apps, in the order of apps and of the names of their modules."""
    for app in settings.GUATU_APPS:
        package = import_module(f"guatu.web.{app}")
        for module in sorted(found.name for found in pkgutil.iter_modules(package.__path__)):
            if module.startswith("api"):
                yield import_module(f"{package.__name__}.{module}").router


for router in routers():
    api.add_router("", router)


def _answer(request: HttpRequest, status: int, code: str, field: str, message: object, **data: object) -> HttpResponse:
    body = {**data, "code": code, "field": field, "message": str(message)}
    return api.create_response(request, body, status=status)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return _answer(request, error.status, error.code, error.field, error.message, **error.data)


@api.exception_handler(DataError)
@api.exception_handler(OverflowError)
def _unstorable(request: HttpRequest, error: Exception) -> HttpResponse:
    """PostgreSQL answers with the one what SQLite's driver raises as the other."""
    return _problem(request, unstorable())


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The first thing that is wrong with the input; `errors` holds all of them."""
    found = [(_field(one.get("loc", ())), str(one.get("msg", ""))) for one in error.errors]
    field, message = found[0] if found else ("", _("请求的格式不对。"))
    errors = [{"field": name, "message": said} for name, said in found]
    return _answer(request, 422, "request.invalid", field, message, errors=errors)


def _field(place: Any) -> str:
    """A place in the input as a name: body.given.rows.0.title is `rows.0.title`."""
    parts = [str(part) for part in place]
    return ".".join(parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts[1:] or parts)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _answer(request, 401, "login.needed", "", _("请先登录,或在请求头里带上令牌。"))


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _answer(request, 403, "permission.denied", "", _("您没有进行这项操作的权限,请联系本县系统管理员。"))


@api.exception_handler(ObjectDoesNotExist)
@api.exception_handler(Http404)
def _not_there(request: HttpRequest, error: Exception) -> HttpResponse:
    return _answer(request, 404, "row.not-found", "", _("没有这一项,或者您看不到它。"))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, "request.invalid", "", error)


def reference(request: HttpRequest) -> HttpResponse:
    """What the API takes and gives, as a page of our own: nothing is fetched from elsewhere."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            row = {"method": method.upper(), "path": path, "summary": operation.get("summary", "")}
            row["scope"] = operation.get("x-scope", "")
            row["parameters"] = [_parameter(one) for one in operation.get("parameters", ())]
            groups.setdefault((operation.get("tags") or ["guatu"])[0], []).append(row)
    return render(request, "base/api.html", {"groups": groups, "introduction": INTRODUCTION, "version": __version__})


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    schema = given.get("schema", {})
    kinds = [schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))]
    shown = " / ".join(str(kind) for kind in kinds if kind and kind != "null")
    return {"name": given["name"], "kind": shown, "required": given.get("required", False), "in": given.get("in", "")}
