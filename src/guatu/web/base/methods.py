"""Addresses that only take what is sent, and the page that such an address belongs to.

Who is asked to log in while sending a form cannot be led back to such an address: a browser comes back asking for
a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST as only_post

View = TypeVar("View", bound=Callable[..., Any])
_ONLY_SENT = "guatu_only_sent"


def require_POST(view: View) -> View:
    """Django's own, known to `page_of`."""
    guarded: View = only_post(view)
    setattr(guarded, _ONLY_SENT, True)
    return guarded


def page_of(request: HttpRequest) -> str:
    """Where a form that was sent stood: the page that the browser came from, else the nearest to the address."""
    if request.method in ("GET", "HEAD") and _is_page(request.path):
        return request.get_full_path()
    return nearest_page(came_from(request) or request.get_full_path())


def nearest_page(address: str) -> str:
    """The address, or the first above it that is a page."""
    return next((one for one in _upwards(address) if _is_page(urlsplit(one).path)), "/")


def _upwards(address: str) -> Iterator[str]:
    yield address
    path = urlsplit(address).path.rstrip("/")
    while path:
        path = path.rpartition("/")[0]
        yield f"{path}/"


def came_from(request: HttpRequest) -> str:
    """The page that the user came from, by path and query, where it is one of ours; "" otherwise."""
    page = request.headers.get("Referer", "")
    if not page or not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(page)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def _is_page(path: str) -> bool:
    try:
        return not getattr(resolve(path).func, _ONLY_SENT, False)
    except Resolver404:
        return False
