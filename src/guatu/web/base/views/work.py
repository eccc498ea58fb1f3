"""Background jobs and stored files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from guatu.web.base.asking import actor_of, login_required
from guatu.web.base.files import download, may_read
from guatu.web.base.jobs import waits_for_clock
from guatu.web.base.models import Attachment, Job


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job of one's own is; the page asks again until it has ended."""
    found = get_object_or_404(Job, pk=pk, created_by=request.user)
    return render(
        request, "base/_job.html", {"job": found, "next": request.GET.get("next", ""), "held": waits_for_clock(found)}
    )


@login_required
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A stored file, always as a download: it came from outside."""
    found = get_object_or_404(Attachment, pk=pk)
    if not may_read(actor_of(request), found):
        raise Http404
    return download(found)
