"""Answers of the public pages: no cookie, no session, the same for everybody, kept for a while on their way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers

from guatu.web.base.settings_table import setting
from guatu.web.kit.values import text_of

MINUTES = 5
"""So long a notice may be seen by somebody after it was taken down."""


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200, *, kept: bool = True
) -> HttpResponseBase:
    """A public page. Without the request in its context no template can ask who is there, or make a cookie."""
    beside = {
        "county_name": setting("county.name") or "guatu",
        "sought": text_of(request.GET, "q"),
        "feed": reverse("open_feed"),
    }
    # `render_to_string` without a request runs no context processor.
    response = HttpResponse(render_to_string(template, {**beside, **context}), status=status)
    return public(request, response) if kept else response


def missing(request: HttpRequest) -> HttpResponseBase:
    """Where nothing hangs. The server's own page for this knows who is logged in, and makes a cookie."""
    return page(request, "public/open_missing.html", {}, 404, kept=False)


def public(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Says how long the answer may be kept, and sends it only where it changed."""
    response["Cache-Control"] = f"public, max-age={MINUTES * 60}"
    # The language comes from the browser, or from what it was told on another page.
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
