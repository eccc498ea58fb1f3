"""What every answer tells the browser: what a page may load and do, and who may keep it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guatu.web.base.middleware import Handler

# No script and no style stands in a page itself: what somebody smuggles into one does nothing.
# MapLibre's worker comes as a blob, and maps and drawings are pictures as data or blobs.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "worker-src": "'self' blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
# Patrols and reports take position and photo.
PERMISSIONS = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), serial=(), interest-cohort=()"
YEAR = 365 * 24 * 3600


def policy() -> str:
    """The policy as a header. Logging in at the county's login service sends the form on to its addresses."""
    wanted = dict(POLICY)
    for provider in settings.SOCIALACCOUNT_PROVIDERS.values():
        schemes = {urlsplit(app["settings"]["server_url"]).scheme for app in provider["APPS"]}
        wanted["form-action"] += "".join(f" {scheme}:" for scheme in sorted(schemes))
    return "; ".join(f"{name} {value}" for name, value in wanted.items())


class HeadersMiddleware:
    """Outermost: static files and pages of errors go through it as well."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.policy = policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.setdefault("Content-Security-Policy", self.policy)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(settings.STATIC_URL):
            if request.GET.get("v") and response.status_code == 200:
                response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        elif _is_personal(request, response):
            response["Cache-Control"] = "private, no-store"
        return response


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether nobody may keep the answer: it is not said to be for everybody, or somebody known asked for it."""
    asked = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
    return asked or bool(response.cookies) or "public" not in response.get("Cache-Control", "")
