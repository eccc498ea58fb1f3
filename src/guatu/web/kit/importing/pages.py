"""Spreadsheets in and out: template, export of what a list shows, import in the background with its errors."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guatu.web.base.files import path_of, store
from guatu.web.base.jobs import enqueue
from guatu.web.base.methods import require_POST
from guatu.web.base.models import Attachment, Job
from guatu.web.base.problems import Invalid, Problem
from guatu.web.kit import export
from guatu.web.kit.downloads import kind_of
from guatu.web.kit.guard import actor_of, check_may, login_required, user_of
from guatu.web.kit.importer import Importer, importers
from guatu.web.kit.jobs import IMPORT
from guatu.web.kit.sheets import as_download, write_errors, write_sheet
from guatu.web.kit.typed import NOTHING, typed
from guatu.web.kit.values import on_of

SHOWN = 200
"""So many errors are shown on the page; all of them are in the file."""


@login_required
def sheet_template(request: HttpRequest, kind: str) -> HttpResponseBase:
    importer = _kind(kind)
    check_may(actor_of(request), importer.view)
    return _file(importer, [], f"{importer.title}-{_('模板')}.xlsx")


@login_required
def sheet_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Exactly what the list shows under the same address, all its pages, in the columns that an import takes."""
    importer, on = _kind(kind), on_of(request)
    check_may(actor_of(request), importer.view)
    rows = importer.export(actor_of(request), on, request.GET)
    if kind_of(request) == "csv":
        columns = [export.Column(str(column.label), column.width) for column in importer.columns]
        bound = [column.bound() for column in importer.columns]
        lines = ([column.shown(row.get(column.name)) for column in bound] for row in rows)
        return export.download(str(importer.title), columns, lines, "csv", on)
    return _file(importer, rows, f"{importer.title}-{on.isoformat()}.xlsx")


@login_required
def import_new(request: HttpRequest, kind: str) -> HttpResponse:
    importer = _kind(kind)
    check_may(actor_of(request), importer.edit)
    form = NOTHING
    if request.method == "POST":
        try:
            return redirect("import_result", _taken(request, kind).pk)
        except Problem as problem:
            form = typed(request, "", problem)
    context = {"importer": importer, "list_url": reverse(importer.listing), **form.shown()}
    return render(request, "kit/import_new.html", context, status=form.status)


def _taken(request: HttpRequest, kind: str) -> Job:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise Invalid(_("请选择要上传的文件。"), field="file", code="file.missing")
    return _enqueue(request, kind, store(file, user_of(request), timezone.now()).pk, only_good=False)


@login_required
def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    """How far an import of one's own is, and what came of it."""
    job = _own_job(request, pk)
    importer = _kind(job.payload["kind"])
    context: dict[str, Any] = {"job": job, "importer": importer, "list_url": reverse(importer.listing)}
    if job.state == Job.State.DONE:
        result = job.outcome
        context |= {"result": result, "errors": result["errors"][:SHOWN], "good": result["rows"] - result["bad_rows"]}
    return render(request, "kit/import_result.html", context)


@login_required
@require_POST
def import_good(request: HttpRequest, pk: int) -> HttpResponse:
    """The good rows of a sheet that was refused as a whole."""
    job = _own_job(request, pk)
    if job.state != Job.State.DONE or job.outcome["written"]:
        return redirect("import_result", pk)
    again = _enqueue(request, job.payload["kind"], job.payload["attachment"], only_good=True)
    return redirect("import_result", again.pk)


@login_required
def import_errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The wrong rows as they stood, with what is wrong with each, to be corrected and sent again."""
    job = _own_job(request, pk)
    if job.state != Job.State.DONE or not job.outcome["errors"]:
        raise Http404
    importer = _kind(job.payload["kind"])
    attachment = get_object_or_404(Attachment, pk=job.payload["attachment"])
    sheet = importer.read(path_of(attachment).read_bytes(), attachment.name)
    said: dict[int, list[str]] = {}
    for error in job.outcome["errors"]:
        said.setdefault(error["row"], []).append(f"{error['column']}:{error['message']}")
    rows = ((row.cells, "\n".join(said[row.number])) for row in sheet.rows if row.number in said)
    return as_download(f"{importer.title}-{_('错误')}.xlsx", lambda out: write_errors(out, sheet.heads, rows))


def _enqueue(request: HttpRequest, kind: str, attachment: int, *, only_good: bool) -> Job:
    payload = {"kind": kind, "attachment": attachment, "only_good": only_good, "language": get_language()}
    return enqueue(IMPORT, payload, user_of(request), timezone.now())


def _own_job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, kind=IMPORT, created_by=request.user)


def _kind(kind: str) -> Importer:
    if kind not in importers():
        raise Http404
    return importers()[kind]


def _file(importer: Importer, rows: Any, name: str) -> HttpResponseBase:
    notes = [str(note) for note in importer.notes]
    return as_download(name, lambda out: write_sheet(out, str(importer.title), importer.columns, rows, notes=notes))
