"""Tokens of users, for tests that come in as a program."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from guatu.web.base.models import User
from guatu.web.base.scopes import SCOPES
from guatu.web.base.tokens import digest, new_token


def token_of(
    user: User, scopes: Sequence[str] = tuple(SCOPES), raw: str = "", at: datetime.datetime | None = None, **values: Any
) -> str:
    """A token made at a time (now), for all scopes where none are named."""
    raw = raw or new_token()[0]
    user.tokens.create(name="t", sha256=digest(raw), scopes=list(scopes), created_at=at or timezone.now(), **values)
    return raw
