"""Pages that belong to no app: language, errors, jobs, files, the audit trail."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guatu.web.base.files import path_of
from guatu.web.base.models import Attachment, AuditEntry, Job
from guatu.web.base.problems import Denied

LANGUAGES = ("zh-hans", "en")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Changes the language and goes back to the page."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if urlsplit(back).netloc or not back.startswith("/"):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in LANGUAGES:
        response.set_cookie("django_language", chosen, max_age=365 * 24 * 3600, samesite="Lax")
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "base/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "base/500.html", status=500)


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job of one's own is; the page asks again until it has ended."""
    found = get_object_or_404(Job, pk=pk, created_by=request.user)
    return render(request, "base/_job.html", {"job": found, "next": request.GET.get("next", "")})


@login_required
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored file, always as a download: it came from outside."""
    found = get_object_or_404(Attachment, pk=pk)
    response = FileResponse(path_of(found).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Security-Policy"] = "sandbox"
    return response


@login_required
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first."""
    if not request.actor.may("audit.view"):
        raise Denied(_("您没有查看操作记录的权限。"))
    entries = AuditEntry.objects.select_related("user").order_by("-id")
    thing = request.GET.get("object", "")
    if thing:
        kind, _sep, number = thing.partition(":")
        entries = entries.filter(object_type=kind, object_id=number)
    page = Paginator(entries, 100).get_page(request.GET.get("page"))
    return render(request, "base/audit_list.html", {"page": page, "object": thing})
