"""Where a person begins who opens the server, when an app has something to show them before their own first page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from guatu.web.base.hooks import Hooks

Beginning = Callable[[HttpRequest], str]
"""An address, or "" where there is nothing to be shown."""
_beginnings: Hooks[Beginning] = Hooks()
begins = _beginnings.add
"""Registers what an app shows first."""


def beginning_of(request: HttpRequest) -> str:
    return next((address for begin in _beginnings if (address := begin(request))), "")
