"""What hangs, for any program: no account and no token."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema

from guatu.web.base.scopes import EVERY
from guatu.web.kit.paging import Limits, Page, page_of
from guatu.web.public.models import Release
from guatu.web.public.selectors import open as board

router = Router(auth=None, tags=["open"])
_ANYBODY = {"x-scope": EVERY}


class OpenOut(Schema):
    """`until_on` null: it stays. A notice that was taken down is not in the list."""

    id: int
    kind: str
    title: str
    number: str
    ground: str
    from_on: datetime.date
    until_on: datetime.date | None
    period: str
    unit: str
    village: str
    town: str

    @staticmethod
    def resolve_unit(row: Release) -> str:
        return row.unit_name

    @staticmethod
    def resolve_village(row: Release) -> str:
        return row.place_name

    @staticmethod
    def resolve_town(row: Release) -> str:
        return row.town_name


class OpenDetail(OpenOut):
    content: list[dict[str, Any]]
    digest: str


class OpenQuery(Limits):
    kind: str = ""
    year: int | None = None
    q: str = ""


@router.get(
    "/open/notices",
    response=Page[OpenOut],
    summary="What hangs today, the latest first",
    auth=None,
    openapi_extra=_ANYBODY,
)
def notices(request: HttpRequest, wanted: Query[OpenQuery]) -> Any:
    # The same rows as the pages, by the same selector.
    rows = board.hanging(timezone.localdate()).defer(*board.LARGE)
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    # A year that no calendar has is one in which nothing hung.
    rows = rows.filter(from_on__year=wanted.year) if wanted.year and 1 <= wanted.year <= 9999 else rows
    return page_of(rows.filter(words__icontains=wanted.q) if wanted.q else rows, wanted)


@router.get(
    "/open/notices/{int:pk}",
    response=OpenDetail,
    summary="A notice with what it says",
    auth=None,
    openapi_extra=_ANYBODY,
)
def notice(request: HttpRequest, pk: int) -> Release:
    return get_object_or_404(board.hanging(timezone.localdate()), pk=pk)
