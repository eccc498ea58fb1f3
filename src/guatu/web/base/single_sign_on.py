"""Logging in through the county's own login service: it says who comes, this server says what they may do."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render

from guatu.web.base.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A person from the login service is the user whose name equals `preferred_username`; nobody else is let in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        name = str(_claims(sociallogin).get("preferred_username") or "").strip()
        user = User.objects.filter(username=name).first() if name else None
        if user is None:
            raise ImmediateHttpResponse(render(request, "account/no_account.html", {"name": name}, status=403))
        sociallogin.connect(request, user)


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data or {}
    return data.get("userinfo") or data.get("id_token") or data
