"""What is said at the start of the server and before migrations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from guatu.web.base.second_factor import UNREADABLE, Unreadable, changed, decrypt
from guatu.web.base.settings_table import misfits


@register(Tags.database)
def second_factors_are_readable(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A database that was restored without its secret: nobody with a second factor could log in, and would not know
    why."""
    if not databases:
        return []
    try:
        unreadable = sum(not _readable(data) for data in Authenticator.objects.values_list("data", flat=True))
    except DatabaseError:  # before the first migration
        return []
    return [Warning(f"{UNREADABLE} ({unreadable})", id="guatu.W001")] if unreadable else []


@register(Tags.database)
def settings_fit(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """What a county has set and this version no longer takes, before anybody wonders why a default holds."""
    if not databases:
        return []
    try:
        wrong = misfits(timezone.localdate())
    except DatabaseError:  # before the first migration
        return []
    return [Warning(f"{declared.name}: {why}", id="guatu.W002") for declared, why in wrong]


def _readable(data: dict[str, Any]) -> bool:
    try:
        changed(data, decrypt)
    except Unreadable:
        return False
    return True
