"""Accounts are made by the county's administrators, not by visitors; who fails to log in too often has to wait."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

APP, ACTION = "allauth.account", "login_failed"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {  # noqa: RUF012 (allauth reads it from the class)
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("登录失败次数过多,已锁定 15 分钟。请稍后再试,或请系统管理员解除锁定。"),
        "username_password_mismatch": _("用户名或密码不正确。连续 5 次失败将锁定 15 分钟。"),
        "account_inactive": _("这个账号已停用,请联系本县系统管理员。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest | None, **credentials: Any) -> str:
        """One count for a name, whatever host name the server was asked by."""
        return str(credentials.get("username", "")).strip().lower()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail: addresses are not kept, and what happened stands in the audit trail."""


def is_locked(username: str) -> bool:
    """Whether logging in with this name is refused now because of failures."""
    now = time.time()
    for rate, key in _counters(username):
        recent = [at for at in cache.get(key, []) if at > now - rate.duration]
        if len(recent) >= rate.amount:
            return True
    return False


def unlock(username: str) -> None:
    """Forgets the failures with this name."""
    for _rate, key in _counters(username):
        cache.delete(key)


def _counters(username: str) -> list[tuple[ratelimit.Rate, str]]:
    name = AccountAdapter()._get_login_attempts_cache_key(None, username=username)
    rates = [rate for rate in ratelimit.get_rates(app=APP, action=ACTION) if rate.per == "key"]
    return [(rate, ratelimit.get_cache_key(None, app=APP, action=ACTION, rate=rate, key=name)) for rate in rates]
