"""Accounts are made by the county's administrators, not by visitors; guessing a password or code is slowed down."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import get_user_by_username
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from django.contrib.auth.base_user import AbstractBaseUser
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.devices import known_device
from guatu.web.base.models import User
from guatu.web.base.puzzles import is_solved
from guatu.web.base.slowdowns import Attempt, Counter, Kind, Slowed, begin


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012 (allauth reads it from the class)
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "用户名或密码不正确。请检查大小写和输入法;忘记密码请联系系统管理员。"
        ),
        "account_inactive": gettext_lazy("这个账号已停用,请联系本县系统管理员。"),
    }
    _attempt: Attempt | None = None
    _asked_again = False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Charges the try before the password is looked at."""
        if self._asked_again:
            self._attempt = charge((in_session(request),))
            return
        counters = of_login(request, str(credentials.get("username", "")))
        given = (request.POST.get("puzzle", ""), request.POST.get("solution", ""))
        self._attempt = charge(counters, solved=all(given) and is_solved(counters[0].key, *given))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user = super().authenticate(request, **credentials)
        if user is not None and self._attempt is not None:
            self._attempt.succeeded()
        return user

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """In an open session its own failures count, and nobody else's."""
        self._asked_again = True
        return super().reauthenticate(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Home: who had to change the first password has not seen a page yet."""
        return "/"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: addresses are not kept, and what happened stands in the audit trail."""


def charge(counters: tuple[Counter, ...], *, solved: bool = False) -> Attempt:
    """Begins a try; raises ValidationError, with the time, where it has to wait."""
    try:
        return begin(counters, solved=solved)
    except Slowed as slowed:
        until = timezone.localtime(slowed.until)
        said = _("之前输错次数较多,请在 %(time)s 之后再试,或请系统管理员解除限制。账号没有被锁定。")
        raise ValidationError(said % {"time": f"{until:%H:%M:%S}"}, code="slowed") from slowed


def of_login(request: HttpRequest, name: str) -> tuple[Counter, ...]:
    """What a login with this name counts for. A name that nobody bears counts the same way, with the same queries."""
    user = get_user_by_username(name.strip())
    # Databases compare names without case, each in its own way: whom they found is what counts.
    who = f"user-{user.pk}" if user else f"name-{name.strip().casefold()}"
    pk = user.pk if user else None
    if device := known_device(request, user):
        return (Counter(Kind.DEVICE, f"{who}:{device}", pk),)
    address = get_ip(request)
    return (
        Counter(Kind.PAIR, f"{who}:{address}", pk, address),
        Counter(Kind.ACCOUNT, who, pk),
        Counter(Kind.ADDRESS, address, None, address),
    )


def of_code(request: HttpRequest, user: User) -> tuple[Counter, ...]:
    """What a code of the second factor counts for: it is asked for after the password, or again in an open session."""
    if request.user.is_authenticated:
        return (in_session(request),)
    device = known_device(request, user)
    return (Counter(Kind.CODE, f"user-{user.pk}:{device}", user.pk),)


def in_session(request: HttpRequest | None = None) -> Counter:
    request = request or context.request
    return Counter(Kind.SESSION, str(request.session.session_key), request.user.pk)
