"""Parts of a case's page that other apps add: where it came from, pictures from above."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from guatu.web.base.hooks import Hooks
from guatu.web.cases.models import Case

Panel = Callable[[HttpRequest, Case], SafeString | None]
_panels: Hooks[Panel] = Hooks()
panel = _panels.add
"""Registers what an app shows of a case to a user who may see it; None where it has nothing to show."""


def panels_of(request: HttpRequest, row: Case) -> list[SafeString]:
    return [shown for one in _panels if (shown := one(request, row)) is not None]
