"""What makes a lasting key to an account is done only by who has just shown to be its owner."""

from __future__ import annotations

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from guatu.web.base.asking import asks_first
from guatu.web.base.problems import NotNow

FRESH = 300
"""Seconds for which the password, code or login counts."""


def ask_again(request: HttpRequest) -> HttpResponse | None:
    """None for who logged in or was asked within FRESH seconds; else the page that asks, which comes back to this
    request.

    Where the account has a second factor, nothing less is enough.

    Raises:
        NotNow: the account has neither password nor second factor; its owner has to log in anew at the login service.
    """
    second = is_mfa_enabled(request.user)
    since = time.time() - FRESH
    for record in get_authentication_records(request, request.user):
        if record["at"] > since and (record["method"] == "mfa" or not second):
            return None
    ways = {way["id"]: way["url"] for way in get_adapter().get_reauthentication_methods(request.user)}
    address = ways.get("mfa_reauthenticate" if second else "reauthenticate")
    if address is None:
        raise NotNow(_("请先退出,重新用统一身份认证登录,并在 5 分钟内完成这一步。"), code="account.log-in-again")
    asking: HttpResponse = suspend_request(request, address)
    return asks_first(asking)
