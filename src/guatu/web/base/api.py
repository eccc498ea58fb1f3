"""Who one is, how far background work is, and stored files, for programs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field

from guatu.web.base.asking import actor_of, user_of
from guatu.web.base.models import Job
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.base.scopes import EVERY
from guatu.web.base.views.work import attachment

router = ScopedRouter(tags=["base"])


class Me(Schema):
    username: str
    name: str
    roles: list[str]
    permissions: list[str]
    unit_ids: list[int]


class JobOut(Schema):
    id: int
    kind: str
    state: str
    progress: int
    message: str = Field(alias="said")
    result: Any


@router.get(
    "/me",
    response=Me,
    summary="The user whom the token or session speaks for",
    openapi_extra={"x-scope": EVERY},
)
def me(request: HttpRequest) -> dict[str, Any]:
    actor, user = actor_of(request), user_of(request)
    return {
        "username": user.username,
        "name": str(user),
        "roles": sorted(actor.roles),
        "permissions": sorted(actor.permissions),
        "unit_ids": sorted(actor.own_units),
    }


@router.get("/jobs/{int:pk}", response=JobOut, summary="Background work that one asked for oneself")
def job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, created_by=request.user)


@router.get("/files/{int:pk}", summary="A stored file, as a download")
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    return attachment(request, pk)
