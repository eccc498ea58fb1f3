"""Logging in through the county's own login service: it says who comes, this server says what they may do."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render

from guatu.web.base.models import User


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """A person from the login service is the user whose name equals `preferred_username`; nobody else is let in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        name = str(_claims(sociallogin).get("preferred_username") or "").strip()
        user = User.objects.filter(username=name).first() if name else None
        if user is None:
            raise ImmediateHttpResponse(render(request, "account/no_account.html", {"name": name}, status=403))
        sociallogin.connect(request, user)


class SignedTokens(OpenIDConnectOAuth2Adapter):
    """An id token counts only with the signature of the service's published keys.

    The library leaves the check out where the token came over TLS (OpenID Connect Core 1.0, 3.1.3.7, 6). Login services
    in a county's own network are often called without it.
    """

    @property
    def did_fetch_access_token(self) -> bool:
        return False

    @did_fetch_access_token.setter
    def did_fetch_access_token(self, value: bool) -> None:
        """The library notes here that it fetched the token itself, and would trust it for that."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = super()._decode_id_token(app, id_token)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("id token without a key that fits") from error
        return claims


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the login service and back as oneself; an open session connects no further identity to its account."""
    if request.GET.get("process", request.POST.get("process", "login")) != "login":
        raise Http404
    try:
        answer: HttpResponseBase = OAuth2LoginView.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the login service sends people back to.

    The library's own takes a token of the login service without looking at its signature.
    """
    try:
        answer: HttpResponseBase = OAuth2CallbackView.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    data = sociallogin.account.extra_data or {}
    return data.get("userinfo") or data.get("id_token") or data
