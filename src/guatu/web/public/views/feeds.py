"""What programs read of the public site: feeds, a year as one file, the map of the site."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guatu.web.base.settings_table import setting
from guatu.web.kit.downloads import attached
from guatu.web.public.selectors import open as board
from guatu.web.public.views.answers import missing, public

MOST_IN_MAP = 50_000
"""Addresses in one map of a site (sitemaps.org)."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip knows: the same notices are the same bytes."""


@require_safe
def feed(request: HttpRequest, kind: str = "") -> HttpResponseBase:
    """The latest notices as Atom, of all kinds or of one."""
    today = timezone.localdate()
    label = next((one.label for one in board.kinds_open(today) if one.slug == kind), "")
    if kind and not label:
        return missing(request)
    # What was taken down leaves the feed; readers keep what they have read.
    rows = board.hanging(today).defer(*board.LARGE)
    rows = rows.filter(kind=board.kind_of_slug(kind)) if kind else rows
    found = Atom1Feed(
        title=" · ".join(filter(None, (str(setting("county.name") or "guatu"), _("信息公开"), label))),
        link=request.build_absolute_uri(reverse("open_first")),
        description="",
        feed_url=request.build_absolute_uri(request.path),
    )
    for one in board.shown(rows[: board.IN_FEED], today):
        found.add_item(
            title=one.row.title,
            link=request.build_absolute_uri(reverse("open_notice", args=[one.row.pk])),
            description=f"{one.kind} {one.row.unit_name} {one.row.place_name}".strip(),
            pubdate=one.row.released_at,
            updateddate=one.row.released_at,
            categories=[one.kind],
        )
    return public(request, HttpResponse(found.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"))


@require_safe
def archive(request: HttpRequest, year: int) -> HttpResponseBase:
    """All that hangs today of a year, each notice as a page by itself, with a list of them."""
    today = timezone.localdate()
    rows = board.hanging(today).filter(from_on__year=year).order_by("from_on", "id")
    if not 1 <= year <= 9999 or not rows.exists():
        return missing(request)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        # Names sort as the days do.
        lines = []
        for row in rows.iterator(chunk_size=100):
            name = f"{row.from_on:%m-%d}-{row.pk}.html"
            lines.append((name, row))
            paper = render_to_string("public/archived.html", {"notice": board.Shown(row, today)})
            made.writestr(zipfile.ZipInfo(name, EPOCH), paper)
        index = render_to_string("public/archived_index.html", {"year": year, "lines": lines})
        made.writestr(zipfile.ZipInfo("index.html", EPOCH), index)
    return public(request, attached(out.getvalue(), f"{year}.zip", "application/zip"))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    today = timezone.localdate()
    pages = [
        reverse(name) for name in ("open_first", "open_list", "open_villages", "open_opinions", "public_inspections")
    ]
    pages += [reverse("open_kind", args=[one.slug]) for one in board.kinds_open(today)]
    ids = board.hanging(today).values_list("pk", flat=True)[: MOST_IN_MAP - len(pages)]
    pages += [reverse("open_notice", args=[pk]) for pk in ids]
    lines = "".join(f"<url><loc>{escape(request.build_absolute_uri(one))}</loc></url>" for one in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return public(request, HttpResponse(f"{head}{lines}</urlset>", content_type="application/xml; charset=utf-8"))


@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Only what is public is worth looking at; pages of cases are found by their code alone."""
    # The pages of who works here are no business of a search engine.
    lines = ("User-agent: *", "Allow: /open/", "Allow: /inspections/", "Allow: /static/", "Disallow: /")
    said = "\n".join((*lines, f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""))
    return public(request, HttpResponse(said, content_type="text/plain; charset=utf-8"))
