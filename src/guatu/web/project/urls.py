"""All addresses. Each app keeps its own; they are included by being there."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from guatu.web.base.single_sign_on import callback
from guatu.web.base.views import language, not_found, server_error
from guatu.web.project.api import api, reference

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the library's own, which takes a token of the login service without looking at its signature.
    path("accounts/oidc/<slug:provider_id>/login/callback/", callback, name="openid_connect_callback"),
    path("accounts/", include("allauth.urls")),
    path("language/", language, name="set_language"),
]
for app in settings.GUATU_APPS:
    if find_spec(f"guatu.web.{app}.urls"):
        urlpatterns.append(path("", include(import_module(f"guatu.web.{app}.urls"))))

urlpatterns += [
    path("api/", reference, name="api_reference"),
    path("api/", api.urls),
]

handler404 = not_found
handler500 = server_error
