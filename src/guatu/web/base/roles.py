"""Where the roles of users are kept: the app is named by a setting, since base stands below it."""

from __future__ import annotations

import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from guatu.web.base.actors import Actor, Grant
    from guatu.web.base.models import User


def _selectors() -> Any:
    return import_module(settings.GUATU_ROLES)


def grants_of(user: User, on: datetime.date) -> tuple[Grant, ...]:
    """Roles that a user holds on a day, each with the units it covers."""
    found: tuple[Grant, ...] = _selectors().grants_of(user, on)
    return found


def described(actor: Actor) -> list[str]:
    """The roles that an actor holds, in words."""
    found: list[str] = _selectors().described(actor)
    return found


def role_words() -> dict[str, tuple[str, str]]:
    """All roles, in Chinese and in English."""
    found: dict[str, tuple[str, str]] = _selectors().role_words()
    return found
