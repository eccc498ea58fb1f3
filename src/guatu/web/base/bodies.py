"""How large the body of a request may be: asked by the server before it is received, and again before it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from guatu.web.base.middleware import Handler, shown
from guatu.web.base.problems import Problem
from guatu.web.base.tokens import working_token
from guatu.web.serving.verdicts import BUSY, FULL, REFUSED, SMALL, TOO_LARGE, Verdict

View = TypeVar("View", bound=Callable[..., Any])
_PUBLIC = "guatu_takes_uploads_of_all"


class TooLarge(Problem):
    status = 413
    code = "request.too-large"


class Busy(Problem):
    status = 503
    code = "server.busy"


def public_upload(view: View) -> View:
    """Lets a view take files from people who are not logged in, up to GUATU_LARGEST_PUBLIC together."""
    setattr(view, _PUBLIC, True)
    return view


def allowed(request: HttpRequest) -> Verdict:
    """The largest body that is taken at an address from whoever asks."""
    if _known(request):
        return Verdict(settings.GUATU_LARGEST_BODY, known=True)
    return Verdict(settings.GUATU_LARGEST_PUBLIC if _takes_of_all(request) else SMALL, known=False)


def judge(environ: dict[str, Any]) -> Verdict:
    """`allowed`, for the server, which knows no more than the head of a request."""
    request = WSGIRequest(environ)
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    session: SessionBase = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    request.session = session
    return allowed(request)


def _takes_of_all(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, _PUBLIC, False))
    except Resolver404:
        return False


def _known(request: HttpRequest) -> bool:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and working_token(token, timezone.now()) is not None:
        return True
    return bool(get_user(request).is_authenticated)


class BodyMiddleware:
    """Says why a body was refused, by the server or here; before the check of forged forms, which reads bodies."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        problem = _refused(request)
        if problem is None:
            return None
        response = shown(request, problem)
        if problem.status == Busy.status:
            response["Retry-After"] = "60"
        return response


def _refused(request: HttpRequest) -> Problem | None:
    refused = request.META.get(REFUSED, "")
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if refused == TOO_LARGE or (size > SMALL and size > allowed(request).limit):
        return _too_large(request)
    if refused == BUSY:
        return Busy(_("正在接收的文件太多。您提交的内容没有保存,请一分钟后再试。"))
    if refused == FULL:
        return Busy(_("服务器的存储空间不够。您提交的内容没有保存,请告诉系统管理员。"), code="server.full")
    return None


def _too_large(request: HttpRequest) -> TooLarge:
    limit = allowed(request).limit
    most = _("%(kb)d KB") % {"kb": limit // 2**10} if limit < 2**20 else _("%(mb)d MB") % {"mb": limit // 2**20}
    return TooLarge(
        _("提交的内容超过这里一次能接收的 %(most)s,没有保存。请压缩照片或文件,或分几次提交;需要登录的请先登录。")
        % {"most": most},
        data={"limit": limit},
    )
