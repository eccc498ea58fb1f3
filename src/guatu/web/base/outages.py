"""What the server cannot help: the disk is full, the database gone or busy. The user is told that nothing was saved."""

from __future__ import annotations

import errno
import logging
import sys
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.web.base.kept import typed_again
from guatu.web.base.middleware import wants_json

log = logging.getLogger(__name__)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@dataclass(frozen=True)
class Outage:
    code: str
    retry_after: int
    message: Promise


FULL = Outage(
    "server.full",
    300,
    _("服务器的存储空间已满,暂时不能保存。请告诉系统管理员。"),
)
BUSY = Outage(
    "database.busy",
    5,
    _("同时保存的人太多,数据库正忙。请过几秒再试。"),
)
LOST = Outage(
    "database.lost",
    30,
    _("数据库暂时连接不上。请过一会儿再试,一直不行请告诉系统管理员。"),
)
# In the words of SQLite and PostgreSQL, which give no codes that Django passes on for all of them.
_WORDS = (
    (FULL, ("disk is full", "no space left", "readonly", "read-only", "disk i/o error", "could not extend file")),
    (BUSY, ("is locked", "deadlock", "lock timeout", "too many clients", "too many connections")),
)


def outage_of(error: BaseException | None) -> Outage | None:
    """What has failed around the server; None where the error is our own."""
    if isinstance(error, OSError):
        return FULL if error.errno in _NO_ROOM else None
    if not isinstance(error, OperationalError | InterfaceError | InternalError | DatabaseError):
        return None
    said = str(error).lower()
    for outage, words in _WORDS:
        if any(word in said for word in words):
            return outage
    known = isinstance(error, OperationalError | InterfaceError) or "malformed" in said or "not a database" in said
    return LOST if known else None


def unavailable(request: HttpRequest, outage: Outage) -> HttpResponse:
    """503: a page that needs no database, with what was typed, to be sent again; JSON for programs."""
    response = _answer(request, outage)
    response["Retry-After"] = str(outage.retry_after)
    return response


def _answer(request: HttpRequest, outage: Outage) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": outage.code, "field": "", "message": str(outage.message)}, status=503)
    lost = request.method not in ("GET", "HEAD", "OPTIONS")
    context: dict[str, object] = {"outage": outage, "lost": lost, "address": request.get_full_path()}
    if request.headers.get("HX-Request"):
        return HttpResponse(render_to_string("base/_503.html", context), status=503)
    if lost:
        context["typed"], context["files"] = typed_again(request)
    return HttpResponse(render_to_string("base/503.html", context), status=503)


def server_error(request: HttpRequest) -> HttpResponse:
    """What no view and no middleware caught; Django calls this while the error is at hand."""
    outage = outage_of(sys.exc_info()[1])
    if outage is not None:
        return unavailable(request, outage)
    if wants_json(request):
        body = {"code": "server.fault", "field": "", "message": str(_("系统内部出错,已经记录。请稍后再试。"))}
        return JsonResponse(body, status=500)
    return HttpResponse(render_to_string("base/500.html"), status=500)
