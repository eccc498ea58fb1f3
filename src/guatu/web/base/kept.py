"""What was typed and could not be taken: kept in the page to be sent again, or in the browser until it was done.

A form that is opened has a key of its own (`{% csrf_token %}`), under which it is done once. The browser keeps what is
typed into a form (`static/guatu/kept.js`) until the server says of its key that it was done.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from guatu.web.base.asking import actor_of, was_done
from guatu.web.base.methods import came_from, nearest_page

log = logging.getLogger(__name__)
SECRET = ("password", "code", "secret", "token")
"""Words in names of fields whose content is not shown again."""
KEY, TOKEN = "_key", "csrfmiddlewaretoken"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
DONE, DONE_FOR, DONE_AT_MOST = "guatu_done", 3600, 8
"""The cookie that names the keys of forms that were done: read and removed by the next page."""


def keeper_of(request: HttpRequest) -> str:
    """By what the browser knows whose text it keeps; says nothing to who reads it there. "" for nobody."""
    user = actor_of(request).user
    return salted_hmac("guatu.kept", str(user.pk)).hexdigest()[:20] if user is not None else ""


def note_done(request: HttpRequest, response: HttpResponse) -> None:
    """Tells the browser that it need not keep what was sent."""
    if not was_done(request, response) or not (request.content_type or "").startswith(_FORMS):
        return
    key = request.POST.get(KEY, "")[:64]
    if key.isalnum():
        before = request.COOKIES.get(DONE, "").split(".")
        keys = ".".join([*(one for one in before if one.isalnum()), key][-DONE_AT_MOST:])
        response.set_cookie(DONE, keys, max_age=DONE_FOR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


@require_GET
@never_cache
def session_state(request: HttpRequest) -> HttpResponse:
    """Asked by a page before it sends a form: whose session it is now, the token that holds, and where to log in."""
    login = f"{reverse('account_login')}?{urlencode({'next': nearest_page(came_from(request))})}"
    return JsonResponse({"user": keeper_of(request), "token": get_token(request), "login": login})


def typed_again(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """Fields and what was typed into them, as far as it was read, without secrets; whether files came as well."""
    try:
        rows = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except Exception:
        log.exception("What was typed cannot be shown again.")
        return [], False
    return [row for row in rows if row[0] in (TOKEN, KEY) or not is_secret(row[0])], files


def is_secret(name: str) -> bool:
    return name != TOKEN and any(word in name.lower() for word in SECRET)
