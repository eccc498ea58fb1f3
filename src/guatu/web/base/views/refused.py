"""Pages of what the server refuses before any view: no right, a body it cannot read, a form that was not its own."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guatu.web.base.bodies import TooLarge
from guatu.web.base.kept import KEY, TOKEN, is_secret, typed_again
from guatu.web.base.methods import came_from, page_of
from guatu.web.base.middleware import shown, wants_json
from guatu.web.base.problems import Denied, Problem


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "base/404.html", status=404)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return shown(request, Denied(_("您没有进行这项操作的权限,请联系本县系统管理员。")))


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return shown(request, TooLarge(_("提交的内容太长或太多,没有保存。请分几次提交。")))
    message = _("提交的内容读不出来,没有保存。请回到原来的页面再试。")
    return shown(request, Problem(message, code="request.unreadable"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not hold: mostly of a page that was open while somebody logged in or out.

    It is offered to be sent again where it came from one of our pages, and nothing secret would be missing; what
    another site made the browser send is not.
    """
    if request.headers.get("HX-Request") or wants_json(request):
        message = _("页面打开以后登录状态变了,没有保存。请重新打开页面再提交。")
        return shown(request, Denied(message, code="request.forged"))
    ours = _came_from_us(request)
    fields, files = typed_again(request) if ours else ([], False)
    fields = [field for field in fields if field[0] != TOKEN]
    context = {
        "ours": ours,
        "again": ours and not files and not any(is_secret(name) for name in request.POST),
        "typed": fields,
        "visible": [value for name, value in fields if name != KEY and len(value) > 1],
        "files": files,
        "address": request.get_full_path(),
        "back": page_of(request),
        "no_cookies": not request.COOKIES,
    }
    return render(request, "base/csrf.html", context, status=403)


def _came_from_us(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin", "")
    if origin and origin != "null":
        return urlsplit(origin).netloc == request.get_host()
    return bool(came_from(request))
