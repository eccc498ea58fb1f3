"""The page on which everybody begins."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from guatu.web.base.beginnings import beginning_of
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.today import part_called, parts_for


@page("", "kit/today.html")
def today(request: HttpRequest) -> dict[str, Any] | HttpResponseBase:
    """What is to be done today, the most pressing first."""
    if first := beginning_of(request):
        return redirect(first)
    doing, watching = parts_for(actor_of(request))
    return {"doing": doing, "watching": watching, "day": actor_of(request).today}


@page("", "kit/_today_part.html")
def today_part(request: HttpRequest, later: str) -> dict[str, Any] | HttpResponseBase:
    """A part that takes long, for the page that asks for it; nothing where there is nothing to show."""
    found = part_called(later, actor_of(request))
    return {"one": found} if found else HttpResponse()
