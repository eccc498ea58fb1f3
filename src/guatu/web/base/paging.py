"""What the API shares: what comes in, a page of rows with the count of all, and who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, field_validator

from guatu.web.base.actions.action import require
from guatu.web.base.actors import Actor
from guatu.web.base.middleware import context_of

MOST = 500
T = TypeVar("T")
Id = Annotated[int, Field(ge=1, lt=2**63)]
"""As large as a database takes."""


class Page(Schema, Generic[T]):
    """`count` is that of all rows, whatever the page."""

    count: int
    offset: int
    rows: list[T]


class Input(Schema):
    """What comes in. NUL, which no database text takes, is left out of it."""

    @field_validator("*", mode="after")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        return value.replace("\0", "") if isinstance(value, str) else value


class Limits(Input):
    limit: int = Field(100, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=10_000_000)


class VersionIn(Input):
    """The version of the row that the change was thought for."""

    row_version: int


def page_of(rows: QuerySet[Any] | Sequence[Any], wanted: Limits) -> dict[str, Any]:
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    found = list(rows[wanted.offset : wanted.offset + wanted.limit])
    return {"count": count, "offset": wanted.offset, "rows": found}


def asking(request: HttpRequest, permission: str) -> Actor:
    """The actor of a request; raises `Denied` where they do not hold the permission."""
    require(context_of(request), permission)
    return request.actor  # type: ignore[attr-defined,no-any-return]
