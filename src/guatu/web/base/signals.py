"""What allauth does on our behalf leaves its line in the audit trail too."""

from __future__ import annotations

from typing import Any, cast

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from django.utils import timezone

from guatu.web.base.asking import Asked
from guatu.web.base.models import AuditEntry, User


def _note(action: str, request: HttpRequest | None, user: User | None, known: bool = True, **after: Any) -> None:
    AuditEntry.objects.create(
        at=timezone.now(),
        user=user if known else None,
        action=action,
        object_type="base.user",
        object_id=str(user.pk) if user else "",
        after=after or None,
        request_id=getattr(request, "request_id", ""),
    )


def _address(request: HttpRequest | None) -> str:
    from allauth.account.adapter import get_adapter

    return str(get_adapter().get_client_ip(request)) if request is not None else ""


@receiver(user_logged_in)
def _logged_in(sender: Any, request: HttpRequest | None, user: User, **_: Any) -> None:
    if request is not None and request.META.get("REMOTE_ADDR"):
        cast(Asked, request).guatu_logged_in = user  # the device is known from now on (base.devices)
        _note("account.log-in", request, user, address=_address(request))


@receiver(user_logged_out)
def _logged_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _note("account.log-out", request, user)


@receiver(user_login_failed)
def _login_failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    name = str(credentials.get("username", ""))[:150]
    user = User.objects.filter(username=name).first()
    # People type their password where the name belongs: what is no name of a user is not kept.
    shown = name if user else f"{name[:1]}…"
    _note("account.log-in-failed", request, user, known=False, username=shown, address=_address(request))


def _password_is_own(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A password that the person chose: the duty to change it is done."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
    _note("account.change-password", request, user)


for signal in (account.password_changed, account.password_set, account.password_reset):
    signal.connect(_password_is_own, dispatch_uid=f"own-password-{id(signal)}")


def _says(action: str, signal: Signal) -> None:
    def write(sender: Any, request: HttpRequest, **values: Any) -> None:
        user = values.get("user") or getattr(values.get("sociallogin"), "user", None)
        _note(action, request, user)

    signal.connect(write, weak=False, dispatch_uid=action)


_says("account.add-second-factor", mfa.authenticator_added)
_says("account.remove-second-factor", mfa.authenticator_removed)
_says("account.renew-recovery-codes", mfa.authenticator_reset)
_says("account.connect-single-sign-on", social.social_account_added)
