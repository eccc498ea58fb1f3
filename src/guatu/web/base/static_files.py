"""Addresses of static files change with their content, so that browsers may keep them for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def _stamp(name: str) -> str:
    path = finders.find(name)
    if not isinstance(path, str):
        return ""
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


class StampedStorage(StaticFilesStorage):
    """`guatu/guatu.css?v=1f3a...`: nothing has to be collected before the server starts."""

    def url(self, name: str | None, *arguments: object, **options: object) -> str:
        address = super().url(name)
        stamp = _stamp(name or "")
        return f"{address}?v={stamp}" if stamp else address
