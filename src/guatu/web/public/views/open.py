"""The public site: what is new, lists by kind, year and village, a page for each notice."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guatu.web.base.files import path_of_digest
from guatu.web.kit.values import id_or_none, text_of
from guatu.web.public.selectors import open as board
from guatu.web.public.views.answers import MINUTES, missing, page

LONGEST = 100
"""Of what is looked for."""


@require_safe
def first_page(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    latest = board.shown(board.hanging(today).defer(*board.LARGE)[: board.LATEST], today)
    context = {"latest": latest, "kinds": board.kinds_open(today), "years": board.years_open(today)}
    return page(request, "public/open_first.html", context)


@require_safe
def notices(request: HttpRequest, kind: str = "", year: int | None = None) -> HttpResponseBase:
    """All notices, of a kind, of a year, or in which some words stand."""
    today = timezone.localdate()
    word, sought = board.kind_of_slug(kind), text_of(request.GET, "q")[:LONGEST]
    known = {one.slug: one for one in board.kinds_open(today)}
    # A kind of which nothing ever hung has no page: its name might be one that is being prepared.
    if (kind and kind not in known) or (year is not None and not 1 <= year <= 9999):
        return missing(request)
    found = board.listed(today, id_or_none(request.GET, "page") or 1, word, year, sought)
    context = {
        "kind": known.get(kind),
        "year": year,
        "sought": sought,
        "rows": found,
        "notices": board.shown(found, today),
        "years": board.years_open(today, word),
    }
    if kind:
        context["feed"] = reverse("open_kind_feed", args=[kind])
    return page(request, "public/open_list.html", context)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = board.shown_release(pk, timezone.localdate())
    if found is None:
        return missing(request)
    # What was taken down is told and no longer shown: for who looks for it, that is what is there.
    return page(request, "public/open_notice.html", {"notice": found})


@require_safe
def notice_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    found = board.open_file(pk, file, timezone.localdate())
    if found is None:
        return missing(request)
    try:
        content = path_of_digest(found.sha256).open("rb")
    except FileNotFoundError:
        # A database restored without its folder of files.
        return missing(request)
    response = FileResponse(content, filename=found.name, content_type=found.media_type)
    # It came from outside: a browser shows it and runs nothing of it.
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    return response


@require_safe
def villages(request: HttpRequest) -> HttpResponseBase:
    return page(request, "public/open_villages.html", {"towns": board.villages_open(timezone.localdate())})


@require_safe
def village(request: HttpRequest, code: str) -> HttpResponseBase:
    today = timezone.localdate()
    found = board.listed(today, id_or_none(request.GET, "page") or 1, place=code)
    if not found.paginator.count:
        return missing(request)
    rows = board.shown(found, today)
    context: dict[str, Any] = {"village": rows[0].row, "rows": found, "notices": rows}
    return page(request, "public/open_village.html", context)
