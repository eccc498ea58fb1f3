"""What the API shares: what comes in, a page of rows with the count of all, and who asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, field_validator

from guatu.web.base.actions.action import require
from guatu.web.base.actors import Actor
from guatu.web.base.middleware import context_of
from guatu.web.kit.guard import actor_of
from guatu.web.kit.table import Table, Wanted

MOST = 500
T = TypeVar("T")
M = TypeVar("M", bound=Model)
R = TypeVar("R")
Id = Annotated[int, Field(ge=1, lt=2**63)]
"""As large as a database takes."""


class Page(Schema, Generic[T]):
    """`count` is that of all rows, whatever the page; `next` is the offset of the next page, null on the last one."""

    count: int
    offset: int
    next: int | None
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


def as_address(wanted: Schema, **names: str) -> dict[str, str]:
    """What a query of the API asks for, as the address of the list's page says it; `names` are those that
    differ there."""
    given = {names.get(name, name): value for name, value in wanted.model_dump().items()}
    return {
        name: "1" if value is True else str(value)
        for name, value in given.items()
        if value is not None and value is not False
    }


def page_of(rows: QuerySet[Any] | Sequence[Any], wanted: Limits) -> dict[str, Any]:
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    found = list(rows[wanted.offset : wanted.offset + wanted.limit])
    end = wanted.offset + len(found)
    return {"count": count, "offset": wanted.offset, "next": end if found and end < count else None, "rows": found}


def wanted_of(query: Limits, **others: Any) -> Wanted:
    """What the parameters ask for that bear the names of a list's filters; `others` are those that do not."""
    asked = query.dict(exclude={"limit", "offset"}) | others
    return {name: value for name, value in asked.items() if value not in (None, "", False)}


def listed(table: Table[M, R], actor: Actor, query: Limits, **others: Any) -> dict[str, Any]:
    """A page of what a list shows."""
    wanted = wanted_of(query, **others)
    page = page_of(table.sorted(actor, wanted), query)
    return {**page, "rows": list(table.lines(page["rows"], actor, wanted))}


def asking(request: HttpRequest, permission: str) -> Actor:
    """The actor of a request; raises `Denied` where they do not hold the permission."""
    require(context_of(request), permission)
    return actor_of(request)
