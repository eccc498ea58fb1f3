"""All addresses. Each app keeps its own; they are included by being there."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from guatu.web.base.outages import server_error
from guatu.web.base.views import denied, language, not_found, unreadable
from guatu.web.project.api import api, reference

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("guatu.web.base.account_urls")),
    path("language/", language, name="set_language"),
]
for app in settings.GUATU_APPS:
    if find_spec(f"guatu.web.{app}.urls"):
        urlpatterns.append(path("", include(import_module(f"guatu.web.{app}.urls"))))

urlpatterns += [
    path("api/", reference, name="api_reference"),
    path("api/", api.urls),
]

handler400 = unreadable
handler403 = denied
handler404 = not_found
handler500 = server_error
