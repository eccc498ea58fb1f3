"""Tokens for programs: shown once, kept as a hash."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db.models import Q

from guatu.web.base.models import ApiToken, User

PREFIX = "guatu_"


def new_token() -> tuple[str, str]:
    """A token and the hash that is kept of it."""
    raw = PREFIX + secrets.token_urlsafe(32)
    return raw, digest(raw)


def digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def user_of_token(raw: str, at: datetime.datetime) -> User | None:
    """The user whom a token speaks for; None for one that is unknown, revoked or expired, or whose user is not active."""
    if not raw.startswith(PREFIX):
        return None
    token = (
        ApiToken.objects.select_related("user")
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), sha256=digest(raw), revoked_at__isnull=True)
        .first()
    )
    return token.user if token is not None and token.user.is_active else None
