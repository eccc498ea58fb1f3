"""Tokens for programs: shown once, kept as a hash, made for scopes, and ended by whatever ends their user's rights."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Any

from django.db.models import Q
from django.utils import timezone

from guatu.web.base.account_duties import owed
from guatu.web.base.models import ApiToken, User
from guatu.web.base.roles import grants_of

PREFIX = "guatu_"
_USED_EVERY = datetime.timedelta(minutes=10)


def new_token() -> tuple[str, str]:
    """A token and the hash that is kept of it. 256 random bits: failures need not be counted, for guessing is
    hopeless."""
    raw = PREFIX + secrets.token_urlsafe(32)
    return raw, digest(raw)


def digest(raw: str) -> str:
    return hashlib.sha256(raw.encode()).hexdigest()


def roles_of(user: User, on: datetime.date) -> list[list[Any]]:
    """The roles that a user holds on a day, as a token keeps them."""
    return sorted([grant.role, grant.unit_id or 0] for grant in grants_of(user, on))


def working_token(raw: str, at: datetime.datetime) -> ApiToken | None:
    """The token with its user; None for one that is unknown or does not work now. Its use is noted."""
    if not raw.startswith(PREFIX):
        return None
    token = ApiToken.objects.select_related("user").filter(sha256=digest(raw)).first()
    if token is None or ended(token, at):
        return None
    _note_use(token, at)
    return token


def ended(token: ApiToken, at: datetime.datetime) -> str:
    """Why a token does not work: `revoked`, `expired`, `closed`, `roles` or `duty`; "" where it works.

    | why | what happened |
    |---|---|
    | revoked | its owner or an administrator stopped it, or the password was changed or reset (models.User.save) |
    | expired | its end has come |
    | closed | the account is closed |
    | roles | a role that the owner held when it was made has ended |
    | duty | the owner has to choose a password or set up the second factor first |
    """
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at <= at:
        return "expired"
    if not token.user.is_active:
        return "closed"
    held = roles_of(token.user, timezone.localdate(at))
    if any(role not in held for role in token.roles):
        return "roles"
    return "duty" if owed(token.user, lambda: frozenset(role for role, _unit in held), {}) else ""


def _note_use(token: ApiToken, at: datetime.datetime) -> None:
    """When it was last used, to ten minutes."""
    old = Q(last_used_at__isnull=True) | Q(last_used_at__lte=at - _USED_EVERY)
    if token.last_used_at is None or token.last_used_at <= at - _USED_EVERY:
        ApiToken.objects.filter(old, pk=token.pk).update(last_used_at=at)
