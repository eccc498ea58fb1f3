"""Browsers from which an account was logged in before: failures of strangers do not slow them down.

A signed cookie names up to eight accounts, each with a number of its own. It is bound to the account's password, so a
reset makes every device a strange one again.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from guatu.web.base.models import User

COOKIE = "guatu_device"
AGE = 180 * 24 * 3600
MOST_ACCOUNTS = 8
_SALT = "guatu.device"

Known = tuple[int, str, str]
"""Number of the user, number of the device, stamp of the password."""


def known_device(request: HttpRequest, user: User | None) -> str:
    """The device's number for this account; "" for a strange one."""
    if user is None:
        return ""
    for user_id, device, stamp in _read(request):
        if user_id == user.pk and constant_time_compare(stamp, _stamp(user)):
            return device
    return ""


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Called after a whole login, second factor included."""
    others = [known for known in _read(request) if known[0] != user.pk][: MOST_ACCOUNTS - 1]
    device = known_device(request, user) or secrets.token_urlsafe(9)
    value = signing.dumps([(user.pk, device, _stamp(user)), *others], salt=_SALT)
    response.set_cookie(
        COOKIE, value, max_age=AGE, httponly=True, samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE)
    )


def _read(request: HttpRequest) -> list[Known]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE)
    except (signing.BadSignature, ValueError):
        return []
    return [(int(user_id), str(device), str(stamp)) for user_id, device, stamp in found]


def _stamp(user: User) -> str:
    return salted_hmac(_SALT, user.password, algorithm="sha256").hexdigest()[:16]
