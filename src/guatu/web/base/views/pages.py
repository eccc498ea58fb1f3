"""The language switch."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from guatu.web.base.methods import require_POST


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Changes the language and goes back to the page."""
    back = request.POST.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    return keep_language(response, request.POST.get("language", ""))


def keep_language(response: HttpResponse, chosen: str) -> HttpResponse:
    """The response, telling the browser the language where it is one of ours."""
    if chosen in dict(settings.LANGUAGES):
        age = settings.LANGUAGE_COOKIE_AGE
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=age, samesite="Lax", httponly=True)
    return response
