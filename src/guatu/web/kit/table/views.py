"""A list as a page and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.paginator import Page
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.guard import actor_of
from guatu.web.kit.table.table import Table, TablePage

M = TypeVar("M", bound=Model)
R = TypeVar("R")


def table_page(
    request: HttpRequest,
    table: Table[M, R],
    template: str = "kit/list.html",
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    file: Table[Any, Any] | None = None,
) -> HttpResponse | StreamingHttpResponse:
    """The page of a list. A template of the app's own extends `kit/list.html` and fills what is its own.

    `list` is the `TablePage`; `wanted` says what the address asks for, by the names of the filters. The same address
    gives the list as a file where it names a `format`: `file`, where a file says something else.
    """
    if "format" in request.GET:
        return table_export(request, file or table)
    return render(request, template, {**shown(request, table), "export_url": "", **(context or {})}, status=status)


def shown(request: HttpRequest, table: Table[M, R]) -> dict[str, Any]:
    """What the templates of a list need, for a page that has more than the list."""
    found: TablePage[M, R] = table.page(actor_of(request), request.GET)
    ways = "part" if isinstance(found.page, Page) else "page"
    return {"list": found, "wanted": found.wanted, ways: found.page}


def table_export(request: HttpRequest, table: Table[M, R]) -> HttpResponse | StreamingHttpResponse:
    """Exactly what the list shows under the same address, all its pages, as a workbook or as text."""
    actor = actor_of(request)
    columns = [one for one in table.columns_for(actor) if one.in_file]
    heads = [export.Column(str(one.label), one.width) for one in columns]
    rows = ([one.filed(line) for one in columns] for line in table.all_lines(actor, request.GET))
    return export.download(str(table.title), heads, rows, kind_of(request), actor.today)
