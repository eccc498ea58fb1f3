"""How often one address may use the public pages, so that nobody floods the desk."""

from __future__ import annotations

from django.http import HttpRequest

from guatu.web.base.settings_table import setting
from guatu.web.kit.often import count_use


def count(request: HttpRequest, what: str) -> None:
    """Counts one use; raises `TooOften` over the county's limit (setting `cases.public-per-hour`, by kind)."""
    count_use(request, f"cases-{what}", setting("cases.public-per-hour")[what])
